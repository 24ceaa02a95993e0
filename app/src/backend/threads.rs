//! Threads and their comments.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::ids::{CommentId, ProposalId, ThreadId};
use crate::model::reaction::Reaction;
use crate::model::thread::{Kind, NewThread, Place, Thread, Wording};

/// What people do about threads.
#[async_trait]
pub trait Threads: Send + Sync {
    /// A proposal's threads in the order of their places, detached ones last (at most 500).
    async fn threads(&self, caller: &Caller, proposal: ProposalId) -> Result<Vec<Thread>>;

    /// Starts one. Commenter.
    async fn start_thread(&self, caller: &Caller, thread: NewThread) -> Result<ThreadId>;

    /// Attaches a detached one to another place. Commenter.
    async fn attach_thread(&self, caller: &Caller, thread: ThreadId, place: Place, quote: &str) -> Result<()>;

    /// Adds a comment. Commenter.
    async fn reply(&self, caller: &Caller, thread: ThreadId, body: &str) -> Result<CommentId>;

    /// Changes one's own comment; what it said before stays to be seen.
    async fn edit_comment(&self, caller: &Caller, comment: CommentId, body: &str) -> Result<()>;

    /// What a comment says and said before, the newest first (at most 100 earlier ones).
    async fn wordings(&self, caller: &Caller, comment: CommentId) -> Result<Vec<Wording>>;

    /// Leaves a sign on a comment, or takes it back. Commenter.
    async fn react(&self, caller: &Caller, comment: CommentId, reaction: Reaction, on: bool) -> Result<()>;

    /// Changes what a thread asks: by whoever began it, or an admin.
    async fn change_kind(&self, caller: &Caller, thread: ThreadId, kind: Kind) -> Result<()>;

    /// Resolves or reopens it. Commenter.
    async fn resolve_thread(&self, caller: &Caller, thread: ThreadId, resolved: bool) -> Result<()>;
}
