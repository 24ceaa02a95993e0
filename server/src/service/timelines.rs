//! The timeline of a proposal: the port's methods, each in the file named after what it does.

use app::backend::Timelines;
use app::error::Result;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::page::Page;
use app::model::revision::Side;
use app::model::timeline::{Line, Point, Restored, Stretch, Wrote};
use async_trait::async_trait;

use super::Service;

mod list;
mod point;
mod restore;
mod wrote;

#[async_trait]
impl Timelines for Service {
    async fn timeline(&self, caller: &Caller, proposal: ProposalId, after: Option<String>) -> Result<Page<Line>> {
        self.timeline_page(caller, proposal, after).await
    }

    async fn point(&self, caller: &Caller, proposal: ProposalId, text: Side) -> Result<Point> {
        self.described(caller, proposal, text).await
    }

    async fn restore_text(&self, caller: &Caller, proposal: ProposalId, text: Side) -> Result<Restored> {
        Ok(Restored { before: self.put_older_back(caller, proposal, text).await? })
    }

    async fn who_wrote(&self, caller: &Caller, proposal: ProposalId, passage: Vec<Stretch>) -> Result<Vec<Wrote>> {
        self.writers(caller, proposal, passage).await
    }
}
