//! Proposing a change to the accepted text: a title and why.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::designs::Propose;
use crate::components::{Call, CallForm, Dialog, Refusal, Submit};
use crate::pages::links;

/// The dialog; when done it leads to the new proposal's Write tab.
#[component]
pub(super) fn ProposeDialog(open: RwSignal<bool>, team: String, number: i32) -> impl IntoView {
    let propose = Call::<Propose>::new();
    let go = use_navigate();
    let slug = team.clone();
    Effect::new(move |_| {
        if let Some(Ok((_, proposal))) = propose.value().get() {
            go(&links::proposal(&slug, number, proposal, "write"), NavigateOptions::default());
        }
    });
    view! {
        <Dialog open title="Propose a change">
            <CallForm to=propose class="stack">
                <input type="hidden" name="team" value=team/>
                <input type="hidden" name="number" value=number.to_string()/>
                <label class="field">
                    <span class="label">"Title"</span>
                    <input class="input" name="title" required=true maxlength="200"/>
                    <span class="hint">"What it would change, in a few words."</span>
                </label>
                <label class="field">
                    <span class="label">"Why"</span>
                    <textarea class="input" name="why" maxlength="10000"></textarea>
                    <span class="hint">"Reviewers read this first; it becomes part of the decision."</span>
                </label>
                <Refusal of=propose.value()/>
                <div class="actions">
                    <Submit pending=propose.pending()>"Propose"</Submit>
                </div>
            </CallForm>
        </Dialog>
    }
    .into_any()
}
