//! The reply box of a thread, folded until somebody wants it; what is written into is loaded then.

use leptos::html::{Details, Textarea};
use leptos::prelude::*;
use leptos::web_sys::Element;

use crate::api::threads;
use crate::components::focus::focus;
use crate::components::keys::send_on_enter;
use crate::components::thread_margin::Margin;
use crate::components::{Call, CallForm, Later, Refusal, hydrated, parts};
use crate::model::thread::Thread;

/// The fold of a reply box.
#[derive(Clone, Copy)]
pub struct Fold {
    element: NodeRef<Details>,
    open: RwSignal<bool>,
}

impl Fold {
    /// Closes it. What is folded cannot keep the focus.
    fn close(self) {
        let Some(fold) = self.element.get_untracked() else { return };
        let here = |active: Element| active.tag_name() == "BODY" || fold.contains(Some(active.as_ref()));
        let here = document().active_element().is_none_or(here);
        fold.set_open(false);
        focus(fold.query_selector("summary").ok().flatten().filter(|_| here));
    }
}

#[component]
pub(super) fn Reply(thread: Memo<Thread>) -> impl IntoView {
    let (margin, ready) = (expect_context::<Margin>(), hydrated());
    let fold = Fold { element: NodeRef::new(), open: RwSignal::new(false) };
    // Stays once it was wanted: what was written into it is still there.
    let wanted = Memo::new(move |before| before == Some(&true) || fold.open.get());
    let toggled = move |_| {
        fold.open.set(fold.element.get_untracked().is_some_and(|fold| fold.open()));
        margin.nudge.notify();
    };
    view! {
        // Opened before scripts hear of it, it would stay empty.
        <Show when=move || ready.get() && margin.may_discuss.get()>
            <details class="reply" node_ref=fold.element on:toggle=toggled>
                <summary>"Reply"</summary>
                <Show when=move || wanted.get()><Later view=move || parts::reply(thread, fold)/></Show>
            </details>
        </Show>
    }
    .into_any()
}

/// What is written into.
#[component]
pub fn ReplyForm(thread: Memo<Thread>, fold: Fold) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let reply = Call::<threads::Reply>::new();
    let words = NodeRef::<Textarea>::new();
    // Only what arrived is taken out of the box: after an error the words are still there.
    Effect::new(move |_| {
        if matches!(reply.value().get(), Some(Ok(_))) {
            margin.threads.again();
            if let Some(words) = words.get_untracked() {
                words.set_value("");
            }
            fold.close();
        }
    });
    Effect::new(move |_| {
        let Some(words) = words.get().filter(|_| fold.open.get()) else { return };
        // Loaded just now it is not in the page before the next frame.
        request_animation_frame(move || {
            margin.nudge.notify();
            let _ = words.focus();
        });
    });
    view! {
        <CallForm to=reply class="thread-form">
            <input type="hidden" name="thread" value=move || thread.with(|thread| thread.id.to_string())/>
            <textarea
                class="input"
                name="body"
                aria-label="Your reply"
                placeholder="Reply in Markdown"
                required
                node_ref=words
                on:keydown=send_on_enter
            ></textarea>
            <Refusal of=reply.value()/>
            <div class="line">
                <button class="button primary compact" disabled=move || reply.pending().get()>"Reply"</button>
                <span class="muted small">"Ctrl or ⌘ and Enter sends"</span>
            </div>
        </CallForm>
    }
    .into_any()
}
