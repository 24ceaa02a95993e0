//! Whether a revision can be merged, judged inside the merge's transaction, and what its refusal says.

use app::error::{AppError, Result};
use app::model::gate::Gate;
use app::model::proposal::ProposalState;
use sqlx::PgConnection;

use crate::db;
use crate::db::ground::Ground;
use crate::db::revisions::Revision;
use crate::rooms::document::Document;
use crate::rooms::log;
use crate::service::designs::not_archived;
use crate::service::facts::{Case, case};
use crate::service::fault::{Shown, internal};
use crate::service::revisions::froze;

/// The newest revision with the case for it and the document at its head, when it can be merged.
pub(super) async fn mergeable(tx: &mut PgConnection, ground: &Ground, revision: i32) -> Result<(Revision, Case, Document)> {
    not_archived(ground.archived)?;
    let newest = db::revisions::newest(&mut *tx, ground.proposal).await.shown()?;
    let newest = newest.filter(|_| ground.state == ProposalState::InReview).ok_or_else(|| not_in_review(ground.state))?;
    is_newest(&newest, revision)?;
    if ground.base != ground.version {
        return Err(base_moved(ground.version));
    }
    let mut document = log::load(&mut *tx, ground.proposal).await.map_err(|error| internal(&error))?.document;
    let text = document.text().map_err(|damaged| internal(&damaged))?;
    if !froze(&newest, &ground.title, &text) {
        return Err(text_moved_on(revision));
    }
    let case = case(tx, ground, Some(&newest), true).await.shown()?;
    let gate = case.gate();
    if gate.met() { Ok((newest, case, document)) } else { Err(gate_not_met(&gate)) }
}

fn is_newest(newest: &Revision, revision: i32) -> Result<()> {
    let number = newest.number;
    if revision < 1 || revision > number {
        return Err(AppError::NotFound(format!("There is no revision {revision}; the newest is {number}.")));
    }
    if revision < number {
        let message =
            format!("Revision {number} was sent after revision {revision}. Only the newest can be merged: look at what changed in it.");
        return Err(AppError::conflict("not-newest-revision", message));
    }
    Ok(())
}

fn not_in_review(state: ProposalState) -> AppError {
    let message = match state {
        ProposalState::Merged => "This proposal is merged already.",
        ProposalState::Closed => "This proposal was closed. An editor can reopen it.",
        ProposalState::Draft | ProposalState::InReview => "This proposal has not been sent for review. Send it first.",
    };
    AppError::conflict("not-in-review", message)
}

fn base_moved(version: i32) -> AppError {
    let message = format!(
        "Version {version} of this design was accepted meanwhile and is on its way into this text. Look at it when it has arrived, then send \
         the text as a new revision."
    );
    AppError::conflict("base-moved", message)
}

fn text_moved_on(revision: i32) -> AppError {
    let message = format!(
        "The text or the title was changed after revision {revision} was sent. Send it as a new revision, or put the text back to revision \
         {revision}."
    );
    AppError::conflict("text-moved-on", message)
}

fn gate_not_met(gate: &Gate) -> AppError {
    AppError::conflict("gate-not-met", format!("It cannot be merged yet. {}", gate.missing()))
}
