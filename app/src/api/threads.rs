//! Doors to [`crate::backend::Threads`].

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;
use crate::model::ids::{CommentId, ProposalId, ThreadId};
use crate::model::reaction::Reaction;
use crate::model::thread::{Kind, NewThread, Place, Thread, Wording};

/// A proposal's threads.
#[server(prefix = "/rpc", endpoint = "threads/list")]
pub async fn list_threads(proposal: ProposalId) -> Result<Vec<Thread>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.threads(&visit.signed_in()?, proposal).await
}

/// Starts one. As JSON, because a form's fields cannot tell the kinds of place apart.
#[server(prefix = "/rpc", endpoint = "threads/start", input = Json)]
pub async fn start_thread(thread: NewThread) -> Result<ThreadId, AppError> {
    let (visit, backend) = super::asked()?;
    backend.start_thread(&visit.signed_in()?, thread).await
}

/// Attaches a detached one to another place.
#[server(prefix = "/rpc", endpoint = "threads/attach", input = Json)]
pub async fn attach_thread(thread: ThreadId, place: Place, quote: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.attach_thread(&visit.signed_in()?, thread, place, &quote).await
}

/// Adds a comment.
#[server(prefix = "/rpc", endpoint = "threads/reply")]
pub async fn reply(thread: ThreadId, body: String) -> Result<CommentId, AppError> {
    let (visit, backend) = super::asked()?;
    backend.reply(&visit.signed_in()?, thread, &body).await
}

/// Changes one's own comment.
#[server(prefix = "/rpc", endpoint = "threads/edit_comment")]
pub async fn edit_comment(comment: CommentId, body: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.edit_comment(&visit.signed_in()?, comment, &body).await
}

/// What a comment says and said before, the newest first.
#[server(prefix = "/rpc", endpoint = "threads/wordings")]
pub async fn list_wordings(comment: CommentId) -> Result<Vec<Wording>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.wordings(&visit.signed_in()?, comment).await
}

/// Reacts to a comment, or takes that back.
#[server(prefix = "/rpc", endpoint = "threads/react", input = Json)]
pub async fn react(comment: CommentId, reaction: Reaction, on: bool) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.react(&visit.signed_in()?, comment, reaction, on).await
}

/// Changes what a thread asks.
#[server(prefix = "/rpc", endpoint = "threads/change_kind")]
pub async fn change_kind(thread: ThreadId, kind: Kind) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.change_kind(&visit.signed_in()?, thread, kind).await
}

/// Resolves or reopens a thread.
#[server(prefix = "/rpc", endpoint = "threads/resolve")]
pub async fn resolve_thread(thread: ThreadId, resolved: bool) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.resolve_thread(&visit.signed_in()?, thread, resolved).await
}
