//! Doors to [`crate::backend::Designs`].

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;
use crate::model::decision::{Decision, DecisionLine};
use crate::model::design::{Backlink, Created, DesignCard, DesignFilter, DesignLine, DesignPage, HistoryEntry, Template};
use crate::model::ids::ProposalId;
use crate::model::page::Page;
use crate::model::proposal::{ProposalLine, Rendered};

/// A page of a team's designs.
#[server(prefix = "/rpc", endpoint = "designs/list", input = Json)]
pub async fn list_designs(team: String, filter: DesignFilter) -> Result<Page<DesignLine>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.list_designs(&visit.signed_in()?, &team, filter).await
}

/// The texts one can start from.
#[server(prefix = "/rpc", endpoint = "designs/templates")]
pub async fn list_templates() -> Result<Vec<Template>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.templates(&visit.signed_in()?).await
}

/// Makes a design from a template.
#[server(prefix = "/rpc", endpoint = "designs/create")]
pub async fn create_design(team: String, title: String, template: String) -> Result<Created, AppError> {
    let (visit, backend) = super::asked()?;
    backend.create_design(&visit.signed_in()?, &team, &title, &template).await
}

/// Makes a design of a Markdown file's text. The page reads the file with `TextDecoder("utf-8", {fatal: true, ignoreBOM: true})`, so that a
/// byte order mark arrives and what is not UTF-8 does not; JSON, because a form's encoding would make three bytes of every line end.
#[server(prefix = "/rpc", endpoint = "designs/import", input = Json)]
pub async fn import_design(team: String, title: String, markdown: String) -> Result<Created, AppError> {
    let (visit, backend) = super::asked()?;
    let import = crate::backend::Import { title, markdown: markdown.into_bytes() };
    backend.import_design(&visit.signed_in()?, &team, import).await
}

/// One design.
#[server(prefix = "/rpc", endpoint = "designs/get")]
pub async fn get_design(team: String, number: i32) -> Result<DesignPage, AppError> {
    let (visit, backend) = super::asked()?;
    backend.design(&visit.signed_in()?, &team, number).await
}

/// A page of its proposals.
#[server(prefix = "/rpc", endpoint = "designs/proposals")]
pub async fn list_proposals(team: String, number: i32, after: Option<String>) -> Result<Page<ProposalLine>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.list_proposals(&visit.signed_in()?, &team, number, after).await
}

/// A page of what happened to it.
#[server(prefix = "/rpc", endpoint = "designs/history")]
pub async fn get_history(team: String, number: i32, after: Option<String>) -> Result<Page<HistoryEntry>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.history(&visit.signed_in()?, &team, number, after).await
}

/// Its accepted text, rendered.
#[server(prefix = "/rpc", endpoint = "designs/read")]
pub async fn read_accepted(team: String, number: i32) -> Result<Rendered, AppError> {
    let (visit, backend) = super::asked()?;
    backend.read_accepted(&visit.signed_in()?, &team, number).await
}

/// A page of its decisions.
#[server(prefix = "/rpc", endpoint = "designs/decisions")]
pub async fn get_decisions(team: String, number: i32, after: Option<String>) -> Result<Page<DecisionLine>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.decisions(&visit.signed_in()?, &team, number, after).await
}

/// One decision.
#[server(prefix = "/rpc", endpoint = "designs/decision")]
pub async fn get_decision(team: String, number: i32, version: i32) -> Result<Decision, AppError> {
    let (visit, backend) = super::asked()?;
    backend.decision(&visit.signed_in()?, &team, number, version).await
}

/// What is shown where texts name designs.
#[server(prefix = "/rpc", endpoint = "designs/cards", input = Json)]
pub async fn get_design_cards(team: String, numbers: Vec<i32>) -> Result<Vec<DesignCard>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.design_cards(&visit.signed_in()?, &team, numbers).await
}

/// What somebody may mean who begins to name a design.
#[server(prefix = "/rpc", endpoint = "designs/find")]
pub async fn find_designs(team: String, like: String) -> Result<Vec<DesignCard>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.find_designs(&visit.signed_in()?, &team, &like).await
}

/// A page of the designs whose texts name this one.
#[server(prefix = "/rpc", endpoint = "designs/backlinks")]
pub async fn get_backlinks(team: String, number: i32, after: Option<String>) -> Result<Page<Backlink>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.backlinks(&visit.signed_in()?, &team, number, after).await
}

/// Gives it another title.
#[server(prefix = "/rpc", endpoint = "designs/rename")]
pub async fn rename_design(team: String, number: i32, title: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.rename_design(&visit.signed_in()?, &team, number, &title).await
}

/// Archives it, or takes it out of the archive.
#[server(prefix = "/rpc", endpoint = "designs/archive")]
pub async fn archive_design(team: String, number: i32, archived: bool) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.archive_design(&visit.signed_in()?, &team, number, archived).await
}

/// Deletes it for good.
#[server(prefix = "/rpc", endpoint = "designs/delete")]
pub async fn delete_design(team: String, number: i32, title: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.delete_design(&visit.signed_in()?, &team, number, &title).await
}

/// Opens a proposal to change it.
#[server(prefix = "/rpc", endpoint = "designs/propose")]
pub async fn propose(team: String, number: i32, title: String, why: String) -> Result<(ProposalId, i32), AppError> {
    let (visit, backend) = super::asked()?;
    backend.propose(&visit.signed_in()?, &team, number, &title, &why).await
}
