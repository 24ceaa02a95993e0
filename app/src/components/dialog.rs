//! A native modal dialog: focus, Escape and the backdrop are the browser's.

use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlDialogElement;

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
            show(dialog, open);
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

/// Shows it at once, or, where it was loaded just now and is not in the page yet, with the next frame.
fn show(dialog: HtmlDialogElement, open: RwSignal<bool>) {
    if dialog.show_modal().is_err() {
        request_animation_frame(move || {
            if open.try_get_untracked() == Some(true) {
                // Fails only when it has left the page again; then there is nothing to show it on.
                let _ = dialog.show_modal();
            }
        });
    }
}
