//! Doors to [`crate::backend::Designs`].

use leptos::prelude::*;

use super::asked;
use crate::error::AppError;
use crate::model::decision::{Decision, DecisionLine};
use crate::model::design::{DesignPage, HistoryEntry};
use crate::model::ids::ProposalId;
use crate::model::page::Page;
use crate::model::proposal::{ProposalLine, Rendered};

/// One design.
#[server(prefix = "/rpc", endpoint = "designs/get")]
pub async fn get_design(team: String, number: i32) -> Result<DesignPage, AppError> {
    let (visit, backend) = asked()?;
    backend.design(&visit.signed_in()?, &team, number).await
}

/// A page of its proposals.
#[server(prefix = "/rpc", endpoint = "designs/proposals")]
pub async fn list_proposals(team: String, number: i32, after: Option<String>) -> Result<Page<ProposalLine>, AppError> {
    let (visit, backend) = asked()?;
    backend.list_proposals(&visit.signed_in()?, &team, number, after).await
}

/// A page of what happened to it.
#[server(prefix = "/rpc", endpoint = "designs/history")]
pub async fn get_history(team: String, number: i32, after: Option<String>) -> Result<Page<HistoryEntry>, AppError> {
    let (visit, backend) = asked()?;
    backend.history(&visit.signed_in()?, &team, number, after).await
}

/// Its accepted text, rendered.
#[server(prefix = "/rpc", endpoint = "designs/read")]
pub async fn read_accepted(team: String, number: i32) -> Result<Rendered, AppError> {
    let (visit, backend) = asked()?;
    backend.read_accepted(&visit.signed_in()?, &team, number).await
}

/// A page of its decisions.
#[server(prefix = "/rpc", endpoint = "designs/decisions")]
pub async fn get_decisions(team: String, number: i32, after: Option<String>) -> Result<Page<DecisionLine>, AppError> {
    let (visit, backend) = asked()?;
    backend.decisions(&visit.signed_in()?, &team, number, after).await
}

/// One decision.
#[server(prefix = "/rpc", endpoint = "designs/decision")]
pub async fn get_decision(team: String, number: i32, version: i32) -> Result<Decision, AppError> {
    let (visit, backend) = asked()?;
    backend.decision(&visit.signed_in()?, &team, number, version).await
}

/// Gives it another title.
#[server(prefix = "/rpc", endpoint = "designs/rename")]
pub async fn rename_design(team: String, number: i32, title: String) -> Result<(), AppError> {
    let (visit, backend) = asked()?;
    backend.rename_design(&visit.signed_in()?, &team, number, &title).await
}

/// Archives it, or takes it out of the archive.
#[server(prefix = "/rpc", endpoint = "designs/archive")]
pub async fn archive_design(team: String, number: i32, archived: bool) -> Result<(), AppError> {
    let (visit, backend) = asked()?;
    backend.archive_design(&visit.signed_in()?, &team, number, archived).await
}

/// Deletes it for good.
#[server(prefix = "/rpc", endpoint = "designs/delete")]
pub async fn delete_design(team: String, number: i32, title: String) -> Result<(), AppError> {
    let (visit, backend) = asked()?;
    backend.delete_design(&visit.signed_in()?, &team, number, &title).await
}

/// Opens a proposal to change it.
#[server(prefix = "/rpc", endpoint = "designs/propose")]
pub async fn propose(team: String, number: i32, title: String, why: String) -> Result<(ProposalId, i32), AppError> {
    let (visit, backend) = asked()?;
    backend.propose(&visit.signed_in()?, &team, number, &title, &why).await
}
