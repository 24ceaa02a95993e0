//! The way around: beside the page on screens, behind a button on phones.

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::Serialize;

use super::sign_out::SignOutButton;
use crate::components::{Avatar, Icon};
use crate::editor;
use crate::model::account::{Me, Membership, Person};
use crate::model::ids::AccountId;

/// The buttons that open the palette. As markup, because nothing in it ever changes and the script that answers it is not this one: `app/editor`.
const FIND: &str = r#"<button type="button" class="place find" data-palette aria-label="Search or do…" aria-keyshortcuts="Control+K Meta+K"><svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="/icons.svg#search"></use></svg><span class="grow">Search</span></button>"#;

/// The navigation. On phones the same element is a popover: one list of links, one place for focus.
#[component]
pub fn Navigation(me: Me) -> impl IntoView {
    let here = use_location().pathname;
    let element = NodeRef::<html::Nav>::new();
    Effect::new(move || {
        here.track();
        if let Some(nav) = element.get() {
            // Refused when it is not open, which is fine.
            let _ = nav.hide_popover();
        }
    });
    let Me { account, name, teams, waiting, .. } = me;
    let arrival = Arrival::of(account, &name, &teams);
    Effect::new(move || editor::arrive(&arrival));
    view! {
        <header class="bar">
            <button type="button" class="button quiet square" popovertarget="navigation" aria-label="Menu">
                <Icon name="menu"/>
            </button>
            <Brand/>
            <Find/>
            {(waiting > 0)
                .then(|| {
                    view! {
                        <a class="button quiet square waits" href="/" title="Inbox">
                            <Icon name="inbox"/>
                            <Count waiting/>
                        </a>
                    }
                })}
        </header>
        <nav class="navigation" id="navigation" popover="auto" aria-label="Main" data-account=account.to_string() node_ref=element>
            <Brand/>
            <Find/>
            <Place href="/".to_owned() icon="inbox">
                <span class="grow">"Inbox"</span>
                {(waiting > 0).then(|| view! { <Count waiting/> })}
            </Place>
            <div class="teams">{teams.into_iter().map(|team| view! { <TeamPlaces team/> }).collect_view()}</div>
            <div class="self">
                <Place href="/settings".to_owned() icon="settings">"Settings"</Place>
                <SignOutButton account/>
                <p class="who">
                    <Avatar person=Person { id: Some(account), name: name.clone() }/>
                    <span>{name}</span>
                </p>
            </div>
        </nav>
    }
}

/// Who is here, for what the browser keeps on the device.
#[derive(Serialize)]
struct Arrival<'a> {
    account: AccountId,
    name: &'a str,
    /// Those that let it keep copies.
    teams: Vec<&'a str>,
}

impl<'a> Arrival<'a> {
    /// As JSON.
    fn of(account: AccountId, name: &'a str, teams: &'a [Membership]) -> String {
        let teams = teams.iter().filter(|team| team.device_copies).map(|team| team.slug.as_str()).collect();
        serde_json::to_string(&Arrival { account, name, teams }).unwrap_or_default()
    }
}

#[component]
fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <img src="/favicon.svg" alt="" width="24" height="24"/>
            "Quorum"
        </a>
    }
}

#[component]
fn Find() -> impl IntoView {
    view! { <div inner_html=FIND></div> }
}

#[component]
fn Count(waiting: u32) -> impl IntoView {
    view! { <span class="count">{waiting} <span class="aside">" waiting for you"</span></span> }
}

#[component]
fn TeamPlaces(team: Membership) -> impl IntoView {
    let designs = format!("/teams/{}", team.slug);
    let people = format!("{designs}/people");
    let name = team.name.clone();
    view! {
        <div class="places" role="group" aria-label=team.name>
            <p class="name">{name}</p>
            <Place href=designs icon="layers">"Designs"</Place>
            <Place href=people icon="users">"People"</Place>
        </div>
    }
}

#[component]
fn Place(href: String, icon: &'static str, children: Children) -> impl IntoView {
    let here = use_location().pathname;
    let path = href.clone();
    // A team's designs are where one is on each page of one of them, too.
    let current = move || {
        here.with(|here| match here.strip_prefix(path.as_str())? {
            "" => Some("page"),
            below => below.starts_with("/designs/").then_some("true"),
        })
    };
    view! {
        <a class="place" href=href aria-current=current>
            <Icon name=icon/>
            {children()}
        </a>
    }
}
