//! A proposal: the same frame around the tabs Write, Read and Review.

mod author_notice;
mod close_dialog;
mod desk;
mod header;
mod header_acts;
mod merge_dialog;
mod notices;
mod read;
mod reading;
mod review;
mod send_dialog;
mod unsaved;
mod write;

use leptos::prelude::*;

use self::desk::{Desk, First, load};
use self::header::ProposalHeader;
use self::read::Read;
use self::review::Review;
use self::write::Write;
use super::params::{number_param, text_param};
use crate::components::{Failure, Loaded};
use crate::error::AppError;

/// The page. Loaded once per proposal; tabs and hints change parts of it in place, so that the editor stays mounted.
#[component]
pub fn Proposal() -> impl IntoView {
    let (team, design, number) = (text_param("team"), number_param("number"), number_param("proposal"));
    let tab = text_param("tab");
    let first =
        Resource::new_blocking(move || (team.get(), design.get(), number.get()), |(team, design, number)| load(team, design, number));
    view! {
        <main class="page proposal">
            <Loaded from=first then=move |first: First| view! { <Opened first tab/> }.into_any()/>
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
        "read" | "" => view! { <Read/> }.into_any(),
        "review" => view! { <Review/> }.into_any(),
        _ => view! { <Failure error=AppError::not_found("page")/> }.into_any(),
    };
    view! {
        <ProposalHeader/>
        {body}
    }
    .into_any()
}
