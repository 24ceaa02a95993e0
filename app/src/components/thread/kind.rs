//! What a thread asks, in words, and the chooser to change it.

use leptos::prelude::*;

use crate::api::threads::ChangeKind;
use crate::components::thread_margin::Margin;
use crate::components::{Call, CallForm, send_on_change};
use crate::model::thread::{Kind, Thread};

/// As people read it.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Blocking => "Blocking",
        Kind::Question => "Question",
        Kind::Suggestion => "Suggestion",
        Kind::Nit => "Nit",
        Kind::Praise => "Praise",
    }
}

/// The badge's tone: only what must or may have to be acted on has a colour.
pub fn kind_tone(kind: Kind) -> &'static str {
    match kind {
        Kind::Blocking => "badge danger",
        Kind::Question => "badge accent",
        Kind::Suggestion => "badge warning",
        Kind::Nit => "badge",
        Kind::Praise => "badge success",
    }
}

/// The kind: a badge, and for whoever may change it a chooser that looks like one.
#[component]
pub(super) fn ThreadKind(thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let change = Call::<ChangeKind>::new();
    Effect::new(move |_| {
        if matches!(change.value().get(), Some(Ok(()))) {
            margin.threads.again();
        }
    });
    let kind = move || thread.with(|thread| thread.kind);
    let mine = move || thread.with(|thread| thread.comments.first().is_some_and(|comment| comment.mine));
    move || {
        let in_words = thread.with(|thread| thread.suggestion.is_none());
        if in_words && ((mine() && margin.may_discuss.get()) || margin.admin.get()) {
            view! {
                <CallForm to=change>
                    <input type="hidden" name="thread" value=move || thread.with(|thread| thread.id.to_string())/>
                    <select
                        class=move || format!("thread-kind {}", kind_tone(kind()))
                        name="kind"
                        aria-label="Kind of thread"
                        prop:value=move || kind().as_str()
                        on:change=send_on_change
                    >
                        {Kind::ALL
                            .map(|each| view! { <option value=each.as_str() selected=move || kind() == each>{kind_name(each)}</option> })
                            .collect_view()}
                    </select>
                </CallForm>
            }
            .into_any()
        } else {
            view! { <span class=kind_tone(kind())>{kind_name(kind())}</span> }.into_any()
        }
    }
}
