//! Proposals: reading, sending for review, holding, merging, closing.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::diff::Comparison;
use crate::model::ids::{AccountId, ProposalId};
use crate::model::proposal::{Merged, ProposalPage, Rendered};
use crate::model::review::Candidate;
use crate::model::revision::Side;

/// What people do about proposals.
#[async_trait]
pub trait Proposals: Send + Sync {
    /// The frame of a proposal's page.
    async fn proposal(&self, caller: &Caller, team: &str, design: i32, number: i32) -> Result<ProposalPage>;

    /// One side rendered; the live text only after the commit of what it shows.
    async fn read(&self, caller: &Caller, proposal: ProposalId, side: Side) -> Result<Rendered>;

    /// The live text, exact; `as_imported` gives back the file's line endings and byte order mark.
    async fn text(&self, caller: &Caller, proposal: ProposalId, as_imported: bool) -> Result<Vec<u8>>;

    /// What changed from one side to another.
    async fn compare(&self, caller: &Caller, proposal: ProposalId, from: Side, to: Side) -> Result<Comparison>;

    /// Who could be asked to review it: the team's commenters and above, by name, whose name or address contains `like`; at most 20.
    async fn candidates(&self, caller: &Caller, proposal: ProposalId, like: &str) -> Result<Vec<Candidate>>;

    /// Freezes a revision of the committed text and asks reviewers. Unchanged text answers the revision there is. Editor.
    async fn send_for_review(&self, caller: &Caller, proposal: ProposalId, reviewers: Vec<AccountId>) -> Result<i32>;

    /// Reviewers by e-mail address, for programs; `@group` is invalid while the team has no such group.
    async fn find_reviewers(&self, caller: &Caller, proposal: ProposalId, named: Vec<String>) -> Result<Vec<AccountId>>;

    /// Holds the text so that nobody writes, or releases it. In review only. Editor.
    async fn hold(&self, caller: &Caller, proposal: ProposalId, held: bool) -> Result<()>;

    /// Merges a revision. Conflict: `text-moved-on`, `not-newest-revision`, `base-moved`, `gate-not-met`, `not-in-review`. Editor.
    async fn merge(&self, caller: &Caller, proposal: ProposalId, revision: i32) -> Result<Merged>;

    /// Puts the live text back to a revision, as an ordinary edit that can be undone. Editor.
    async fn put_back(&self, caller: &Caller, proposal: ProposalId, revision: i32) -> Result<()>;

    /// Gives it up, with a reason. Editor.
    async fn close_proposal(&self, caller: &Caller, proposal: ProposalId, reason: &str) -> Result<()>;

    /// Opens a closed one again. Editor.
    async fn reopen_proposal(&self, caller: &Caller, proposal: ProposalId) -> Result<()>;
}
