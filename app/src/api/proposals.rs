//! Doors to [`crate::backend::Proposals`].

use leptos::prelude::*;

use crate::error::AppError;
use crate::model::diff::Comparison;
use crate::model::ids::{AccountId, ProposalId};
use crate::model::proposal::{Merged, ProposalPage, Rendered};
use crate::model::review::Candidate;
use crate::model::revision::Side;

/// The frame of a proposal's page.
#[server(prefix = "/rpc", endpoint = "proposals/get")]
pub async fn get_proposal(team: String, design: i32, number: i32) -> Result<ProposalPage, AppError> {
    let (visit, backend) = super::asked()?;
    backend.proposal(&visit.signed_in()?, &team, design, number).await
}

/// One side of it, rendered.
#[server(prefix = "/rpc", endpoint = "proposals/read")]
pub async fn read_proposal(proposal: ProposalId, side: Side) -> Result<Rendered, AppError> {
    let (visit, backend) = super::asked()?;
    backend.read(&visit.signed_in()?, proposal, side).await
}

/// What changed from one side to another.
#[server(prefix = "/rpc", endpoint = "proposals/compare")]
pub async fn compare_sides(proposal: ProposalId, from: Side, to: Side) -> Result<Comparison, AppError> {
    let (visit, backend) = super::asked()?;
    backend.compare(&visit.signed_in()?, proposal, from, to).await
}

/// Who could be asked to review it.
#[server(prefix = "/rpc", endpoint = "proposals/candidates")]
pub async fn find_candidates(proposal: ProposalId, like: String) -> Result<Vec<Candidate>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.candidates(&visit.signed_in()?, proposal, &like).await
}

/// Freezes a revision and asks reviewers.
#[server(prefix = "/rpc", endpoint = "proposals/send")]
pub async fn send_for_review(proposal: ProposalId, #[server(default)] reviewers: Vec<AccountId>) -> Result<i32, AppError> {
    let (visit, backend) = super::asked()?;
    backend.send_for_review(&visit.signed_in()?, proposal, reviewers).await
}

/// Holds the text, or releases it.
#[server(prefix = "/rpc", endpoint = "proposals/hold")]
pub async fn hold(proposal: ProposalId, held: bool) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.hold(&visit.signed_in()?, proposal, held).await
}

/// Merges a revision.
#[server(prefix = "/rpc", endpoint = "proposals/merge")]
pub async fn merge(proposal: ProposalId, revision: i32) -> Result<Merged, AppError> {
    let (visit, backend) = super::asked()?;
    backend.merge(&visit.signed_in()?, proposal, revision).await
}

/// Puts the live text back to a revision.
#[server(prefix = "/rpc", endpoint = "proposals/put_back")]
pub async fn put_back(proposal: ProposalId, revision: i32) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.put_back(&visit.signed_in()?, proposal, revision).await
}

/// Gives it up.
#[server(prefix = "/rpc", endpoint = "proposals/close")]
pub async fn close_proposal(proposal: ProposalId, reason: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.close_proposal(&visit.signed_in()?, proposal, &reason).await
}

/// Opens a closed one again.
#[server(prefix = "/rpc", endpoint = "proposals/reopen")]
pub async fn reopen_proposal(proposal: ProposalId) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.reopen_proposal(&visit.signed_in()?, proposal).await
}
