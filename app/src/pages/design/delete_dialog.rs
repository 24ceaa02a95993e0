//! Deleting a design that was never decided: for good, so its title has to be typed.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::api::designs::DeleteDesign;
use crate::components::{Call, CallForm, Dialog, Refusal, Submit};

/// The dialog; when done it leads to the team's list.
#[component]
pub(super) fn DeleteDialog(open: RwSignal<bool>, team: String, number: i32, title: String) -> impl IntoView {
    let delete = Call::<DeleteDesign>::new();
    let go = use_navigate();
    let list = format!("/teams/{team}");
    Effect::new(move |_| {
        if matches!(delete.value().get(), Some(Ok(()))) {
            go(&list, NavigateOptions::default());
        }
    });
    view! {
        <Dialog open title="Delete this design">
            <CallForm to=delete class="stack">
                <input type="hidden" name="team" value=team/>
                <input type="hidden" name="number" value=number.to_string()/>
                <p>"The design, its proposals and everything written in them are deleted for good. To keep them, archive it instead."</p>
                <label class="field">
                    <span class="label">"Type its title to confirm: " <q>{title}</q></span>
                    <input class="input" name="title" required=true autocomplete="off"/>
                </label>
                <Refusal of=delete.value()/>
                <div class="actions">
                    <Submit pending=delete.pending() class="danger primary">"Delete for good"</Submit>
                </div>
            </CallForm>
        </Dialog>
    }
    .into_any()
}
