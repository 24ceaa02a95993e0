//! The frame of a proposal's page, the same on all its tabs.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::proposal::ProposalPage;
use app::model::role::Act;

use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;

/// More revisions than this are not offered in choosers; nobody compares with one so old, and links to them work.
const REVISIONS: i64 = 200;

impl Service {
    /// A proposal by its number.
    pub(super) async fn proposal_page(&self, caller: &Caller, team: &str, design: i32, number: i32) -> Result<ProposalPage> {
        let (in_team, design) = self.in_design(caller, team, design, Act::Read).await?;
        let missing = || AppError::not_found("proposal");
        let id = db::proposals::by_number(&self.db, design, number).await.shown()?.ok_or_else(missing)?;
        let frame = db::proposals::frame(&self.db, id, caller.account, in_team.role).await.shown()?.ok_or_else(missing)?;
        let revisions = db::proposals::revisions(&self.db, id, REVISIONS).await.shown()?;
        Ok(ProposalPage { revisions, ..frame })
    }
}
