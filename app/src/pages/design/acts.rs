//! What can be done with a design as a whole.

use leptos::prelude::*;

use super::delete_dialog::DeleteDialog;
use super::propose_dialog::ProposeDialog;
use crate::api::designs::ArchiveDesign;
use crate::components::{Call, CallForm, Icon, Menu, Refusal};
use crate::model::design::DesignPage;
use crate::model::role::Act;
use crate::pages::links;

/// The buttons at the right of the title.
#[component]
pub(super) fn Acts(team: String, design: DesignPage, open: bool, changed: Callback<()>) -> impl IntoView {
    let DesignPage { number, title, version, archived, role, decided, imported, .. } = design;
    let archive = Call::<ArchiveDesign>::new();
    Effect::new(move |_| {
        if matches!(archive.value().get(), Some(Ok(()))) {
            changed.run(());
        }
    });
    let (proposing, deleting) = (RwSignal::new(false), RwSignal::new(false));
    // Before there is an accepted text, the open proposal is where it is written.
    let may_propose = role.may(Act::Write) && !archived && (version > 0 || !open);
    let may_manage = role.may(Act::Administer);
    let export = (version > 0).then(|| {
        view! {
            <a href=links::export_accepted(&team, number, false) rel="external" download="">
                <Icon name="download"/>"Export as Markdown"
            </a>
            {imported.then(|| view! {
                <a href=links::export_accepted(&team, number, true) rel="external" download="">
                    <Icon name="download"/>"Export as imported"
                </a>
            })}
        }
    });
    let slug = team.clone();
    let manage = may_manage.then(|| {
        view! {
            <CallForm to=archive>
                <input type="hidden" name="team" value=slug/>
                <input type="hidden" name="number" value=number.to_string()/>
                <input type="hidden" name="archived" value=(!archived).to_string()/>
                <button><Icon name="archive"/>{if archived { "Take out of the archive" } else { "Archive" }}</button>
            </CallForm>
            {(!decided).then(|| view! {
                <button type="button" class="danger" on:click=move |_| deleting.set(true)><Icon name="x"/>"Delete…"</button>
            })}
        }
    });
    view! {
        <div class="line acts">
            {may_propose.then(|| view! {
                <button type="button" class="button primary" on:click=move |_| proposing.set(true)>"Propose a change"</button>
            })}
            {(version > 0 || may_manage).then(|| view! {
                <Menu id="design-menu" label="More about this design">{export}{manage}</Menu>
            })}
        </div>
        <Refusal of=archive.value()/>
        {may_propose.then(|| view! { <ProposeDialog open=proposing team=team.clone() number/> })}
        {may_manage.then(|| view! { <DeleteDialog open=deleting team number title/> })}
    }
    .into_any()
}
