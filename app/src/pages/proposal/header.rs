//! The frame's top: where one is, in what state, what can be done, and the tabs.

use leptos::prelude::*;
use leptos_meta::Title;

use super::desk::Desk;
use super::header_acts::HeaderActs;
use super::notices::Notices;
use crate::components::{Icon, ProposalBadge, Tab, Tabs};
use crate::pages::links;

/// The header; the same on all tabs.
#[component]
pub(super) fn ProposalHeader() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let page = desk.page;
    let (design, number) = page.peek(|page| (page.design_number, page.number));
    let title = move || page.with(|page| page.title.clone());
    view! {
        <Title text=move || format!("{} · D-{design} P-{number}", title())/>
        <header class="proposal-head">
            <Crumbs/>
            <div class="head-row">
                <div class="head-title">
                    <h1>{title}</h1>
                    {move || view! { <ProposalBadge state=page.with(|page| page.state)/> }}
                </div>
                <HeaderActs/>
            </div>
            <Notices/>
            <ProposalTabs/>
        </header>
    }
    .into_any()
}

#[component]
fn Crumbs() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let (design, number) = desk.page.peek(|page| (page.design_number, page.number));
    let team = desk.membership().map_or_else(String::new, |here| here.name);
    let (list, link) = desk.team.with_value(|team| (format!("/teams/{team}"), links::design(team, design)));
    // The title stands below; another one of the design's is told here.
    let name = move || {
        desk.page.with(|page| match page.design_title.as_str() {
            title if title == page.title => format!("D-{design}"),
            title => format!("D-{design} {title}"),
        })
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            <a href=list>{team}</a>
            <a href=link>{name}</a>
            <span>{format!("P-{number}")}</span>
        </nav>
    }
    .into_any()
}

#[component]
fn ProposalTabs() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let open = move || desk.page.with(|page| page.open_threads);
    let revision = move || desk.newest();
    view! {
        <Tabs label="Views of this proposal">
            <Tab href=desk.link("write")>"Write"</Tab>
            <Tab href=desk.link("read")>
                "Read" {move || (open() > 0).then(|| view! { <span class="tab-count"><Icon name="message-square"/> {open} <span class="aside">" open threads"</span></span> })}
            </Tab>
            <Tab href=desk.link("review")>
                "Review" {move || (revision() > 0).then(|| view! { <span class="tab-count">"r" {revision}</span> })}
            </Tab>
            <Tab href=desk.link("history")>"History"</Tab>
        </Tabs>
    }
    .into_any()
}
