//! Verdicts that end without another one: withdrawn by their giver, dismissed by an admin.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::approval::stands;
use app::model::ids::{ProposalId, ReviewId};
use app::model::role::Act;
use sqlx::{PgConnection, PgTransaction};
use time::OffsetDateTime;

use crate::db;
use crate::service::fault::Shown;
use crate::service::told::Told;
use crate::service::{Service, prose, standing};

impl Service {
    /// Takes back one's own standing verdict.
    pub(super) async fn withdraw(&self, caller: &Caller, review: ReviewId) -> Result<()> {
        let proposal = self.in_review(caller, review, Act::Discuss).await?;
        let at = self.clock.now();
        let (mut tx, told, row) = self.standing_review(proposal, review, at).await?;
        if row.given.by.id != Some(caller.account) {
            return Err(AppError::Forbidden("Only whoever gave a verdict can take it back. An admin can dismiss it.".into()));
        }
        db::reviews::withdraw(&mut *tx, review, at).await.shown()?;
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(())
    }

    /// Dismisses somebody's standing verdict; the reason stays on the record.
    pub(super) async fn dismiss(&self, caller: &Caller, review: ReviewId, reason: &str) -> Result<()> {
        let proposal = self.in_review(caller, review, Act::Administer).await?;
        let reason = prose::required("reason", reason)?;
        let at = self.clock.now();
        let (mut tx, told, _) = self.standing_review(proposal, review, at).await?;
        db::reviews::dismiss(&mut *tx, review, caller.account, reason, at).await.shown()?;
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(())
    }

    /// The proposal of a review, when the caller may `act` there.
    async fn in_review(&self, caller: &Caller, review: ReviewId, act: Act) -> Result<ProposalId> {
        let proposal = db::reviews::proposal_of(&self.db, review).await.shown()?.ok_or_else(|| AppError::not_found("review"))?;
        self.in_proposal(caller, proposal, act).await.map_err(|refused| match refused {
            AppError::NotFound(_) => AppError::not_found("review"),
            refused => refused,
        })?;
        Ok(proposal)
    }

    /// A review that stands on an open proposal, its design locked.
    async fn standing_review(
        &self,
        proposal: ProposalId,
        review: ReviewId,
        at: OffsetDateTime,
    ) -> Result<(PgTransaction<'static>, Told, db::reviews::Row)> {
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::lock(&mut tx, proposal, at).await.shown()?.ok_or_else(|| AppError::not_found("review"))?;
        standing::open(&ground)?;
        let row = still_stands(&mut tx, proposal, review).await?;
        Ok((tx, Told::of(ground.team, proposal), row))
    }
}

/// The review, when nothing has ended it.
async fn still_stands(tx: &mut PgConnection, proposal: ProposalId, review: ReviewId) -> Result<db::reviews::Row> {
    let mut rows = db::reviews::all(tx, proposal).await.shown()?;
    let index = rows.iter().position(|row| row.id == review).ok_or_else(|| AppError::not_found("review"))?;
    let given: Vec<_> = rows.iter().map(|row| row.given.clone()).collect();
    if !stands(&given, index) {
        return Err(AppError::conflict(
            "not-standing",
            "This verdict does not stand any more: it was replaced, withdrawn, dismissed or has lapsed.",
        ));
    }
    Ok(rows.swap_remove(index))
}
