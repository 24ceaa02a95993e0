//! A proposal: the same frame around the tabs Write, Read, Review and History.

mod author_notice;
mod close_dialog;
mod desk;
mod dialogs;
mod given;
mod header;
mod header_acts;
mod history;
mod kept;
mod merge_dialog;
mod mode;
mod notices;
pub(crate) mod parts;
mod read;
mod reading;
mod review;
mod send_dialog;
mod unsaved;
mod write;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::desk::{Desk, First, load};
use self::header::ProposalHeader;
use self::write::Write;
use super::params::{number_param, text_param};
use crate::components::{Failure, Later, Loaded, read};
use crate::error::AppError;

/// The page. Loaded once per proposal; tabs and hints change parts of it in place, so that the editor stays mounted.
#[component]
pub fn Proposal() -> impl IntoView {
    let (team, design, number) = (text_param("team"), number_param("number"), number_param("proposal"));
    let (tab, query) = (text_param("tab"), use_query_map());
    let first = read(
        move || (team.get(), design.get(), number.get()),
        move |(team, design, number)| load(team, design, number, tab.get_untracked(), query.get_untracked()),
    );
    view! {
        <main class="page proposal">
            <Loaded page=true from=first then=move |first: First| view! { <Opened first tab/> }.into_any()/>
        </main>
    }
    .into_any()
}

#[component]
fn Opened(first: First, tab: Memo<String>) -> impl IntoView {
    let desk = Desk::new(first);
    provide_context(desk);
    provide_context(desk.margin);
    desk.stay_fresh();
    let body = move || match tab.get().as_str() {
        "write" => view! { <Write/> }.into_any(),
        // Links to a proposal as a whole lead to what most people come for.
        "read" | "" => view! { <Later view=parts::read/> }.into_any(),
        "review" => view! { <Later view=parts::review/> }.into_any(),
        "history" => view! { <Later view=parts::history_tab/> }.into_any(),
        _ => view! { <Failure error=AppError::not_found("page")/> }.into_any(),
    };
    view! {
        <ProposalHeader/>
        {body}
    }
    .into_any()
}
