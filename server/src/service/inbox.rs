//! "Your turn".

use app::backend::Inboxes;
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::InboxId;
use app::model::inbox::InboxItem;
use app::model::page::Page;
use app::model::token::Scope;
use async_trait::async_trait;

use super::Service;
use super::fault::Shown;
use super::keyset;
use crate::bus::Hint;
use crate::db;
use crate::db::inbox::Row;

/// How many entries a page has.
const PAGE: i64 = 50;

#[async_trait]
impl Inboxes for Service {
    async fn inbox(&self, caller: &Caller, after: Option<String>) -> Result<Page<InboxItem>> {
        let after = after.as_deref().map(keyset::instant).transpose()?;
        let team = caller.token.map(|(team, _)| team);
        let rows = db::inbox::list(&self.db, caller.account, team, after, PAGE + 1).await.shown()?;
        let (rows, next) = keyset::cut(rows, PAGE, |last| keyset::after_instant(last.at, last.id.0));
        Ok(Page { items: rows.into_iter().map(item).collect(), next })
    }

    async fn put_away(&self, caller: &Caller, item: InboxId) -> Result<()> {
        if caller.token.is_some_and(|(_, scope)| scope < Scope::Write) {
            return Err(AppError::Forbidden("This token may only read. Make one with the scope “write”.".into()));
        }
        let team = caller.token.map(|(team, _)| team);
        if !db::inbox::put_away(&self.db, caller.account, team, item, self.clock.now()).await.shown()? {
            return Err(AppError::NotFound("This is not in your inbox.".into()));
        }
        self.bus.tell(Hint::Inbox { account: caller.account });
        Ok(())
    }
}

/// A row as a page shows it; links go by numbers, which no renaming changes.
fn item(row: Row) -> InboxItem {
    let page = format!("/teams/{}/designs/{}/proposals/{}/{}", row.slug, row.design, row.proposal, row.reason.tab());
    let link = row.thread.map_or_else(|| page.clone(), |thread| format!("{page}?thread={thread}"));
    InboxItem {
        id: row.id,
        reason: row.reason,
        what: row.detail.sentence(row.reason),
        who: row.actor,
        design: format!("D-{}", row.design),
        title: row.title,
        team: row.team,
        link,
        at: row.at,
    }
}
