//! Search: from what somebody typed to designs with their best passage.

use app::error::Result;
use app::model::account::Caller;
use app::model::design::{DesignFilter, DesignLine};
use app::model::ids::TeamId;
use app::model::page::Page;
use uuid::Uuid;

use super::Service;
use super::fault::Shown;
use super::keyset;
use crate::db;

mod indexer;
mod snippet;
mod words;

pub(crate) use words::Words;

impl Service {
    /// The team's designs that contain every word, best match first; before them the one with that number, if it is one.
    pub(crate) async fn search_page(
        &self,
        caller: &Caller,
        team: TeamId,
        filter: &DesignFilter,
        words: &Words,
        limit: i64,
    ) -> Result<Page<DesignLine>> {
        let after = filter.after.as_deref().map(keyset::ranked).transpose()?;
        let (titles, texts) = (words.for_titles(), words.for_texts());
        let query = db::search::Query { team, asking: caller.account, filter, titles: &titles, texts: &texts, number: words.number() };
        let common = db::search::common(&self.db, &query).await.shown()?;
        let found = db::search::ranked(&self.db, &query, common, after, limit + 1).await.shown()?;
        let (found, next) = keyset::cut(found, limit, |last| keyset::after_rank(last.rank, last.design));

        let designs: Vec<Uuid> = found.iter().map(|found| found.design).collect();
        let ordinals: Vec<i32> = found.iter().map(|found| found.ordinal).collect();
        let mut items = db::designs::lines(&self.db, &designs).await.shown()?;
        let bodies = db::search::bodies(&self.db, &designs, &ordinals).await.shown()?;
        // A design deleted between the queries shifts the passages: then they are left out.
        if bodies.len() == items.len() {
            for (line, body) in items.iter_mut().zip(bodies) {
                line.snippet = Some(snippet::passage(&body, words));
            }
        }
        Ok(Page { items, next })
    }
}
