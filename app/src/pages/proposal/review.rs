//! Tab Review: what changed, who says what of it, and what is missing to merge.

mod comparison;
mod sides;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use self::comparison::Compared;
pub(super) use self::sides::Sides;
use super::desk::Desk;
use crate::api::reviews::get_review_board;
use crate::components::{Failure, Fresh, GatePanel, Notice, ReviewList, ReviewerList, Skeleton, Tone, VerdictForm};
use crate::model::proposal::ProposalState;
use crate::model::review::ReviewBoard;

/// The tab.
#[component]
pub(super) fn Review() -> impl IntoView {
    let desk = expect_context::<Desk>();
    view! {
        <Suspense fallback=Skeleton>
            {move || Suspend::new(async move {
                match desk.board().await {
                    Ok(board) => view! { <Judged board/> }.into_any(),
                    Err(error) => view! { <Failure error/> }.into_any(),
                }
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Judged(board: ReviewBoard) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let proposal = desk.margin.proposal;
    let mine = desk.me.with_value(|me| board.last_reviewed(me.account));
    let board = Fresh::new(board, move || get_review_board(proposal));
    Effect::watch(move || desk.judged.track(), move |(), _, _| board.again(), false);
    // What is read and judged does not change under somebody's hands when another revision is sent.
    let known = untrack(|| desk.newest());
    let query = use_query_map();
    let sides = Memo::new(move |_| query.with(|query| Sides::of(query, (known > 0).then_some(known), mine)));
    let revision = Memo::new(move |_| sides.get().judged(known));
    view! {
        <Newer revision/>
        <div class="desk two review-desk">
            <div class="desk-text">
                <Compared sides mine/>
                <p class="to-judgement"><a class="button drawer-only" href="#judgement">"Verdict and gate"</a></p>
            </div>
            <div class="desk-facts" id="judgement"><Judgement board revision/></div>
        </div>
    }
    .into_any()
}

/// Says that a newer revision than the one on the page was sent.
#[component]
fn Newer(revision: Memo<i32>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let newer = Memo::new(move |_| Some(desk.newest()).filter(|newest| *newest > revision.get()));
    move || {
        newer.get().map(|newest| {
            let shown = revision.get();
            let link = format!("{}?from={shown}&to={newest}", desk.link("review"));
            view! {
                <Notice tone=Tone::Accent>
                    "You are looking at revision " {shown} "; revision " {newest} " is the newest. "
                    <a href=link>"See what changed between them"</a>
                </Notice>
            }
        })
    }
}

/// The right-hand column.
#[component]
fn Judgement(board: Fresh<ReviewBoard>, revision: Memo<i32>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let changed = Callback::new(move |()| {
        board.again();
        desk.changed();
    });
    let role = Memo::new(move |_| desk.page.with(|page| page.role));
    let newest = Memo::new(move |_| desk.newest());
    let wrote = Memo::new(move |_| desk.page.with(|page| page.wrote));
    let in_review = move || desk.page.with(|page| page.state == ProposalState::InReview);
    // A memo, so that what is being typed into the form outlives changes of the frame.
    let may_judge = Memo::new(move |_| desk.margin.may_discuss.get() && revision.get() > 0 && in_review());
    let gate = Memo::new(move |_| board.with(|board| board.gate.clone()));
    let reviewers = Memo::new(move |_| board.with(|board| board.reviewers.clone()));
    let reviews = Memo::new(move |_| board.with(|board| board.reviews.clone()));
    let me = desk.me.with_value(|me| me.account);
    let open = Memo::new(move |_| desk.page.with(|page| page.state.open()));
    // First for whoever came to judge, last for authors, whose approval would not count.
    let form = move || view! { <VerdictForm proposal=desk.margin.proposal revision newest wrote changed/> };
    view! {
        {move || (may_judge.get() && !wrote.get()).then(form)}
        // What is over has its gate in the decision.
        {move || open.get().then(|| view! { <GatePanel gate=gate.get()/> })}
        {move || view! { <ReviewerList reviewers=reviewers.get() newest=newest.get()/> }}
        {move || (may_judge.get() && wrote.get()).then(form)}
        {move || view! { <ReviewList reviews=reviews.get() me role=role.get() changed/> }}
    }
    .into_any()
}
