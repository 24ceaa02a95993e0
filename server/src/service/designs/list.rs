//! A team's list: last changed first, or best match first when somebody looks for something.

use app::error::Result;
use app::model::account::Caller;
use app::model::design::{DesignFilter, DesignLine};
use app::model::ids::TeamId;
use app::model::page::Page;
use app::model::role::Act;
use uuid::Uuid;

use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::keyset;
use crate::service::search::Words;

/// How many designs a page has.
const PAGE: i64 = 50;

impl Service {
    /// A page of a team's designs.
    pub(super) async fn designs_page(&self, caller: &Caller, team: &str, filter: &DesignFilter) -> Result<Page<DesignLine>> {
        let in_team = self.in_team(caller, team, Act::Read).await?;
        if filter.search.trim().is_empty() {
            return self.newest_page(caller, in_team.team, filter).await;
        }
        match Words::of(&filter.search) {
            Some(words) => self.search_page(caller, in_team.team, filter, &words, PAGE).await,
            // Nothing but signs: no text contains a word of it.
            None => Ok(Page::default()),
        }
    }

    async fn newest_page(&self, caller: &Caller, team: TeamId, filter: &DesignFilter) -> Result<Page<DesignLine>> {
        let after = filter.after.as_deref().map(keyset::instant).transpose()?;
        let listed = db::designs::newest(&self.db, team, caller.account, filter, after, PAGE + 1).await.shown()?;
        let (listed, next) = keyset::cut(listed, PAGE, |last| keyset::after_instant(last.changed, last.id.0));
        let ids: Vec<Uuid> = listed.iter().map(|listed| listed.id.0).collect();
        Ok(Page { items: db::designs::lines(&self.db, &ids).await.shown()?, next })
    }
}
