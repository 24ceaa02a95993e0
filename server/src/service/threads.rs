//! Threads and their comments: the port's methods.

use app::backend::Threads;
use app::error::Result;
use app::model::account::Caller;
use app::model::ids::{CommentId, ProposalId, ThreadId};
use app::model::reaction::Reaction;
use app::model::role::Act;
use app::model::thread::{Kind, NewThread, Place, Thread, Wording};
use async_trait::async_trait;

use super::{Service, prose};

pub(super) mod discuss;
pub(super) mod list;
pub(super) mod locate;
mod react;
mod settle;
mod start;
mod wordings;

/// Open threads of a proposal: more could not be read, and a list without a bound is a way to bring a page down.
pub(super) const THREADS: i64 = 500;

/// Comments of a thread, for the same reason.
const COMMENTS: i64 = 500;

#[async_trait]
impl Threads for Service {
    async fn threads(&self, caller: &Caller, proposal: ProposalId) -> Result<Vec<Thread>> {
        let team = self.in_proposal(caller, proposal, Act::Read).await?.team;
        self.list_threads(caller, team, proposal).await
    }

    async fn start_thread(&self, caller: &Caller, thread: NewThread) -> Result<ThreadId> {
        self.in_proposal(caller, thread.proposal, Act::Discuss).await?;
        self.start(caller, &thread).await
    }

    async fn attach_thread(&self, caller: &Caller, thread: ThreadId, place: Place, quote: &str) -> Result<()> {
        self.attach(caller, thread, &place, quote).await
    }

    async fn reply(&self, caller: &Caller, thread: ThreadId, body: &str) -> Result<CommentId> {
        let body = prose::required("body", body)?;
        self.add_comment(caller, thread, body).await
    }

    async fn edit_comment(&self, caller: &Caller, comment: CommentId, body: &str) -> Result<()> {
        let body = prose::required("body", body)?;
        self.rewrite_comment(caller, comment, body).await
    }

    async fn wordings(&self, caller: &Caller, comment: CommentId) -> Result<Vec<Wording>> {
        self.list_wordings(caller, comment).await
    }

    async fn react(&self, caller: &Caller, comment: CommentId, reaction: Reaction, on: bool) -> Result<()> {
        self.leave_sign(caller, comment, reaction, on).await
    }

    async fn change_kind(&self, caller: &Caller, thread: ThreadId, kind: Kind) -> Result<()> {
        self.set_kind(caller, thread, kind).await
    }

    async fn resolve_thread(&self, caller: &Caller, thread: ThreadId, resolved: bool) -> Result<()> {
        self.settle(caller, thread, resolved).await
    }
}
