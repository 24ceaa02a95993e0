//! The reply box of a thread, folded until somebody wants it.

use leptos::html::{Details, Textarea};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

use crate::api::threads;
use crate::components::Refusal;
use crate::components::keys::send_on_enter;
use crate::components::thread_margin::Margin;
use crate::components::{Call, CallForm};
use crate::model::thread::Thread;

#[component]
pub(super) fn Reply(thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let reply = Call::<threads::Reply>::new();
    let fold = NodeRef::<Details>::new();
    let words = NodeRef::<Textarea>::new();
    // Only what arrived is taken out of the box: after an error the words are still there.
    Effect::new(move |_| {
        if matches!(reply.value().get(), Some(Ok(_))) {
            margin.threads.again();
            if let Some(words) = words.get_untracked() {
                words.set_value("");
            }
            if let Some(fold) = fold.get_untracked() {
                let here = |active: Element| active.tag_name() == "BODY" || fold.contains(Some(active.as_ref()));
                let here = document().active_element().is_none_or(here);
                fold.set_open(false);
                // What is folded cannot keep the focus.
                let button = fold.query_selector("summary").ok().flatten().filter(|_| here);
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    let _ = button.focus();
                }
            }
        }
    });
    let focus = move |_| {
        margin.nudge.notify();
        if let Some((fold, words)) = fold.get_untracked().zip(words.get_untracked()).filter(|(fold, _)| fold.open()) {
            drop(fold);
            let _ = words.focus();
        }
    };
    view! {
        <Show when=move || margin.may_discuss.get()>
            <details class="reply" node_ref=fold on:toggle=focus>
                <summary>"Reply"</summary>
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
            </details>
        </Show>
    }
    .into_any()
}
