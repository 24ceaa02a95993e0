//! A native modal dialog: focus, Escape and the backdrop are the browser's.

use leptos::html;
use leptos::prelude::*;

use super::Icon;

/// A modal dialog that follows `open`, and sets it to false when the person closes it.
#[component]
pub fn Dialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Its heading; also its name for screen readers.
    #[prop(into)]
    title: Signal<String>,
    /// For texts and comparisons.
    #[prop(optional)]
    wide: bool,
    /// Its content; kept while closed, so that what was typed is still there.
    children: Children,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only when the element has left the page; then there is nothing to show it on.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            node_ref=element
            class=if wide { "dialog wide" } else { "dialog" }
            aria-label=move || title.get()
            on:close=move |_| open.set(false)
        >
            <header>
                <h2>{move || title.get()}</h2>
                <button type="button" class="button quiet square" aria-label="Close" on:click=move |_| open.set(false)>
                    <Icon name="x"/>
                </button>
            </header>
            <div class="body">{children()}</div>
        </dialog>
    }
}
