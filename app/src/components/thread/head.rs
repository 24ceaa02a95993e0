//! The top line of a thread: what it asks, and resolve or reopen.

use leptos::prelude::*;

use super::kind::ThreadKind;
use crate::api::threads::ResolveThread;
use crate::components::Refusal;
use crate::components::thread_margin::{AttachHere, Margin};
use crate::components::{Call, CallForm};
use crate::model::thread::Thread;

#[component]
pub(super) fn ThreadHead(thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let resolve = Call::<ResolveThread>::new();
    Effect::new(move |_| {
        if matches!(resolve.value().get(), Some(Ok(()))) {
            margin.threads.again();
        }
    });
    let resolved = move || thread.with(|thread| thread.resolved.is_some());
    // A suggestion is decided, not resolved.
    let undecided = move || !resolved() && thread.with(|thread| thread.suggestion.is_some());
    let by = move || thread.with(|thread| thread.resolved.as_ref().map(|resolved| format!("resolved by {}", resolved.by.name)));
    view! {
        <header class="thread-head">
            <ThreadKind thread/>
            <span class="muted small grow">{by}</span>
            <AttachHere thread/>
            <Show when=move || margin.may_discuss.get() && !undecided()>
                <CallForm to=resolve>
                    <input type="hidden" name="thread" value=move || thread.with(|thread| thread.id.to_string())/>
                    <input type="hidden" name="resolved" value=move || (!resolved()).to_string()/>
                    <button class="button quiet compact" disabled=move || resolve.pending().get()>
                        {move || if resolved() { "Reopen" } else { "Resolve" }}
                    </button>
                </CallForm>
            </Show>
        </header>
        <Refusal of=resolve.value()/>
    }
    .into_any()
}
