//! Giving a proposal up, with a reason.

use leptos::prelude::*;

use super::desk::Desk;
use super::dialogs::Dialogs;
use crate::api::proposals::CloseProposal;
use crate::components::{Call, CallForm, Dialog, Refusal, Submit};

/// The dialog.
#[component]
pub(super) fn CloseDialog() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let open = expect_context::<Dialogs>().closing;
    let close = Call::<CloseProposal>::new();
    Effect::new(move |_| {
        if matches!(close.value().get(), Some(Ok(()))) {
            open.set(false);
            desk.changed();
        }
    });
    view! {
        <Dialog open title="Close this proposal">
            <CallForm to=close class="stack">
                <input type="hidden" name="proposal" value=desk.margin.proposal.to_string()/>
                <p>"The text becomes read-only. Nothing is deleted, and it can be reopened."</p>
                <label class="field">
                    <span class="label">"Why?"</span>
                    <textarea class="input" name="reason" required=true maxlength="2000"></textarea>
                </label>
                <Refusal of=close.value()/>
                <div class="actions">
                    <Submit pending=close.pending() class="danger">"Close the proposal"</Submit>
                </div>
            </CallForm>
        </Dialog>
    }
    .into_any()
}
