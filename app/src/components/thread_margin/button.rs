//! Opens the drawer of threads where there is no room beside the text.

use leptos::prelude::*;

use super::context::Margin;
use crate::components::Icon;

/// "Threads 4"; hidden by the style sheet where the margin is visible anyway.
#[component]
pub fn ThreadsButton() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let open = move || margin.threads.with(|all| all.iter().filter(|thread| thread.resolved.is_none()).count());
    view! {
        <button
            type="button"
            class="chip drawer-only"
            aria-controls="threads"
            aria-expanded=move || margin.drawer.get().to_string()
            on:click=move |_| margin.drawer.update(|open| *open = !*open)
        >
            <Icon name="message-square"/>
            "Threads "
            {open}
        </button>
    }
    .into_any()
}
