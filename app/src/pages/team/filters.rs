//! The search field and the filters. Without script the field is a form and the filters are links; with it, the list follows while one types.

use std::time::Duration;

use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::filter::to_query;
use crate::components::Icon;
use crate::model::design::{DesignFilter, DesignState};
use crate::model::proposal::ProposalState;

/// Short enough to feel immediate, long enough that a word typed in one go is one request.
const PAUSE: Duration = Duration::from_millis(180);

/// Search and filters.
#[component]
pub fn Filters(slug: Memo<String>, filter: Memo<DesignFilter>) -> impl IntoView {
    view! {
        <search class="filters">
            <Search slug filter/>
            <Chips filter/>
        </search>
    }
}

#[component]
fn Search(slug: Memo<String>, filter: Memo<DesignFilter>) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let navigate = use_navigate();
    let go = move || {
        let Some(input) = input.get_untracked() else { return };
        let wanted = DesignFilter { search: input.value(), ..filter.get_untracked() };
        let address = format!("/teams/{}{}", slug.get_untracked(), to_query(&wanted));
        // Replaces: one step back leaves the search instead of taking away a letter.
        navigate(&address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
    };
    let pending = StoredValue::new(None::<TimeoutHandle>);
    let soon = {
        let go = go.clone();
        move |_| {
            if let Some(earlier) = pending.get_value() {
                earlier.clear();
            }
            pending.set_value(set_timeout_with_handle(go.clone(), PAUSE).ok());
        }
    };
    on_cleanup(move || {
        if let Some(Some(earlier)) = pending.try_get_value() {
            earlier.clear();
        }
    });
    // Follows the address (a link, a step back), but never what somebody is typing.
    Effect::new(move || {
        let search = filter.with(|filter| filter.search.clone());
        if let Some(input) = input.get()
            && document().active_element().as_ref() != Some(input.as_ref())
        {
            input.set_value(&search);
        }
    });
    let at_once = move |event: SubmitEvent| {
        event.prevent_default();
        go();
    };
    view! {
        <form class="search" method="get" on:submit=at_once>
            <label for="search" class="aside">"Search designs"</label>
            <Icon name="search"/>
            <input
                class="input"
                id="search"
                name="q"
                type="search"
                placeholder="Search titles and texts"
                autocomplete="off"
                maxlength="200"
                value=filter.get_untracked().search
                node_ref=input
                on:input=soon
            />
            {move || kept(&filter.get())}
        </form>
    }
}

/// The other filters, for the form that works without script.
fn kept(filter: &DesignFilter) -> impl IntoView + use<> {
    let hidden =
        |name: &'static str, value: Option<&'static str>| value.map(|value| view! { <input type="hidden" name=name value=value/> });
    (
        hidden("state", filter.state.map(DesignState::as_str)),
        hidden("proposal", filter.proposal.map(ProposalState::as_str)),
        hidden("mine", filter.mine.then_some("1")),
        hidden("archived", filter.archived.then_some("1")),
    )
}

#[component]
fn Chips(filter: Memo<DesignFilter>) -> impl IntoView {
    let chip = move |words: &'static str, toggled: fn(&mut DesignFilter) -> bool| {
        // One function says both: it sets the filter and answers whether it was set before.
        let (on, href) = {
            let mut other = filter.get();
            (toggled(&mut other), to_query(&other))
        };
        view! {
            <a class="chip" href=href aria-current=on.then_some("true")>
                {on.then(|| view! { <Icon name="check"/> })}
                {words}
            </a>
        }
    };
    view! {
        <div class="chips" role="group" aria-label="Filters">
            {move || chip("Mine", |filter| flip(&mut filter.mine))}
            {move || chip("In review", |filter| toggle(&mut filter.proposal, ProposalState::InReview))}
            {move || chip("Draft", |filter| toggle(&mut filter.proposal, ProposalState::Draft))}
            {move || chip("Proposed", |filter| toggle(&mut filter.state, DesignState::Proposed))}
            {move || chip("Accepted", |filter| toggle(&mut filter.state, DesignState::Accepted))}
            {move || chip("Archived", |filter| flip(&mut filter.archived))}
        </div>
    }
}

/// Sets a choice, or takes it away when it is set; answers whether it was.
fn toggle<T: PartialEq>(choice: &mut Option<T>, to: T) -> bool {
    let was = choice.as_ref() == Some(&to);
    *choice = (!was).then_some(to);
    was
}

/// Turns it over; answers what it was.
fn flip(on: &mut bool) -> bool {
    std::mem::replace(on, !*on)
}
