//! Proposals: the port's methods, each in the file named after what it does.

use app::backend::Proposals;
use app::error::Result;
use app::model::account::Caller;
use app::model::diff::Comparison;
use app::model::ids::{AccountId, ProposalId};
use app::model::proposal::{Merged, ProposalPage, Rendered};
use app::model::review::Candidate;
use app::model::revision::Side;
use async_trait::async_trait;

use super::Service;

mod close;
mod hold;
mod locked;
mod page;
mod people;
mod put_back;
mod sides;

#[async_trait]
impl Proposals for Service {
    async fn proposal(&self, caller: &Caller, team: &str, design: i32, number: i32) -> Result<ProposalPage> {
        self.proposal_page(caller, team, design, number).await
    }

    async fn read(&self, caller: &Caller, proposal: ProposalId, side: Side) -> Result<Rendered> {
        self.side_rendered(caller, proposal, side).await
    }

    async fn text(&self, caller: &Caller, proposal: ProposalId, as_imported: bool) -> Result<Vec<u8>> {
        self.live_bytes(caller, proposal, as_imported).await
    }

    async fn compare(&self, caller: &Caller, proposal: ProposalId, from: Side, to: Side) -> Result<Comparison> {
        self.compare_sides(caller, proposal, from, to).await
    }

    async fn candidates(&self, caller: &Caller, proposal: ProposalId, like: &str) -> Result<Vec<Candidate>> {
        self.possible_reviewers(caller, proposal, like).await
    }

    async fn send_for_review(&self, caller: &Caller, proposal: ProposalId, reviewers: Vec<AccountId>) -> Result<i32> {
        self.freeze_revision(caller, proposal, reviewers).await
    }

    async fn find_reviewers(&self, caller: &Caller, proposal: ProposalId, named: Vec<String>) -> Result<Vec<AccountId>> {
        self.reviewers_named(caller, proposal, named).await
    }

    async fn hold(&self, caller: &Caller, proposal: ProposalId, held: bool) -> Result<()> {
        self.hold_text(caller, proposal, held).await
    }

    async fn merge(&self, caller: &Caller, proposal: ProposalId, revision: i32) -> Result<Merged> {
        self.merge_revision(caller, proposal, revision).await
    }

    async fn put_back(&self, caller: &Caller, proposal: ProposalId, revision: i32) -> Result<()> {
        self.put_text_back(caller, proposal, revision).await
    }

    async fn close_proposal(&self, caller: &Caller, proposal: ProposalId, reason: &str) -> Result<()> {
        self.give_up(caller, proposal, reason).await
    }

    async fn reopen_proposal(&self, caller: &Caller, proposal: ProposalId) -> Result<()> {
        self.open_again(caller, proposal).await
    }
}
