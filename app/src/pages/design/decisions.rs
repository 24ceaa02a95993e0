//! The design's decisions.

use leptos::prelude::*;

use super::facts::facts;
use crate::api::designs::get_decisions;
use crate::components::Moment;
use crate::model::decision::DecisionLine;
use crate::model::page::Page;
use crate::pages::links;

/// The list, newest first.
#[component]
pub(super) fn Decisions(team: String, number: i32, first: Page<DecisionLine>) -> impl IntoView {
    let team = StoredValue::new(team);
    let fetch = move |after: String| Box::pin(get_decisions(team.get_value(), number, Some(after))) as _;
    let none = Some("None yet. A merge makes one, for ever.");
    facts("Decisions", none, first, fetch, move |line| team.with_value(|team| entry(team, number, line)))
}

fn entry(team: &str, number: i32, DecisionLine { version, title, by, at }: DecisionLine) -> AnyView {
    view! {
        <li>
            <a href=links::decision(team, number, version)>{format!("Version {version}")}</a>
            <p class="small">{title}</p>
            <p class="muted small">"merged by " {by.name} " · " <Moment at/></p>
        </li>
    }
    .into_any()
}
