//! Reviews and the gate.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::gate::Gate;
use crate::model::ids::{ProposalId, ReviewId};
use crate::model::review::{ReviewBoard, Verdict};

/// What people do about reviews.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// Reviewers, reviews and gate of a proposal.
    async fn review_board(&self, caller: &Caller, proposal: ProposalId) -> Result<ReviewBoard>;

    /// What must be met to merge.
    async fn gate(&self, caller: &Caller, proposal: ProposalId) -> Result<Gate>;

    /// Publishes a verdict on a revision. On an older one it is stored there and never counts for a newer one as an approval. Commenter.
    async fn submit_review(
        &self,
        caller: &Caller,
        proposal: ProposalId,
        revision: i32,
        verdict: Verdict,
        summary: &str,
    ) -> Result<ReviewId>;

    /// Takes back one's own standing verdict.
    async fn withdraw_review(&self, caller: &Caller, review: ReviewId) -> Result<()>;

    /// Dismisses somebody's standing verdict, with a reason that stays on the record. Admin.
    async fn dismiss_review(&self, caller: &Caller, review: ReviewId, reason: &str) -> Result<()>;
}
