//! The designs whose texts name this one.

use leptos::prelude::*;

use super::facts::facts;
use crate::api::designs::get_backlinks;
use crate::components::DesignBadge;
use crate::model::design::Backlink;
use crate::model::page::Page;
use crate::pages::links;

/// The list, newest first; nothing where there are none.
#[component]
pub(super) fn Backlinks(team: String, number: i32, first: Page<Backlink>) -> impl IntoView {
    if first.items.is_empty() {
        return ().into_any();
    }
    let team = StoredValue::new(team);
    let fetch = move |after: String| Box::pin(get_backlinks(team.get_value(), number, Some(after))) as _;
    facts("Linked from", None, first, fetch, move |line| team.with_value(|team| entry(team, line)))
}

fn entry(team: &str, Backlink { number, title, state, accepted }: Backlink) -> AnyView {
    view! {
        <li>
            <div class="line"><DesignBadge state/> <span class="muted small">{format!("D-{number}")}</span></div>
            <a href=links::design(team, number)>{title}</a>
            {(!accepted).then(|| view! { <p class="muted small">"in an open proposal"</p> })}
        </li>
    }
    .into_any()
}
