//! Merge: the gate, what will happen, and what can be done when it cannot.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::desk::Desk;
use super::dialogs::Dialogs;
use crate::api::proposals::{Merge, PutBack};
use crate::api::reviews::GetReviewBoard;
use crate::components::{Call, CallForm, Dialog, GatePanel, Refusal, Skeleton, Submit};
use crate::error::AppError;
use crate::model::gate::{Gate, RequirementName};
use crate::pages::links;

/// The dialog; when done it leads to the decision.
#[component]
pub(super) fn MergeDialog() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let open = expect_context::<Dialogs>().merging;
    let (merge, board) = (Call::<Merge>::new(), ServerAction::<GetReviewBoard>::new());
    let go = use_navigate();
    Effect::new(move |_| {
        desk.judged.track();
        if open.get() {
            board.dispatch(GetReviewBoard { proposal: desk.margin.proposal });
        }
    });
    Effect::new(move |_| match merge.value().get() {
        Some(Ok(merged)) => {
            open.set(false);
            desk.changed();
            let design = desk.page.peek(|page| page.design_number);
            go(&desk.team.with_value(|team| links::decision(team, design, merged.version)), NavigateOptions::default());
        }
        Some(Err(AppError::Conflict { .. })) => desk.changed(),
        _ => {}
    });
    let gate = Memo::new(move |_| board.value().get().and_then(Result::ok).map(|board| board.gate));
    let met = move || gate.with(|gate| gate.as_ref().is_some_and(Gate::met));
    let moved_on = move || {
        let refused = matches!(merge.value().get(), Some(Err(AppError::Conflict { code, .. })) if code == "text-moved-on");
        refused || gate.with(|gate| gate.as_ref().is_some_and(unequal))
    };
    view! {
        <Dialog open title="Merge">
            <div class="stack">
                <p>
                    <strong>"Revision " {move || desk.newest()}</strong>
                    " becomes the accepted text of the design, and the decision is written down for good: who judged, on what, and how."
                </p>
                {move || gate.get().map_or_else(|| view! { <Skeleton/> }.into_any(), |gate| view! { <GatePanel gate/> }.into_any())}
                <Refusal of=board.value()/>
                <Refusal of=merge.value()/>
                <Show when=moved_on><MovedOn/></Show>
                <CallForm to=merge>
                    <input type="hidden" name="proposal" value=desk.margin.proposal.to_string()/>
                    <input type="hidden" name="revision" value=move || desk.newest().to_string()/>
                    <div class="actions">
                        <Submit pending=merge.pending() blocked=Signal::derive(move || !met())>"Merge"</Submit>
                    </div>
                </CallForm>
            </div>
        </Dialog>
    }
    .into_any()
}

fn unequal(gate: &Gate) -> bool {
    gate.requirements.iter().any(|requirement| requirement.name == RequirementName::TextAsRevised && !requirement.met)
}

/// The text was written in after the revision: see what, send it, or put it back.
#[component]
fn MovedOn() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let dialogs = expect_context::<Dialogs>();
    let put_back = Call::<PutBack>::new();
    Effect::new(move |_| {
        if matches!(put_back.value().get(), Some(Ok(()))) {
            desk.changed();
        }
    });
    let newest = move || desk.newest();
    let changes = move || {
        let (design, number) = desk.page.with(|page| (page.design_number, page.number));
        desk.team.with_value(|team| links::comparison(team, design, number, &newest().to_string(), "live"))
    };
    view! {
        <section class="moved-on" aria-label="The text has moved on">
            <p>
                "The text or the title was changed after revision " {newest} ". " <a href=changes on:click=move |_| dialogs.merging.set(false)>"See what changed"</a> ", then either:"
            </p>
            <div class="line">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        dialogs.merging.set(false);
                        dialogs.sending.set(true);
                    }
                >
                    "Send it as revision " {move || newest() + 1}
                </button>
                <CallForm to=put_back>
                    <input type="hidden" name="proposal" value=desk.margin.proposal.to_string()/>
                    <input type="hidden" name="revision" value=move || newest().to_string()/>
                    <button class="button" disabled=move || put_back.pending().get()>"Put the text back to revision " {newest}</button>
                </CallForm>
            </div>
            <Refusal of=put_back.value()/>
        </section>
    }
    .into_any()
}
