//! Holding: while in review nobody writes, until the text is released, merged or closed. Suggestions and threads go on.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::proposal::ProposalState;
use app::model::role::Act;

use super::locked::{lock, not_open};
use crate::db;
use crate::db::log::State;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{self, Event, Verb};

impl Service {
    /// Holds a proposal's text, or releases it. Doing what is done already changes nothing.
    pub(super) async fn hold_text(&self, caller: &Caller, proposal: ProposalId, held: bool) -> Result<()> {
        let team = self.in_proposal(caller, proposal, Act::Write).await?.team;
        let (design, at) = (self.whereabouts(proposal).await?.design, self.clock.now());
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let locked = lock(&mut tx, design, proposal).await?;
        if !locked.state.open() {
            return Err(not_open(locked.state));
        }
        if locked.held == held {
            return Ok(());
        }
        let (verb, state) = if held {
            if locked.state != ProposalState::InReview {
                return Err(AppError::conflict("not-in-review", "Only a text in review can be held. Send it for review first."));
            }
            db::proposals::hold(&mut *tx, proposal, caller.account, at).await.shown()?;
            (Verb::Held, State::Held)
        } else {
            db::proposals::release(&mut *tx, proposal).await.shown()?;
            (Verb::Released, State::Open)
        };
        db::documents::set_state(&mut *tx, proposal, state).await.shown()?;
        history::record(&mut *tx, Event { team, design, proposal: Some(proposal), by: Some(caller), verb }, at).await.shown()?;
        db::designs::touch(&mut *tx, design, at).await.shown()?;
        tx.commit().await.shown()?;
        self.look_again(team, &[proposal]).await;
        Ok(())
    }
}
