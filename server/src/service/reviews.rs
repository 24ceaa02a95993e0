//! Reviews and the gate: the port's methods, and publishing a verdict.

use app::backend::Reviews;
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::gate::Gate;
use app::model::ids::{AccountId, ProposalId, ReviewId};
use app::model::inbox::{Detail, Reason};
use app::model::proposal::ProposalState;
use app::model::review::{ReviewBoard, Verdict};
use app::model::role::Act;
use async_trait::async_trait;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::fault::Shown;
use super::naming::numbers;
use super::told::Told;
use super::{Service, access, prose, standing};
use crate::clock::fresh_id;
use crate::db;
use crate::db::ground::Ground;
use crate::db::inbox::{Done, Turn};

mod board;
mod taken_back;

/// Reviews of one person on one proposal; nobody changes their mind that often, and the board shows them all.
const REVIEWS: i64 = 100;

#[async_trait]
impl Reviews for Service {
    async fn review_board(&self, caller: &Caller, proposal: ProposalId) -> Result<ReviewBoard> {
        let team = self.in_proposal(caller, proposal, Act::Read).await?.team;
        let case = self.case_now(proposal).await?;
        let known = self.known(team, numbers(case.reviews.iter().map(|review| review.summary.as_str()))).await?;
        board::of(case, known).await
    }

    async fn gate(&self, caller: &Caller, proposal: ProposalId) -> Result<Gate> {
        self.in_proposal(caller, proposal, Act::Read).await?;
        Ok(self.case_now(proposal).await?.gate())
    }

    async fn submit_review(
        &self,
        caller: &Caller,
        proposal: ProposalId,
        revision: i32,
        verdict: Verdict,
        summary: &str,
    ) -> Result<ReviewId> {
        self.in_proposal(caller, proposal, Act::Discuss).await?;
        let summary = prose::optional("summary", summary)?;
        self.publish(caller, proposal, revision, verdict, summary).await
    }

    async fn withdraw_review(&self, caller: &Caller, review: ReviewId) -> Result<()> {
        self.withdraw(caller, review).await
    }

    async fn dismiss_review(&self, caller: &Caller, review: ReviewId, reason: &str) -> Result<()> {
        self.dismiss(caller, review, reason).await
    }
}

impl Service {
    /// Publishes a verdict, under the design's lock: a merge sees it or comes before it.
    async fn publish(&self, caller: &Caller, proposal: ProposalId, revision: i32, verdict: Verdict, summary: &str) -> Result<ReviewId> {
        let at = self.clock.now();
        let id = ReviewId(fresh_id());
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::lock(&mut tx, proposal, at).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        access::in_proposal(&mut *tx, caller, proposal, Act::Discuss).await?;
        let newest = reviewable(&mut tx, caller, &ground, revision).await?;
        let new = db::reviews::NewReview { id, proposal, revision, by: caller.account, verdict, summary, at };
        db::reviews::insert(&mut *tx, new).await.shown()?;
        let mut told = Told::of(ground.team, proposal);
        if revision == newest.number {
            let asked =
                Done { account: Some(caller.account), reason: Some(Reason::ReviewRequested), proposal: Some(proposal), thread: None };
            told.inboxes(db::inbox::done(&mut *tx, asked, at).await.shown()?);
        }
        let detail = Detail { revision: Some(revision), verdict: Some(verdict), ..Detail::default() };
        told.inboxes(tell_authors(&mut tx, caller, &ground, newest.seq, &detail, at).await.shown()?);
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(id)
    }
}

/// Whether that revision can be reviewed by the caller now; answers the newest one.
async fn reviewable(tx: &mut PgConnection, caller: &Caller, ground: &Ground, revision: i32) -> Result<db::revisions::Revision> {
    standing::open(ground)?;
    let newest = db::revisions::newest(&mut *tx, ground.proposal).await.shown()?;
    let Some(newest) = newest.filter(|_| ground.state == ProposalState::InReview) else {
        return Err(AppError::invalid("revision", "This proposal has not been sent for review, so there is no revision to review yet."));
    };
    if !db::revisions::exists(&mut *tx, ground.proposal, revision).await.shown()? {
        return Err(AppError::NotFound(format!("There is no revision {revision}; the newest is {}.", newest.number)));
    }
    if db::reviews::count_of(tx, ground.proposal, caller.account).await.shown()? >= REVIEWS {
        return Err(AppError::conflict("too-many-reviews", "You have reviewed this proposal 100 times. Discuss it in threads instead."));
    }
    Ok(newest)
}

/// A verdict is the turn of whoever made the proposal and of everybody who wrote in it; answers whose inboxes changed.
async fn tell_authors(
    tx: &mut PgConnection,
    caller: &Caller,
    ground: &Ground,
    seq: i64,
    detail: &Detail,
    at: OffsetDateTime,
) -> sqlx::Result<Vec<AccountId>> {
    let authors = concerned(tx, ground, seq, caller.account).await?;
    let turn =
        Turn { reason: Reason::Verdict, team: ground.team, proposal: ground.proposal, thread: None, actor: caller.account, detail, at };
    db::inbox::put(tx, &authors, turn).await
}

/// Whoever made the proposal and everybody who wrote in it up to `seq`, but for the one who acts.
pub(super) async fn concerned(tx: &mut PgConnection, ground: &Ground, seq: i64, acting: AccountId) -> sqlx::Result<Vec<AccountId>> {
    let authors = db::authors::until(tx, ground.proposal, seq).await?;
    let mut accounts: Vec<AccountId> = authors.iter().chain([&ground.by]).filter_map(|person| person.id).collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts.retain(|account| *account != acting);
    Ok(accounts)
}
