//! Putting the live text back to a revision: an ordinary edit of the person's, which others see and they can undo.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::role::Act;

use crate::db;
use crate::rooms::{Change, ServerEdit};
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{self, Event, Verb};

impl Service {
    /// Makes the live text what it was in a revision.
    pub(super) async fn put_text_back(&self, caller: &Caller, proposal: ProposalId, revision: i32) -> Result<()> {
        let team = self.in_proposal(caller, proposal, Act::Write).await?.team;
        let place = self.to_be_changed(proposal).await?;
        let frozen = db::versions::revision(&self.db, proposal, revision).await.shown()?;
        let frozen = frozen.ok_or_else(|| AppError::not_found("revision"))?;
        let edit = ServerEdit { account: Some(caller.account), cause: None, change: Change::Text(frozen.text) };
        self.rooms.edit(proposal, edit).await.shown()?;

        let (design, at) = (place.design, self.clock.now());
        let event = Event { team, design, proposal: Some(proposal), by: Some(caller), verb: Verb::PutBack { revision } };
        history::record(&self.db, event, at).await.shown()?;
        self.look_again(team, &[proposal]).await;
        Ok(())
    }
}
