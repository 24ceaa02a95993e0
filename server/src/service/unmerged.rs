//! Nouns whose branch is not merged here yet. Every block goes when its file comes.

use app::backend::{Inboxes, Reviews, Threads};
use app::error::Result;
use app::model::account::Caller;
use app::model::gate::Gate;
use app::model::ids::{CommentId, InboxId, ProposalId, ReviewId, ThreadId};
use app::model::inbox::InboxItem;
use app::model::page::Page;
use app::model::review::{ReviewBoard, Verdict};
use app::model::thread::{Kind, NewThread, Place, Thread};
use async_trait::async_trait;

use super::Service;

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

