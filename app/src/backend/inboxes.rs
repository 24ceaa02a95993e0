//! "Your turn".

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::ids::InboxId;
use crate::model::inbox::InboxItem;
use crate::model::page::Page;

/// What people do about their inbox.
#[async_trait]
pub trait Inboxes: Send + Sync {
    /// What waits for the caller in all their teams, newest first, 50 a page.
    async fn inbox(&self, caller: &Caller, after: Option<String>) -> Result<Page<InboxItem>>;

    /// Puts one away.
    async fn put_away(&self, caller: &Caller, item: InboxId) -> Result<()>;
}
