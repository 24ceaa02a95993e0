//! What a suggestion would change, and accepting or rejecting it.

use leptos::prelude::*;

use crate::api::suggestions::{AcceptSuggestion, RejectSuggestion};
use crate::components::thread_margin::Margin;
use crate::components::{Call, CallForm, Refusal};
use crate::model::suggestion::{Edit, State, Suggestion};
use crate::model::thread::Thread;

/// The card's part between its head and its comments.
#[component]
pub fn SuggestionView(thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let suggestion = Memo::new(move |_| thread.with(|thread| thread.suggestion.clone()));
    // It comes after its card, and changes with what is typed: the cards below make room.
    Effect::new(move |_| {
        suggestion.track();
        margin.nudge.notify();
    });
    let fits = move || suggestion.with(|suggestion| suggestion.as_ref().is_some_and(Suggestion::fits));
    let note = move || suggestion.with(|suggestion| suggestion.as_ref().map(note));
    let by = move || suggestion.with(|suggestion| suggestion.as_ref().map(|suggestion| suggestion.by.name.clone()));
    let edits =
        move || suggestion.with(|suggestion| suggestion.as_ref().map(|suggestion| suggestion.edits.iter().map(changed).collect_view()));
    let show = move |_| margin.wanted.set(Some(thread.with_untracked(|thread| thread.id)));
    view! {
        <button type="button" class="thread-quote" title="Show in the text" disabled=move || !fits() on:click=show>
            {edits}
        </button>
        <p class="muted small">{by} {note}</p>
        <Decide thread suggestion fits=Signal::derive(fits)/>
    }
    .into_any()
}

/// One place, told in words for whoever does not see the strokes.
fn changed(edit: &Edit) -> impl IntoView + use<> {
    let (old, new) = edit.core();
    let (old, new) = (old.to_owned(), new.to_owned());
    view! {
        <span class="suggested-edit">
            {(!old.is_empty()).then(|| view! { <span class="aside">"Take out: "</span> <del>{old}</del> })}
            {(!new.is_empty()).then(|| view! { <span class="aside">" put in: "</span> <ins>{new}</ins> })}
        </span>
    }
}

/// Behind the name of whoever made it.
fn note(suggestion: &Suggestion) -> &'static str {
    match suggestion.state {
        State::Open if suggestion.fits() => " suggests this",
        State::Open => " suggested this. The text there has changed since.",
        State::Accepted => " suggested this; it is in the text",
        State::Rejected => " suggested this; it was rejected",
        State::Withdrawn => " took this back",
    }
}

#[component]
fn Decide(thread: Memo<Thread>, suggestion: Memo<Option<Suggestion>>, fits: Signal<bool>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let (accept, reject) = (Call::<AcceptSuggestion>::new(), Call::<RejectSuggestion>::new());
    Effect::new(move |_| {
        // Refused too: what is shown was not what is there.
        if accept.value().get().is_some() || reject.value().get().is_some() {
            margin.threads.again();
        }
    });
    let id = move || thread.with(|thread| thread.id.to_string());
    let is = move |part: fn(&Suggestion) -> bool| suggestion.with(|suggestion| suggestion.as_ref().is_some_and(part));
    let open = move || is(|suggestion| suggestion.state == State::Open);
    let mine = move || is(|suggestion| suggestion.mine);
    let edition = move || suggestion.with(|suggestion| suggestion.as_ref().map_or(0, |suggestion| suggestion.edition)).to_string();
    let busy = move || accept.pending().get() || reject.pending().get();
    view! {
        <Show when=move || open() && (margin.may_write.get() || mine())>
            <div class="line">
                <Show when=move || margin.may_write.get()>
                    <CallForm to=accept>
                        <input type="hidden" name="thread" value=id/>
                        <input type="hidden" name="edition" value=edition/>
                        <button class="button primary compact" disabled=move || busy() || !fits.get()>"Accept"</button>
                    </CallForm>
                </Show>
                <CallForm to=reject>
                    <input type="hidden" name="thread" value=id/>
                    <button class="button compact" disabled=busy>{move || if mine() { "Take back" } else { "Reject" }}</button>
                </CallForm>
            </div>
        </Show>
        <Refusal of=accept.value()/>
        <Refusal of=reject.value()/>
    }
    .into_any()
}
