//! A design's history: everything that happened to it, newest first.

use leptos::prelude::*;
use leptos_meta::Title;

use super::frame::TeamCrumb;
use super::links;
use super::params::{number_param, text_param};
use crate::api::designs::get_history;
use crate::components::{Loaded, Moment, Pages, Read, ShowMore, read};
use crate::model::design::HistoryEntry;
use crate::model::page::Page;

type First = (String, i32, Page<HistoryEntry>);

/// The page.
#[component]
pub fn History() -> impl IntoView {
    let (team, number) = (text_param("team"), number_param("number"));
    let first: Read<First> = read(
        move || (team.get(), number.get()),
        |(team, number)| async move {
            let page = get_history(team.clone(), number, None).await?;
            Ok((team, number, page))
        },
    );
    view! {
        <main class="page narrow">
            <Loaded page=true from=first then=|(team, number, page): First| view! { <Entries team number page/> }.into_any()/>
        </main>
    }
    .into_any()
}

#[component]
fn Entries(team: String, number: i32, page: Page<HistoryEntry>) -> impl IntoView {
    let pages = Pages::after(page.next);
    let (slug, back) = (team.clone(), links::design(&team, number));
    let team = StoredValue::new(team);
    let fetch = move |after: String| {
        let team = team.get_value();
        Box::pin(get_history(team, number, Some(after))) as _
    };
    view! {
        <Title text=format!("History of D-{number}")/>
        <nav class="crumbs" aria-label="Breadcrumb">
            <TeamCrumb slug=slug/>
            <a href=back>{format!("D-{number}")}</a>
            <span>"History"</span>
        </nav>
        <h1>{format!("History of D-{number}")}</h1>
        <ol class="history">
            {page.items.into_iter().map(entry).collect_view()}
            {move || pages.more.get().into_iter().map(entry).collect_view()}
        </ol>
        <ShowMore pages fetch/>
    }
    .into_any()
}

fn entry(HistoryEntry { who, what, link, timeline, at }: HistoryEntry) -> impl IntoView {
    let who = who.map_or_else(|| "Quorum".to_owned(), |who| who.name);
    let what = match link {
        Some(link) => view! { <a href=link>{what}</a> }.into_any(),
        None => view! { <span>{what}</span> }.into_any(),
    };
    view! {
        <li>
            <p><strong>{who}</strong> " " {what}</p>
            <span class="muted small">
                <Moment at/> {timeline.map(|link| view! { " · " <a href=link>"Timeline"</a> })}
            </span>
        </li>
    }
}
