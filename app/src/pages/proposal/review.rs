//! Tab Review: what changed, who says what of it, and what is missing to merge.

mod comparison;
mod sides;

use leptos::prelude::*;

use self::comparison::Compared;
use super::desk::Desk;
use crate::api::reviews::get_review_board;
use crate::components::{Failure, Fresh, GatePanel, ReviewList, ReviewerList, Skeleton, VerdictForm};
use crate::model::ids::AccountId;
use crate::model::proposal::ProposalState;
use crate::model::review::ReviewBoard;

/// The tab.
#[component]
pub(super) fn Review() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let proposal = desk.margin.proposal;
    let first = Resource::new_blocking(|| (), move |()| get_review_board(proposal));
    view! {
        <Suspense fallback=Skeleton>
            {move || Suspend::new(async move {
                match first.await {
                    Ok(board) => view! { <Judged board/> }.into_any(),
                    Err(error) => view! { <Failure error/> }.into_any(),
                }
            })}
        </Suspense>
    }
}

#[component]
fn Judged(board: ReviewBoard) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let proposal = desk.margin.proposal;
    let mine = desk.me.with_value(|me| last_reviewed(&board, me.account));
    let board = Fresh::new(board, move || get_review_board(proposal));
    Effect::watch(move || desk.judged.track(), move |(), _, _| board.again(), false);
    view! {
        <div class="desk two review-desk">
            <div class="desk-text"><Compared mine/></div>
            <div class="desk-facts">
                <Judgement board/>
            </div>
        </div>
    }
}

/// The right-hand column.
#[component]
fn Judgement(board: Fresh<ReviewBoard>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let changed = Callback::new(move |()| {
        board.again();
        desk.changed();
    });
    let role = Memo::new(move |_| desk.page.with(|page| page.role));
    let newest = Memo::new(move |_| desk.newest());
    let wrote = Signal::derive(move || desk.page.with(|page| page.wrote));
    let may_judge =
        move || desk.margin.may_discuss.get() && newest.get() > 0 && desk.page.with(|page| page.state == ProposalState::InReview);
    let (gate, reviewers, reviews) = (
        Memo::new(move |_| board.with(|board| board.gate.clone())),
        Memo::new(move |_| board.with(|board| board.reviewers.clone())),
        Memo::new(move |_| board.with(|board| board.reviews.clone())),
    );
    view! {
        {move || view! { <GatePanel gate=gate.get()/> }}
        {move || view! { <ReviewerList reviewers=reviewers.get() newest=newest.get()/> }}
        <Show when=may_judge><VerdictForm proposal=desk.margin.proposal revision=newest newest wrote changed/></Show>
        {move || view! { <ReviewList reviews=reviews.get() me=desk.me.get_value().account role=role.get() changed/> }}
    }
}

/// The newest revision that somebody has judged: what they have seen.
fn last_reviewed(board: &ReviewBoard, account: AccountId) -> Option<i32> {
    board.reviews.iter().filter(|review| review.by.id == Some(account)).map(|review| review.revision).max()
}
