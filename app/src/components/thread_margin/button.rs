//! Opens the drawer of threads where there is no room beside the text.

use leptos::prelude::*;

use super::context::Margin;
use crate::components::Icon;
use crate::components::focus::focus_first;

/// "Threads 4"; hidden by the style sheet where the margin is visible anyway.
#[component]
pub fn ThreadsButton() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let open = move || margin.threads.with(|all| all.iter().filter(|thread| thread.resolved.is_none()).count());
    let open_or_close = move |_| {
        if margin.drawer.get_untracked() {
            margin.drawer.set(false);
        } else {
            margin.drawer.set(true);
            focus_first(".margin-head .drawer-only");
        }
    };
    view! {
        <button
            type="button"
            class="chip drawer-only"
            aria-controls="threads"
            aria-expanded=move || margin.drawer.get().to_string()
            on:click=open_or_close
        >
            <Icon name="message-square"/>
            <span class="word">"Threads "</span>
            {move || match open() {
                0 => String::new(),
                open => open.to_string(),
            }}
        </button>
    }
    .into_any()
}
