//! The design's proposals.

use leptos::prelude::*;

use super::facts::facts;
use crate::api::designs::list_proposals;
use crate::components::{Moment, ProposalBadge};
use crate::model::page::Page;
use crate::model::proposal::ProposalLine;
use crate::pages::links;

/// The list, newest first.
#[component]
pub(super) fn Proposals(team: String, number: i32, first: Page<ProposalLine>) -> impl IntoView {
    let team = StoredValue::new(team);
    let fetch = move |after: String| Box::pin(list_proposals(team.get_value(), number, Some(after))) as _;
    facts("Proposals", None, first, fetch, move |line| team.with_value(|team| entry(team, number, line)))
}

fn entry(team: &str, design: i32, line: ProposalLine) -> AnyView {
    let ProposalLine { number, title, why, state, by, created, .. } = line;
    let tab = if state.open() { "read" } else { "review" };
    view! {
        <li>
            <div class="line"><ProposalBadge state/> <span class="muted small">{format!("P-{number}")}</span></div>
            <a href=links::proposal(team, design, number, tab)>{title}</a>
            {(!why.is_empty()).then(|| view! { <p class="small clamp">{why}</p> })}
            <p class="muted small">{by.name} " · " <Moment at=created/></p>
        </li>
    }
    .into_any()
}
