//! The designs whose texts name this one.

use leptos::prelude::*;

use crate::api::designs::get_backlinks;
use crate::components::{DesignBadge, Pages, ShowMore};
use crate::model::design::Backlink;
use crate::model::page::Page;
use crate::pages::links;

/// The list, newest first; nothing where there are none.
#[component]
pub(super) fn Backlinks(team: String, number: i32, first: Page<Backlink>) -> impl IntoView {
    if first.items.is_empty() {
        return ().into_any();
    }
    let pages = Pages::after(first.next);
    let team = StoredValue::new(team);
    let fetch = move |after: String| Box::pin(get_backlinks(team.get_value(), number, Some(after))) as _;
    let row = move |line| team.with_value(|team| entry(team, line));
    view! {
        <section class="facts-list" aria-label="Linked from">
            <h2>"Linked from"</h2>
            <ul class="plain">
                {first.items.into_iter().map(row).collect_view()}
                {move || pages.more.get().into_iter().map(row).collect_view()}
            </ul>
            <ShowMore pages fetch/>
        </section>
    }
    .into_any()
}

fn entry(team: &str, Backlink { number, title, state, accepted }: Backlink) -> impl IntoView + use<> {
    view! {
        <li>
            <div class="line"><DesignBadge state/> <span class="muted small">{format!("D-{number}")}</span></div>
            <a href=links::design(team, number)>{title}</a>
            {(!accepted).then(|| view! { <p class="muted small">"in an open proposal"</p> })}
        </li>
    }
}
