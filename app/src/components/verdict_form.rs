//! The form of a verdict: approve, request changes or comment, with a summary.

use leptos::prelude::*;

use super::keys::send_on_enter;
use super::{Call, CallForm, Notice, Refusal, Submit, Tone};
use crate::api::reviews::SubmitReview;
use crate::model::ids::ProposalId;
use crate::model::review::Verdict;

/// Sends a verdict on one revision. What was typed stays until it was sent.
#[component]
pub fn VerdictForm(
    /// On which proposal.
    proposal: ProposalId,
    /// On which revision.
    #[prop(into)]
    revision: Signal<i32>,
    /// The newest revision.
    #[prop(into)]
    newest: Signal<i32>,
    /// The person has written in the proposal.
    #[prop(into)]
    wrote: Signal<bool>,
    /// Called when the verdict was published.
    changed: Callback<()>,
) -> impl IntoView {
    let submit = Call::<SubmitReview>::new();
    let summary = RwSignal::new(String::new());
    // Nothing is chosen beforehand: an approval is said, never left standing.
    let verdict = RwSignal::new(None);
    Effect::new(move |_| {
        if matches!(submit.value().get(), Some(Ok(_))) {
            summary.set(String::new());
            verdict.set(None);
            changed.run(());
        }
    });
    // A reason is the least one owes to somebody whose work one stops.
    let needs_words = move || verdict.get().is_some_and(|verdict| verdict != Verdict::Approve);
    view! {
        <section class="verdict-form" aria-label="Your verdict">
            <h2>"Your verdict on revision " {revision}</h2>
            <Caution revision newest wrote/>
            <CallForm to=submit class="stack tight">
                <input type="hidden" name="proposal" value=proposal.to_string()/>
                <input type="hidden" name="revision" value=move || revision.get().to_string()/>
                <fieldset class="verdict-choices">
                    <legend class="aside">"Verdict"</legend>
                    {Verdict::ALL.map(|each| choice(each, verdict)).collect_view()}
                </fieldset>
                <label class="field">
                    <span class="label">
                        "Summary " <span class="muted">{move || if needs_words() { "" } else { "(optional)" }}</span>
                    </span>
                    <textarea
                        class="input"
                        name="summary"
                        placeholder="In Markdown"
                        required=needs_words
                        prop:value=summary
                        on:input=move |event| summary.set(event_target_value(&event))
                        on:keydown=send_on_enter
                    ></textarea>
                </label>
                <Refusal of=submit.value()/>
                <div class="line">
                    <Submit pending=submit.pending()>"Submit review"</Submit>
                </div>
            </CallForm>
        </section>
    }
    .into_any()
}

fn choice(each: Verdict, verdict: RwSignal<Option<Verdict>>) -> impl IntoView {
    let (name, about) = match each {
        Verdict::Approve => ("Approve", "Good to merge as far as I am concerned."),
        Verdict::RequestChanges => ("Request changes", "Must not be merged before I say otherwise."),
        Verdict::Comment => ("Comment", "Remarks only, no verdict."),
    };
    view! {
        <label class="choice">
            <input
                type="radio"
                name="verdict"
                value=each.as_str()
                required
                prop:checked=move || verdict.get() == Some(each)
                on:change=move |_| verdict.set(Some(each))
           />
            <span><strong>{name}</strong> " " <span class="muted">{about}</span></span>
        </label>
    }
}

/// Why a verdict given here would not count.
#[component]
fn Caution(revision: Signal<i32>, newest: Signal<i32>, wrote: Signal<bool>) -> impl IntoView {
    let words = move || {
        if wrote.get() {
            Some("You have written in this proposal, so your approval does not count. Other verdicts do.")
        } else if revision.get() != newest.get() {
            Some("This is not the newest revision: an approval of it is kept on record but does not count for the newest one.")
        } else {
            None
        }
    };
    move || words().map(|words| view! { <Notice tone=Tone::Warning>{words}</Notice> })
}
