//! Tab History: what happened to the text, what it was at each point, what changed between any two, and the way back.

mod content;
mod line;
mod list;
mod restore;
mod shown;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use serde::{Deserialize, Serialize};

use self::content::Content;
use self::list::Timeline;
pub(super) use self::shown::Shown;
use super::desk::Desk;
use crate::api::timelines::{get_point, get_timeline};
use crate::components::{Failure, Skeleton};
use crate::error::Result;
use crate::model::ids::ProposalId;
use crate::model::page::Page;
use crate::model::revision::Side;
use crate::model::timeline::{Line, Point};

/// What the tab is made with at first, beside the texts themselves.
#[derive(Serialize, Deserialize)]
struct Beside {
    timeline: Result<Page<Line>>,
    points: Vec<(Side, Result<Point>)>,
}

/// Asks for it; as JSON, so that the rest of the page need not know its types.
pub(super) async fn given(proposal: ProposalId, sides: Vec<Side>) -> String {
    let timeline = get_timeline(proposal, None).await;
    let mut points = Vec::new();
    for side in sides {
        points.push((side, get_point(proposal, side).await));
    }
    serde_json::to_string(&Beside { timeline, points }).unwrap_or_default()
}

/// The same, as it came with the page.
fn beside(desk: &Desk) -> Option<Beside> {
    serde_json::from_slice(desk.history()?.as_bytes()).ok()
}

/// What happened, the newest.
async fn timeline(desk: &Desk) -> Result<Page<Line>> {
    match beside(desk) {
        Some(beside) => beside.timeline,
        None => get_timeline(desk.margin.proposal, None).await,
    }
}

/// What one of the texts is called.
async fn described(desk: &Desk, side: Side) -> Result<Point> {
    match beside(desk).and_then(|beside| beside.points.into_iter().find(|(of, _)| *of == side)) {
        Some((_, point)) => point,
        None => get_point(desk.margin.proposal, side).await,
    }
}

/// The tab.
#[component]
pub(super) fn History() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let query = use_query_map();
    let shown = Memo::new(move |_| query.with(Shown::of));
    let source = Memo::new(move |_| query.with(|query| query.get("view").as_deref() == Some("source")));
    let something = Memo::new(move |_| shown.get() != Shown::All);
    view! {
        <div class="desk two review-desk history-desk" class:whole=move || !something.get()>
            <Show when=move || something.get()><div class="desk-text"><Content shown source/></div></Show>
            <div class="desk-facts">
                <Suspense fallback=Skeleton>
                    {move || Suspend::new(async move {
                        match timeline(&desk).await {
                            Ok(page) => view! { <Timeline page shown/> }.into_any(),
                            Err(error) => view! { <Failure error/> }.into_any(),
                        }
                    })}
                </Suspense>
            </div>
        </div>
    }
    .into_any()
}
