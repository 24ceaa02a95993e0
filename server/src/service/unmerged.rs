//! Nouns whose branch is not merged here yet. Every block goes when its file comes.

use app::backend::{Designs, Import, Inboxes, Proposals, Reviews, Threads};
use app::error::Result;
use app::model::account::Caller;
use app::model::decision::{Decision, DecisionLine};
use app::model::design::{Created, DesignFilter, DesignLine, DesignPage, HistoryEntry, Template};
use app::model::diff::Comparison;
use app::model::gate::Gate;
use app::model::ids::{AccountId, CommentId, InboxId, ProposalId, ReviewId, ThreadId};
use app::model::inbox::InboxItem;
use app::model::page::Page;
use app::model::proposal::{Merged, ProposalLine, ProposalPage, Rendered};
use app::model::review::{ReviewBoard, Verdict};
use app::model::revision::Side;
use app::model::team::Member;
use app::model::thread::{Kind, NewThread, Place, Thread};
use async_trait::async_trait;

use super::Service;

#[async_trait]
impl Designs for Service {
    async fn list_designs(&self, _caller: &Caller, _team: &str, _filter: DesignFilter) -> Result<Page<DesignLine>> {
        unimplemented!("designs branch")
    }

    async fn templates(&self, _caller: &Caller) -> Result<Vec<Template>> {
        unimplemented!("designs branch")
    }

    async fn create_design(&self, _caller: &Caller, _team: &str, _title: &str, _template: &str) -> Result<Created> {
        unimplemented!("designs branch")
    }

    async fn import_design(&self, _caller: &Caller, _team: &str, _import: Import) -> Result<Created> {
        unimplemented!("designs branch")
    }

    async fn design(&self, _caller: &Caller, _team: &str, _number: i32) -> Result<DesignPage> {
        unimplemented!("designs branch")
    }

    async fn list_proposals(&self, _caller: &Caller, _team: &str, _number: i32, _after: Option<String>) -> Result<Page<ProposalLine>> {
        unimplemented!("designs branch")
    }

    async fn history(&self, _caller: &Caller, _team: &str, _number: i32, _after: Option<String>) -> Result<Page<HistoryEntry>> {
        unimplemented!("designs branch")
    }

    async fn read_accepted(&self, _caller: &Caller, _team: &str, _number: i32) -> Result<Rendered> {
        unimplemented!("designs branch")
    }

    async fn accepted_text(&self, _caller: &Caller, _team: &str, _number: i32, _as_imported: bool) -> Result<Vec<u8>> {
        unimplemented!("designs branch")
    }

    async fn decisions(&self, _caller: &Caller, _team: &str, _number: i32, _after: Option<String>) -> Result<Page<DecisionLine>> {
        unimplemented!("designs branch")
    }

    async fn decision(&self, _caller: &Caller, _team: &str, _number: i32, _version: i32) -> Result<Decision> {
        unimplemented!("designs branch")
    }

    async fn rename_design(&self, _caller: &Caller, _team: &str, _number: i32, _title: &str) -> Result<()> {
        unimplemented!("designs branch")
    }

    async fn archive_design(&self, _caller: &Caller, _team: &str, _number: i32, _archived: bool) -> Result<()> {
        unimplemented!("designs branch")
    }

    async fn delete_design(&self, _caller: &Caller, _team: &str, _number: i32, _title: &str) -> Result<()> {
        unimplemented!("designs branch")
    }

    async fn propose(&self, _caller: &Caller, _team: &str, _number: i32, _title: &str, _why: &str) -> Result<(ProposalId, i32)> {
        unimplemented!("designs branch")
    }
}

#[async_trait]
impl Proposals for Service {
    async fn proposal(&self, _caller: &Caller, _team: &str, _design: i32, _number: i32) -> Result<ProposalPage> {
        unimplemented!("proposals branch")
    }

    async fn read(&self, _caller: &Caller, _proposal: ProposalId, _side: Side) -> Result<Rendered> {
        unimplemented!("proposals branch")
    }

    async fn text(&self, _caller: &Caller, _proposal: ProposalId, _as_imported: bool) -> Result<Vec<u8>> {
        unimplemented!("proposals branch")
    }

    async fn compare(&self, _caller: &Caller, _proposal: ProposalId, _from: Side, _to: Side) -> Result<Comparison> {
        unimplemented!("proposals branch")
    }

    async fn candidates(&self, _caller: &Caller, _proposal: ProposalId, _like: &str) -> Result<Vec<Member>> {
        unimplemented!("proposals branch")
    }

    async fn send_for_review(&self, _caller: &Caller, _proposal: ProposalId, _reviewers: Vec<AccountId>) -> Result<i32> {
        unimplemented!("proposals branch")
    }

    async fn find_reviewers(&self, _caller: &Caller, _proposal: ProposalId, _named: Vec<String>) -> Result<Vec<AccountId>> {
        unimplemented!("proposals branch")
    }

    async fn hold(&self, _caller: &Caller, _proposal: ProposalId, _held: bool) -> Result<()> {
        unimplemented!("proposals branch")
    }

    async fn merge(&self, _caller: &Caller, _proposal: ProposalId, _revision: i32) -> Result<Merged> {
        unimplemented!("proposals branch")
    }

    async fn put_back(&self, _caller: &Caller, _proposal: ProposalId, _revision: i32) -> Result<()> {
        unimplemented!("proposals branch")
    }

    async fn close_proposal(&self, _caller: &Caller, _proposal: ProposalId, _reason: &str) -> Result<()> {
        unimplemented!("proposals branch")
    }

    async fn reopen_proposal(&self, _caller: &Caller, _proposal: ProposalId) -> Result<()> {
        unimplemented!("proposals branch")
    }
}

#[async_trait]
impl Reviews for Service {
    async fn review_board(&self, _caller: &Caller, _proposal: ProposalId) -> Result<ReviewBoard> {
        unimplemented!("reviews branch")
    }

    async fn gate(&self, _caller: &Caller, _proposal: ProposalId) -> Result<Gate> {
        unimplemented!("reviews branch")
    }

    async fn submit_review( &self, _caller: &Caller, _proposal: ProposalId, _revision: i32, _verdict: Verdict, _summary: &str, ) -> Result<ReviewId> {
        unimplemented!("reviews branch")
    }

    async fn withdraw_review(&self, _caller: &Caller, _review: ReviewId) -> Result<()> {
        unimplemented!("reviews branch")
    }

    async fn dismiss_review(&self, _caller: &Caller, _review: ReviewId, _reason: &str) -> Result<()> {
        unimplemented!("reviews branch")
    }
}

#[async_trait]
impl Threads for Service {
    async fn threads(&self, _caller: &Caller, _proposal: ProposalId) -> Result<Vec<Thread>> {
        unimplemented!("threads branch")
    }

    async fn start_thread(&self, _caller: &Caller, _thread: NewThread) -> Result<ThreadId> {
        unimplemented!("threads branch")
    }

    async fn attach_thread(&self, _caller: &Caller, _thread: ThreadId, _place: Place, _quote: &str) -> Result<()> {
        unimplemented!("threads branch")
    }

    async fn reply(&self, _caller: &Caller, _thread: ThreadId, _body: &str) -> Result<CommentId> {
        unimplemented!("threads branch")
    }

    async fn edit_comment(&self, _caller: &Caller, _comment: CommentId, _body: &str) -> Result<()> {
        unimplemented!("threads branch")
    }

    async fn change_kind(&self, _caller: &Caller, _thread: ThreadId, _kind: Kind) -> Result<()> {
        unimplemented!("threads branch")
    }

    async fn resolve_thread(&self, _caller: &Caller, _thread: ThreadId, _resolved: bool) -> Result<()> {
        unimplemented!("threads branch")
    }
}

#[async_trait]
impl Inboxes for Service {
    async fn inbox(&self, _caller: &Caller, _after: Option<String>) -> Result<Page<InboxItem>> {
        unimplemented!("inboxes branch")
    }

    async fn put_away(&self, _caller: &Caller, _item: InboxId) -> Result<()> {
        unimplemented!("inboxes branch")
    }
}

