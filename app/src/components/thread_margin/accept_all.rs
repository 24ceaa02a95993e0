//! Accepting all suggestions at once.

use leptos::prelude::*;

use super::context::Margin;
use crate::api::suggestions::AcceptAllSuggestions;
use crate::components::{Call, CallForm, Refusal};
use crate::model::suggestion::State;
use crate::model::thread::Thread;

/// There where there are several that fit.
#[component]
pub fn AcceptAll() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let accept = Call::<AcceptAllSuggestions>::new();
    Effect::new(move |_| {
        if accept.value().get().is_some() {
            margin.threads.again();
        }
    });
    let count = Memo::new(move |_| {
        let suggestions = |all: &Vec<Thread>| {
            let open = all.iter().filter_map(|thread| thread.suggestion.as_ref()).filter(|suggestion| suggestion.state == State::Open);
            open.filter(|suggestion| suggestion.fits()).count()
        };
        if margin.may_write.get() { margin.threads.with(suggestions) } else { 0 }
    });
    let several = move || count.get() > 1;
    view! {
        <Show when=several>
            <CallForm to=accept>
                <input type="hidden" name="proposal" value=margin.proposal.to_string()/>
                <button class="button compact" disabled=move || accept.pending().get()>"Accept all " {count} " suggestions"</button>
            </CallForm>
        </Show>
        <Refusal of=accept.value()/>
    }
    .into_any()
}
