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
use leptos_router::LazyRoute;

use self::desk::{Desk, Loaded, load};
use self::header::ProposalHeader;
use self::read::Read;
use self::review::Review;
use self::write::Write;
use super::params::{number_param, text_param};
use crate::components::{Failure, Skeleton};
use crate::error::{AppError, Result};

/// The page and its data: loaded once per proposal; tabs and hints change parts of it in place, so that the editor stays mounted.
pub struct ProposalPage {
    loaded: Resource<Result<Loaded>>,
    tab: Memo<String>,
}

impl LazyRoute for ProposalPage {
    fn data() -> Self {
        let (team, design, number) = (text_param("team"), number_param("number"), number_param("proposal"));
        let loaded =
            Resource::new_blocking(move || (team.get(), design.get(), number.get()), |(team, design, number)| load(team, design, number));
        Self { loaded, tab: text_param("tab") }
    }

    async fn view(this: Self) -> AnyView {
        let Self { loaded, tab } = this;
        view! {
            <Suspense fallback=Skeleton>
                {move || Suspend::new(async move {
                    match loaded.await {
                        Ok(loaded) => view! { <Opened loaded tab/> }.into_any(),
                        Err(error) => view! { <main class="page"><Failure error/></main> }.into_any(),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn Opened(loaded: Loaded, tab: Memo<String>) -> impl IntoView {
    let desk = Desk::new(loaded);
    provide_context(desk);
    provide_context(desk.margin);
    desk.stay_fresh();
    let body = move || match tab.get().as_str() {
        "write" => view! { <Write/> }.into_any(),
        "read" => view! { <Read/> }.into_any(),
        "review" => view! { <Review/> }.into_any(),
        // Links to a proposal as a whole lead to what most people come for.
        "" => view! { <Read/> }.into_any(),
        _ => view! { <Failure error=AppError::not_found("page")/> }.into_any(),
    };
    view! {
        <main class="page proposal">
            <ProposalHeader/>
            {body}
        </main>
    }
    .into_any()
}
