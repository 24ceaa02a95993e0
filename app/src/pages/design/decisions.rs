//! The design's decisions.

use leptos::prelude::*;

use crate::api::designs::get_decisions;
use crate::components::{Moment, Pages, ShowMore};
use crate::model::decision::DecisionLine;
use crate::model::page::Page;
use crate::pages::links;

/// The list, newest first.
#[component]
pub(super) fn Decisions(team: String, number: i32, first: Page<DecisionLine>) -> impl IntoView {
    let none = first.items.is_empty();
    let pages = Pages::after(first.next);
    let team = StoredValue::new(team);
    let fetch = move |after: String| Box::pin(get_decisions(team.get_value(), number, Some(after))) as _;
    let row = move |line| team.with_value(|team| entry(team, number, line));
    view! {
        <section class="facts-list" aria-label="Decisions">
            <h2>"Decisions"</h2>
            {none.then(|| view! { <p class="muted small">"None yet. A merge makes one, for ever."</p> })}
            <ul class="plain">
                {first.items.into_iter().map(row).collect_view()}
                {move || pages.more.get().into_iter().map(row).collect_view()}
            </ul>
            <ShowMore pages fetch/>
        </section>
    }
    .into_any()
}

fn entry(team: &str, number: i32, DecisionLine { version, title, by, at }: DecisionLine) -> impl IntoView + use<> {
    view! {
        <li>
            <a href=links::decision(team, number, version)>{format!("Version {version}")}</a>
            <p class="small">{title}</p>
            <p class="muted small">"merged by " {by.name} " · " <Moment at/></p>
        </li>
    }
}
