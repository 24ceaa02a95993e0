//! Designs: the port's methods, each in the file named after what it does.

use app::backend::{Designs, Import};
use app::error::Result;
use app::model::account::Caller;
use app::model::decision::{Decision, DecisionLine};
use app::model::design::{Backlink, Created, DesignCard, DesignFilter, DesignLine, DesignPage, HistoryEntry, Template};
use app::model::ids::ProposalId;
use app::model::page::Page;
use app::model::proposal::{ProposalLine, Rendered};
use async_trait::async_trait;

use super::Service;

mod accepted;
mod archive;
mod create;
mod delete;
mod list;
mod named;
mod page;
mod propose;
mod rename;
mod seed;

pub(super) use archive::not_archived;
pub(super) use propose::{Bring, Opened, Opening};

#[async_trait]
impl Designs for Service {
    async fn list_designs(&self, caller: &Caller, team: &str, filter: DesignFilter) -> Result<Page<DesignLine>> {
        self.designs_page(caller, team, &filter).await
    }

    async fn templates(&self, _caller: &Caller) -> Result<Vec<Template>> {
        Ok(super::templates::all())
    }

    async fn create_design(&self, caller: &Caller, team: &str, title: &str, template: &str) -> Result<Created> {
        self.create_from_template(caller, team, title, template).await
    }

    async fn import_design(&self, caller: &Caller, team: &str, import: Import) -> Result<Created> {
        self.create_from_file(caller, team, import).await
    }

    async fn design(&self, caller: &Caller, team: &str, number: i32) -> Result<DesignPage> {
        self.design_page(caller, team, number).await
    }

    async fn list_proposals(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<ProposalLine>> {
        self.proposals_page(caller, team, number, after).await
    }

    async fn history(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<HistoryEntry>> {
        self.history_page(caller, team, number, after).await
    }

    async fn read_accepted(&self, caller: &Caller, team: &str, number: i32) -> Result<Rendered> {
        self.accepted_rendered(caller, team, number).await
    }

    async fn accepted_text(&self, caller: &Caller, team: &str, number: i32, as_imported: bool) -> Result<Vec<u8>> {
        self.accepted_bytes(caller, team, number, as_imported).await
    }

    async fn decisions(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<DecisionLine>> {
        self.decisions_page(caller, team, number, after).await
    }

    async fn decision(&self, caller: &Caller, team: &str, number: i32, version: i32) -> Result<Decision> {
        self.decision_record(caller, team, number, version).await
    }

    async fn design_cards(&self, caller: &Caller, team: &str, numbers: Vec<i32>) -> Result<Vec<DesignCard>> {
        self.cards(caller, team, &numbers).await
    }

    async fn find_designs(&self, caller: &Caller, team: &str, like: &str) -> Result<Vec<DesignCard>> {
        self.like(caller, team, like).await
    }

    async fn backlinks(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<Backlink>> {
        self.named_by(caller, team, number, after).await
    }

    async fn rename_design(&self, caller: &Caller, team: &str, number: i32, title: &str) -> Result<()> {
        self.give_title(caller, team, number, title).await
    }

    async fn archive_design(&self, caller: &Caller, team: &str, number: i32, archived: bool) -> Result<()> {
        self.put_away(caller, team, number, archived).await
    }

    async fn delete_design(&self, caller: &Caller, team: &str, number: i32, title: &str) -> Result<()> {
        self.delete_for_good(caller, team, number, title).await
    }

    async fn propose(&self, caller: &Caller, team: &str, number: i32, title: &str, why: &str) -> Result<(ProposalId, i32)> {
        self.open_proposal(caller, team, number, title, why).await
    }
}
