//! What can be done to a standing verdict: its giver withdraws it, an admin dismisses it with a reason.

use leptos::prelude::*;

use super::{Call, CallForm, Refusal};
use crate::api::reviews::{DismissReview, WithdrawReview};
use crate::model::ids::ReviewId;

/// The buttons below a review; nothing for those who may do nothing.
#[component]
pub fn ReviewActs(
    /// Which review.
    id: ReviewId,
    /// It is one's own and stands.
    may_withdraw: bool,
    /// It is another's and stands, and one is an admin.
    may_dismiss: bool,
    /// Called when something was done.
    changed: Callback<()>,
) -> impl IntoView {
    let withdraw = Call::<WithdrawReview>::new();
    let dismiss = Call::<DismissReview>::new();
    Effect::new(move |_| {
        let done = matches!(withdraw.value().get(), Some(Ok(()))) || matches!(dismiss.value().get(), Some(Ok(())));
        if done {
            changed.run(());
        }
    });
    view! {
        {may_withdraw
            .then(|| {
                view! {
                    <CallForm to=withdraw>
                        <input type="hidden" name="review" value=id.to_string()/>
                        <button class="button quiet compact" disabled=move || withdraw.pending().get()>"Withdraw my verdict"</button>
                    </CallForm>
                    <Refusal of=withdraw.value()/>
                }
            })}
        {may_dismiss
            .then(|| {
                view! {
                    <details class="fold">
                        <summary>"Dismiss"</summary>
                        <CallForm to=dismiss class="stack tight">
                            <input type="hidden" name="review" value=id.to_string()/>
                            <label class="field">
                                <span class="label">"Why? The reason stays on the record."</span>
                                <input class="input" name="reason" required maxlength="1000"/>
                            </label>
                            <Refusal of=dismiss.value()/>
                            <div class="line">
                                <button class="button danger compact" disabled=move || dismiss.pending().get()>"Dismiss this verdict"</button>
                            </div>
                        </CallForm>
                    </details>
                }
            })}
    }
    .into_any()
}
