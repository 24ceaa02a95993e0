//! A design's page and the list of its proposals.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::design::DesignPage;
use app::model::page::Page;
use app::model::proposal::ProposalLine;
use app::model::role::Act;

use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::{keyset, texts};

/// How many proposals a page has.
const PAGE: i64 = 50;

impl Service {
    /// A design's page, with its newest proposals.
    pub(super) async fn design_page(&self, caller: &Caller, team: &str, number: i32) -> Result<DesignPage> {
        let (in_team, id) = self.in_design(caller, team, number, Act::Read).await?;
        let found = db::designs::find(&self.db, id).await.shown()?.ok_or_else(|| AppError::not_found("design"))?;
        let proposals = db::proposals::list(&self.db, id, None, PAGE).await.shown()?;
        Ok(DesignPage {
            id,
            number,
            title: found.title,
            state: found.state,
            owner: found.owner,
            version: found.version,
            archived: found.archived,
            role: in_team.role,
            decided: found.decided,
            imported: !texts::form(found.imported)?.is_plain(),
            proposals,
        })
    }

    /// A page of a design's proposals.
    pub(super) async fn proposals_page(
        &self,
        caller: &Caller,
        team: &str,
        number: i32,
        after: Option<String>,
    ) -> Result<Page<ProposalLine>> {
        let (_, design) = self.in_design(caller, team, number, Act::Read).await?;
        let before = after.as_deref().map(keyset::number).transpose()?;
        let rows = db::proposals::list(&self.db, design, before, PAGE + 1).await.shown()?;
        let (items, next) = keyset::cut(rows, PAGE, |last| last.number.to_string());
        Ok(Page { items, next })
    }
}
