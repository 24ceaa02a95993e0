//! What everybody who opens the proposal should know first.

use leptos::prelude::*;

use super::desk::Desk;
use crate::components::{Notice, Tone};
use crate::model::proposal::{ProposalPage, ProposalState};
use crate::pages::links;

/// Why the text cannot be written in at present, and where it went.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let desk = expect_context::<Desk>();
    move || {
        desk.page.with(|page| {
            let merged = page.merged_version.map(|version| {
                let link = desk.team.with_value(|team| links::decision(team, page.design_number, version));
                let design = desk.team.with_value(|team| links::design(team, page.design_number));
                view! {
                    <Notice tone=Tone::Success>
                        "Merged as version " {version} ". " <a href=link>"Read the decision"</a> " · " <a href=design>"Read the accepted text"</a>
                    </Notice>
                }
            });
            let sentences = sentences(page).into_iter().map(|sentence| view! { <Notice>{sentence}</Notice> });
            view! { <div class="notices">{merged} {sentences.collect_view()}</div> }
        })
    }
}

fn sentences(page: &ProposalPage) -> Vec<String> {
    let mut sentences = Vec::new();
    let archived = "The design is archived: nothing here can be changed.";
    if page.state == ProposalState::Closed {
        let reason = page.close_reason.as_deref().filter(|reason| !reason.is_empty());
        let closed = reason.map_or("Closed.".into(), |reason| format!("Closed: {}.", reason.trim_end_matches('.')));
        sentences.push(format!("{closed} {}", if page.archived { archived } else { "It can be reopened." }));
    } else if page.archived {
        sentences.push(archived.into());
    }
    if let Some(holder) = page.held_by.as_ref().filter(|_| page.state == ProposalState::InReview) {
        sentences.push(format!("{} holds the text: nobody writes until it is released or merged.", holder.name));
    }
    if page.state.open() && page.base < page.version {
        sentences
            .push(format!("The accepted text has moved on to version {}; its changes are on their way into this proposal.", page.version));
    }
    sentences
}
