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
use crate::components::{Empty, Icon, Loaded, Rows, ShowMore};
use crate::live::{Hint, on_hint};
use crate::model::account::Membership;
use crate::model::design::{DesignFilter, DesignLine};
use crate::model::role::Act;

/// The page.
#[component]
pub fn Team() -> impl IntoView {
    let slug = text_param("team");
    let query = use_query_map();
    let filter = Memo::new(move |_| query.with(from_query));
    let first = Resource::new_blocking(move || (slug.get(), filter.get()), |(slug, filter)| list_designs(slug, filter));
    let here = membership(slug);
    on_hint(move |hint| {
        let ours = |id| here.with_untracked(|here| here.as_ref().is_some_and(|here| here.team.0 == id));
        if matches!(hint, Hint::All) || matches!(hint, Hint::Designs { team } if ours(team)) {
            first.refetch();
        }
    });
    let rows = Rows::default();
    let then = move |page| {
        let question = format!("{}{}", slug.get_untracked(), to_query(&filter.get_untracked()));
        rows.show(&question, page, |a: &DesignLine, b| a.id == b.id);
        view! { <List slug filter rows/> }.into_any()
    };
    let fetch = move |after| {
        let filter = DesignFilter { after: Some(after), ..filter.get_untracked() };
        Box::pin(list_designs(slug.get_untracked(), filter)) as _
    };
    view! {
        <Head slug here/>
        <main class="page">
            <header class="head">
                <h1>"Designs"</h1>
                <NewButton slug here/>
            </header>
            <Filters slug filter/>
            <Loaded from=first then/>
            <ShowMore pages=rows.pages fetch/>
        </main>
    }
}

/// The signed-in person's place in a team.
pub fn membership(slug: Memo<String>) -> Memo<Option<Membership>> {
    let session = expect_context::<Session>();
    Memo::new(move |_| {
        let me = session.me.get()?.ok()??;
        me.teams.into_iter().find(|team| team.slug == slug.get())
    })
}

#[component]
fn Head(slug: Memo<String>, here: Memo<Option<Membership>>) -> impl IntoView {
    let name = move || here.get().map_or_else(|| slug.get(), |here| here.name);
    view! {
        <Transition>
            <Title text=move || format!("Designs of {}", name())/>
        </Transition>
    }
}

#[component]
fn NewButton(slug: Memo<String>, here: Memo<Option<Membership>>) -> impl IntoView {
    let writes = move || here.get().is_some_and(|here| here.role.may(Act::Write));
    view! {
        <Transition>
            <Show when=writes>
                <a class="button primary" href=move || links::new_design(&slug.get())>
                    <Icon name="plus"/>
                    "New design"
                </a>
            </Show>
        </Transition>
    }
}

#[component]
fn List(slug: Memo<String>, filter: Memo<DesignFilter>, rows: Rows<DesignLine>) -> impl IntoView {
    move || {
        let lines = rows.get();
        if lines.is_empty() {
            return view! { <NothingHere filter=filter.get()/> }.into_any();
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
fn NothingHere(filter: DesignFilter) -> impl IntoView {
    if filter == DesignFilter::default() {
        return view! {
            <Empty
                icon="layers"
                title="No designs yet"
                text="A design is a document that your team writes, reviews and decides on before the code. Start one from a template, or import a Markdown file."
            />
        }
        .into_any();
    }
    let text = if filter.archived && filter.search.is_empty() {
        "Nothing is archived."
    } else {
        "Nothing matches. Try fewer words or take a filter away; archived designs are found with the filter Archived."
    };
    view! {
        <Empty icon="search" title="No such design" text>
            <a class="button" href="?">"Show all designs"</a>
        </Empty>
    }
    .into_any()
}
