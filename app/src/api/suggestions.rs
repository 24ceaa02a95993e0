//! Doors to [`crate::backend::Suggestions`].

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;
use crate::model::ids::{ProposalId, ThreadId};
use crate::model::suggestion::{Suggested, Taken};

/// Keeps what somebody suggests. The editor sends it itself: `app/editor`.
#[server(prefix = "/rpc", endpoint = "suggestions/suggest", input = Json)]
pub async fn suggest(proposal: ProposalId, suggested: Vec<Suggested>) -> Result<Vec<Taken>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.suggest(&visit.signed_in()?, proposal, suggested).await
}

/// Brings one into the text.
#[server(prefix = "/rpc", endpoint = "suggestions/accept")]
pub async fn accept_suggestion(thread: ThreadId, edition: i32) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.accept_suggestion(&visit.signed_in()?, thread, edition).await
}

/// Accepts all that are open and fit.
#[server(prefix = "/rpc", endpoint = "suggestions/accept_all")]
pub async fn accept_all_suggestions(proposal: ProposalId) -> Result<u32, AppError> {
    let (visit, backend) = super::asked()?;
    backend.accept_all_suggestions(&visit.signed_in()?, proposal).await
}

/// Says no to one.
#[server(prefix = "/rpc", endpoint = "suggestions/reject")]
pub async fn reject_suggestion(thread: ThreadId) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.reject_suggestion(&visit.signed_in()?, thread).await
}
