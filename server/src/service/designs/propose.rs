//! Proposing: a live draft forked from the accepted text.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::role::Act;

use super::archive::not_archived;
use crate::bus::Hint;
use crate::clock::fresh_id;
use crate::db;
use crate::rooms::log::{self, Start};
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{self, Event, Verb};
use crate::service::jobs::{self, Job};
use crate::service::wording;

impl Service {
    /// Opens a proposal on the newest accepted version. Others may be open beside it.
    pub(super) async fn open_proposal(
        &self,
        caller: &Caller,
        team: &str,
        number: i32,
        title: &str,
        why: &str,
    ) -> Result<(ProposalId, i32)> {
        let (in_team, design) = self.in_design(caller, team, number, Act::Write).await?;
        let (team, title, why, at) = (in_team.team, wording::title(title)?, wording::why(why)?, self.clock.now());
        let id = ProposalId(fresh_id());
        let mut tx = self.db.begin().await.shown()?;
        // Locked, so that a merge comes wholly before, and is forked from, or wholly after, and arrives by its job.
        let locked = db::designs::lock(&mut *tx, design).await.shown()?.ok_or_else(|| AppError::not_found("design"))?;
        not_archived(locked.archived)?;
        let state = db::versions::state(&mut *tx, design, locked.version).await.shown()?.ok_or_else(not_accepted_yet)?;
        let number = db::designs::take_proposal_number(&mut *tx, design, at).await.shown()?;
        let new = db::proposals::NewProposal { id, design, number, title, why, base: locked.version, by: caller.account, at };
        db::proposals::insert(&mut *tx, new).await.shown()?;
        log::create(&mut tx, id, team, Start::Fork(&state), at).await.shown()?;
        // A reader now finds this proposal's text, which is the newest.
        jobs::ask(&mut *tx, Job::Index { design }, at).await.shown()?;
        let verb = Verb::Proposed { title };
        history::record(&mut *tx, Event { team, design, proposal: Some(id), by: Some(caller), verb }, at).await.shown()?;
        tx.commit().await.shown()?;
        self.bus.tell(Hint::Designs { team });
        Ok((id, number))
    }
}

/// Two proposals on the empty version 0 would have no common text: merging one would put its text beside the other's.
fn not_accepted_yet() -> AppError {
    AppError::conflict(
        "not-accepted-yet",
        "Nothing of this design has been accepted yet, so there is nothing to change. Write in its first proposal, or reopen it.",
    )
}
