//! Suggestions: the port's methods.

use app::backend::Suggestions;
use app::error::Result;
use app::model::account::Caller;
use app::model::ids::{ProposalId, ThreadId};
use app::model::role::Act;
use app::model::suggestion::{Suggested, Taken};
use async_trait::async_trait;

use super::Service;

mod decide;
mod found;
mod offer;

#[async_trait]
impl Suggestions for Service {
    async fn suggest(&self, caller: &Caller, proposal: ProposalId, suggested: Vec<Suggested>) -> Result<Vec<Taken>> {
        self.in_proposal(caller, proposal, Act::Discuss).await?;
        self.offer(caller, proposal, &suggested).await
    }

    async fn accept_suggestion(&self, caller: &Caller, thread: ThreadId, edition: i32) -> Result<()> {
        self.in_thread(caller, thread, Act::Write).await?;
        self.accept(caller, thread, Some(edition)).await
    }

    async fn accept_all_suggestions(&self, caller: &Caller, proposal: ProposalId) -> Result<u32> {
        self.in_proposal(caller, proposal, Act::Write).await?;
        self.accept_all(caller, proposal).await
    }

    async fn reject_suggestion(&self, caller: &Caller, thread: ThreadId) -> Result<()> {
        self.reject(caller, thread).await
    }
}
