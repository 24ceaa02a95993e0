//! A team's designs: scanned, searched and filtered, with all of that kept in the address.

mod filter;
mod filters;
mod row;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::filter::{from_query, to_query};
use self::filters::Filters;
use self::row::Row;
use super::frame::Session;
use super::links;
use super::params::text_param;
use crate::api::designs::list_designs;
use crate::components::{Empty, Icon, Loaded, Rows, ShowMore, read};
use crate::live::{Hint, on_hint};
use crate::model::account::{Me, Membership};
use crate::model::design::{DesignFilter, DesignLine};
use crate::model::role::Act;

/// The page.
#[component]
pub fn Team() -> impl IntoView {
    let slug = text_param("team");
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(from_query));
    let first = read(move || (slug.get(), filter.get()), |(slug, filter)| list_designs(slug, filter));
    let session = expect_context::<Session>();
    on_hint(move |hint| {
        let me = session.me.get_untracked().and_then(Result::ok).flatten();
        let ours = |id| me.and_then(|me| here(me, &slug.get_untracked())).is_some_and(|here| here.team.0 == id);
        if matches!(hint, Hint::All) || matches!(hint, Hint::Designs { team } if ours(team)) {
            first.refetch();
        }
    });
    let rows = Rows::default();
    let fetch = move |after| {
        let filter = DesignFilter { after: Some(after), ..filter.get_untracked() };
        Box::pin(list_designs(slug.get_untracked(), filter)) as _
    };
    let then = move |page| {
        let question = format!("{}{}", slug.get_untracked(), to_query(&filter.get_untracked()));
        rows.show(&question, page, |a: &DesignLine, b| a.id == b.id);
        view! {
            <List slug filter rows/>
            <ShowMore pages=rows.pages fetch/>
        }
        .into_any()
    };
    view! {
        <Title text="Designs"/>
        <main class="page">
            <header class="head">
                <Head slug/>
            </header>
            <Filters slug filter/>
            <Loaded from=first then/>
        </main>
    }
}

/// Somebody's place in a team.
fn here(me: Me, slug: &str) -> Option<Membership> {
    me.teams.into_iter().find(|team| team.slug == slug)
}

/// The two ways to a first design, for those who may write.
#[component]
fn Begin(slug: Memo<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let show = move || {
        let slug = slug.get();
        Suspend::new(async move {
            let writes = session.me().await.ok().and_then(|me| here(me, &slug)).is_some_and(|here| here.role.may(Act::Write));
            let way = |query, words| view! { <a class="button" href=format!("{}{query}", links::new_design(&slug))>{words}</a> };
            writes.then(|| view! { <div class="line">{way("", "Start from a template")} {way("?from=file", "Import Markdown")}</div> })
        })
    };
    view! { <Transition>{show}</Transition> }
}

/// Whose designs they are, and the button for those who may write.
#[component]
fn Head(slug: Memo<String>) -> impl IntoView {
    let session = expect_context::<Session>();
    let show = move || {
        let slug = slug.get();
        Suspend::new(async move {
            let Some(here) = session.me().await.ok().and_then(|me| here(me, &slug)) else {
                return view! { <h1>"Designs"</h1> }.into_any();
            };
            let button = view! {
                <a class="button primary" href=links::new_design(&slug)>
                    <Icon name="plus"/>
                    "New design"
                </a>
            };
            let title = format!("Designs of {}", here.name);
            view! {
                <Title text=title.clone()/>
                <h1>{title}</h1>
                {here.role.may(Act::Write).then_some(button)}
            }
            .into_any()
        })
    };
    view! { <Transition>{show}</Transition> }
}

#[component]
fn List(slug: Memo<String>, filter: Memo<DesignFilter>, rows: Rows<DesignLine>) -> impl IntoView {
    move || {
        let lines = rows.get();
        if lines.is_empty() {
            return view! { <NothingHere slug filter=filter.get()/> }.into_any();
        }
        view! {
            <ul class="rows linked card designs">
                {lines.into_iter().map(|line| view! { <Row team=slug.get() line/> }).collect_view()}
            </ul>
        }
        .into_any()
    }
}

#[component]
fn NothingHere(slug: Memo<String>, filter: DesignFilter) -> impl IntoView {
    if filter == DesignFilter::default() {
        return view! {
            <Empty
                icon="layers"
                title="No designs yet"
                text="A design is a document that your team writes, reviews and decides on before the code."
            >
                <Begin slug/>
            </Empty>
        }
        .into_any();
    }
    let text = if filter.archived && filter.search.is_empty() {
        "Nothing is archived."
    } else if filter == (DesignFilter { search: filter.search.clone(), ..DesignFilter::default() }) {
        "Nothing matches. Try fewer words; archived designs are found with the filter Archived."
    } else {
        "Nothing matches. Try fewer words or take a filter away."
    };
    view! {
        <Empty icon="search" title="No such design" text>
            <a class="button" href="?">"Show all designs"</a>
        </Empty>
    }
    .into_any()
}
