//! Doors to [`crate::backend::Reviews`].

use leptos::prelude::*;

use crate::error::AppError;
use crate::model::gate::Gate;
use crate::model::ids::{ProposalId, ReviewId};
use crate::model::review::{ReviewBoard, Verdict};

/// Reviewers, reviews and gate of a proposal.
#[server(prefix = "/rpc", endpoint = "reviews/board")]
pub async fn get_review_board(proposal: ProposalId) -> Result<ReviewBoard, AppError> {
    let (visit, backend) = super::asked()?;
    backend.review_board(&visit.signed_in()?, proposal).await
}

/// What must be met to merge.
#[server(prefix = "/rpc", endpoint = "reviews/gate")]
pub async fn get_gate(proposal: ProposalId) -> Result<Gate, AppError> {
    let (visit, backend) = super::asked()?;
    backend.gate(&visit.signed_in()?, proposal).await
}

/// Publishes a verdict on a revision.
#[server(prefix = "/rpc", endpoint = "reviews/submit")]
pub async fn submit_review(proposal: ProposalId, revision: i32, verdict: Verdict, summary: String) -> Result<ReviewId, AppError> {
    let (visit, backend) = super::asked()?;
    backend.submit_review(&visit.signed_in()?, proposal, revision, verdict, &summary).await
}

/// Takes back one's own standing verdict.
#[server(prefix = "/rpc", endpoint = "reviews/withdraw")]
pub async fn withdraw_review(review: ReviewId) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.withdraw_review(&visit.signed_in()?, review).await
}

/// Dismisses somebody's standing verdict, with a reason.
#[server(prefix = "/rpc", endpoint = "reviews/dismiss")]
pub async fn dismiss_review(review: ReviewId, reason: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.dismiss_review(&visit.signed_in()?, review, &reason).await
}
