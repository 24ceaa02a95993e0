//! Closing and reopening: given up with a reason; opened again as it was.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::proposal::ProposalState;
use app::model::role::Act;

use super::locked::{lock, not_open};
use crate::bus::Hint;
use crate::db;
use crate::db::log::State;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{self, Event, Verb};
use crate::service::jobs::{self, Job};
use crate::service::wording;

impl Service {
    /// Gives a proposal up: nobody writes in it any more.
    pub(super) async fn give_up(&self, caller: &Caller, proposal: ProposalId, reason: &str) -> Result<()> {
        let team = self.in_proposal(caller, proposal, Act::Write).await?.team;
        let (reason, design, at) = (wording::reason(reason)?, self.whereabouts(proposal).await?.design, self.clock.now());
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let locked = lock(&mut tx, design, proposal).await?;
        if !locked.state.open() {
            return Err(not_open(locked.state));
        }
        db::proposals::close(&mut *tx, proposal, caller.account, reason, at).await.shown()?;
        db::documents::set_state(&mut *tx, proposal, State::Closed).await.shown()?;
        // A reader now finds another proposal's text, or the accepted one.
        jobs::ask(&mut *tx, Job::Index { design }, at).await.shown()?;
        let event = Event { team, design, proposal: Some(proposal), by: Some(caller), verb: Verb::Closed { reason } };
        history::record(&mut *tx, event, at).await.shown()?;
        db::designs::touch(&mut *tx, design, at).await.shown()?;
        tx.commit().await.shown()?;
        self.look_again(team, &[proposal]).await;
        self.bus.tell(Hint::Designs { team });
        Ok(())
    }

    /// Opens a closed proposal again; versions accepted meanwhile arrive as they do everywhere.
    pub(super) async fn open_again(&self, caller: &Caller, proposal: ProposalId) -> Result<()> {
        let team = self.in_proposal(caller, proposal, Act::Write).await?.team;
        let (design, at) = (self.whereabouts(proposal).await?.design, self.clock.now());
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let locked = lock(&mut tx, design, proposal).await?;
        match locked.state {
            ProposalState::Closed => {}
            ProposalState::Merged => return Err(not_open(locked.state)),
            ProposalState::Draft | ProposalState::InReview => {
                return Err(AppError::conflict("not-closed", "This proposal is open already."));
            }
        }
        db::proposals::reopen(&mut *tx, proposal).await.shown()?;
        db::documents::set_state(&mut *tx, proposal, State::Open).await.shown()?;
        let follow_up = if locked.base < locked.version { Job::Arrive { design } } else { Job::Index { design } };
        jobs::ask(&mut *tx, follow_up, at).await.shown()?;
        let event = Event { team, design, proposal: Some(proposal), by: Some(caller), verb: Verb::Reopened };
        history::record(&mut *tx, event, at).await.shown()?;
        db::designs::touch(&mut *tx, design, at).await.shown()?;
        tx.commit().await.shown()?;
        self.look_again(team, &[proposal]).await;
        self.bus.tell(Hint::Designs { team });
        Ok(())
    }
}
