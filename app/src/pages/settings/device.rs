//! What this device keeps: the list is drawn by the script that also draws it without a network (`app/editor/src/device`).

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::components::Skeleton;
use crate::editor;
use crate::model::ids::AccountId;

/// The copies on this device.
#[component]
pub fn Device(account: AccountId) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let (waiting, failed) = (RwSignal::new(true), RwSignal::new(false));
    Effect::new(move || {
        let Some(place) = place.get() else { return };
        spawn_local(async move {
            let shown = editor::show_device(&place, &account.to_string()).await;
            waiting.try_set(false);
            failed.try_set(!shown);
        });
    });
    view! {
        <section class="stack" aria-labelledby="device">
            <h2 id="device">"This device"</h2>
            <p>
                "Proposals that you open in Write are kept in this browser, so that they open without a network: at their own address, or from "
                <a href="/offline" rel="external">"the list of what is here"</a> ". Signing out removes them."
            </p>
            <Show when=move || waiting.get()><Skeleton/></Show>
            <Show when=move || failed.get()>
                <p>"The list could not be loaded. Load the page again to try once more."</p>
            </Show>
            // The script's own: nothing here renders into it.
            <div class="stack" node_ref=place></div>
        </section>
    }
}
