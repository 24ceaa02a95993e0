//! Copies a text to the clipboard and says so.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Icon, Toasts};
use crate::editor;

/// A button that copies.
#[component]
pub fn Copy(
    /// What it copies.
    #[prop(into)]
    text: Signal<String>,
    /// Its words.
    #[prop(default = "Copy")]
    label: &'static str,
) -> impl IntoView {
    let copied = RwSignal::new(false);
    let toasts = use_context::<Toasts>();
    let copy = move |_| {
        spawn_local(async move {
            let done = editor::copy(&text.get_untracked()).await;
            copied.set(done);
            if let Some(toasts) = toasts {
                toasts.say(if done { "Copied." } else { "The browser did not allow copying. Select the text and copy it yourself." });
            }
        });
    };
    let icon = Signal::derive(move || if copied.get() { "check" } else { "copy" });
    view! {
        <button type="button" class="button" on:click=copy>
            <Icon name=icon/>
            {label}
        </button>
    }
}
