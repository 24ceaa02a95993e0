//! "Attach here": gives a detached thread the selected passage.

use leptos::prelude::*;

use super::context::Margin;
use crate::api::threads::AttachThread;
use crate::components::{Call, Later, Refusal, hydrated, parts};
use crate::model::thread::{Anchor, Thread};

/// Shown on detached threads.
#[component]
pub fn AttachHere(thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let ready = hydrated();
    let detached = move || {
        // A suggestion that is nowhere cannot be accepted elsewhere.
        let lost = thread.with(|thread| thread.anchor == Anchor::Detached && thread.suggestion.is_none());
        lost && margin.may_discuss.get() && ready.get()
    };
    view! { <Show when=detached><Later view=move || parts::attach(thread)/></Show> }.into_any()
}

/// The button; needs a selection.
#[component]
pub fn AttachButton(thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let attach = Call::<AttachThread>::new();
    Effect::new(move |_| {
        if matches!(attach.value().get(), Some(Ok(()))) {
            margin.threads.again();
        }
    });
    let here = move |_| {
        if let Some(selection) = margin.selection.get_untracked() {
            attach.send(&AttachThread {
                thread: thread.with_untracked(|thread| thread.id),
                place: selection.place,
                quote: selection.quote,
            });
        }
    };
    view! {
        <button
            type="button"
            class="button quiet compact"
            title="Select the passage it belongs to first"
            disabled=move || margin.selection.with(Option::is_none) || attach.pending().get()
            on:mousedown=|event| event.prevent_default()
            on:click=here
        >
            "Attach here"
        </button>
        <Refusal of=attach.value()/>
    }
    .into_any()
}
