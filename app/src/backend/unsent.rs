//! Changes that a device kept and the server does not take any more: shown, and taken elsewhere by the person's choice.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::diff::Comparison;
use crate::model::ids::ProposalId;
use crate::model::unsent::Carried;

/// What people do about unsent changes: `changes` is the Yjs update that a proposal's text lacks, in base64.
#[async_trait]
pub trait Unsent: Send + Sync {
    /// What they would change in the live text.
    async fn compare_unsent(&self, caller: &Caller, proposal: ProposalId, changes: &str) -> Result<Comparison>;

    /// Opens a proposal that is the accepted text with them in it; answered once it is on disk. Conflict: `nothing-new`. Editor.
    async fn propose_unsent(&self, caller: &Caller, proposal: ProposalId, changes: &str) -> Result<Carried>;

    /// Starts a thread of kind suggestion for every passage that they would change, all or none; answers how many. Commenter.
    async fn suggest_unsent(&self, caller: &Caller, proposal: ProposalId, changes: &str) -> Result<u32>;
}
