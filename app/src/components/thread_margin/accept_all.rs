//! Accepting all suggestions at once.

use leptos::prelude::*;

use super::context::Margin;
use crate::api::suggestions::AcceptAllSuggestions;
use crate::components::{Call, CallForm, Later, Refusal, hydrated, parts};
use crate::model::suggestion::State;
use crate::model::thread::Thread;

/// There where there are several that fit.
#[component]
pub fn AcceptAll() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let (ready, count) = (hydrated(), Memo::new(move |_| margin.threads.with(|all| open(all))));
    let several = move || ready.get() && margin.may_write.get() && count.get() > 1;
    view! { <Show when=several><Later view=move || parts::accept_all(count)/></Show> }.into_any()
}

/// How many there are.
fn open(threads: &[Thread]) -> usize {
    let open = threads.iter().filter_map(|thread| thread.suggestion.as_ref()).filter(|suggestion| suggestion.state == State::Open);
    open.filter(|suggestion| suggestion.fits()).count()
}

/// The button.
#[component]
pub fn AcceptAllForm(count: Memo<usize>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let accept = Call::<AcceptAllSuggestions>::new();
    Effect::new(move |_| {
        if accept.value().get().is_some() {
            margin.threads.again();
        }
    });
    view! {
        <CallForm to=accept>
            <input type="hidden" name="proposal" value=margin.proposal.to_string()/>
            <button class="button compact" disabled=move || accept.pending().get()>"Accept all " {count} " suggestions"</button>
        </CallForm>
        <Refusal of=accept.value()/>
    }
    .into_any()
}
