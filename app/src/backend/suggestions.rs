//! Suggestions: made by whoever may discuss, decided by whoever may write.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::ids::{ProposalId, ThreadId};
use crate::model::suggestion::{Suggested, Taken};

/// What people do about suggestions. They are listed with the threads in which they are discussed.
#[async_trait]
pub trait Suggestions: Send + Sync {
    /// Keeps what somebody suggests, each new, changed or taken back; answers what became of each (at most 100). Commenter.
    async fn suggest(&self, caller: &Caller, proposal: ProposalId, suggested: Vec<Suggested>) -> Result<Vec<Taken>>;

    /// Brings one, as it was in that edition, into the text, all of it or nothing, and its accepter is an author from then on. Conflicts:
    /// `outdated`, `edition`, `decided`. Editor.
    async fn accept_suggestion(&self, caller: &Caller, thread: ThreadId, edition: i32) -> Result<()>;

    /// Accepts all that are open and fit, one after the other; answers how many. Editor.
    async fn accept_all_suggestions(&self, caller: &Caller, proposal: ProposalId) -> Result<u32>;

    /// Says no to one: an editor, or whoever made it, who thereby takes it back. Conflict: `decided`.
    async fn reject_suggestion(&self, caller: &Caller, thread: ThreadId) -> Result<()>;
}
