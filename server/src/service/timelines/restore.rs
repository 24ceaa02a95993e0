//! Putting the live text back to what it was: an ordinary edit of the person's, which others see, and which can be undone in the same way, because
//! what the text was until then is kept with the edit.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::revision::Side;
use app::model::role::Act;

use crate::db;
use crate::rooms::{Change, ServerEdit};
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{Back, Event, Verb};

impl Service {
    /// Makes the live text an older one; answers what it was before, none when it reads so already.
    pub(in crate::service) async fn put_older_back(&self, caller: &Caller, proposal: ProposalId, to: Side) -> Result<Option<Side>> {
        let team = self.in_proposal(caller, proposal, Act::Write).await?.team;
        let design = self.to_be_changed(proposal).await?.design;
        let to = self.back(proposal, to).await?;
        let text = self.side(proposal, to.side()).await?.markdown;
        if self.rooms.read(proposal).await.shown()?.text == text {
            return Ok(None);
        }
        let event = Event { team, design, proposal: Some(proposal), by: Some(caller), verb: Verb::PutBack { to } };
        let change = Change::PutBack(text, event.entry(self.clock.now()));
        let edit = ServerEdit { account: Some(caller.account), cause: None, change };
        let before = self.rooms.edit(proposal, edit).await.shown()? - 1;
        // Somebody else may have made it read so in the same moment.
        if !db::checkpoints::replaced(&self.db, proposal, before).await.shown()? {
            return Ok(None);
        }
        self.look_again(team, &[proposal]).await;
        Ok(Some(Side::At(before)))
    }

    /// Which older text, by a name that stays.
    async fn back(&self, proposal: ProposalId, to: Side) -> Result<Back> {
        Ok(match to {
            Side::Revision(number) => Back::Revision(number),
            Side::Version(number) => Back::Version(number),
            Side::Accepted => {
                Back::Version(db::ground::find(&self.db, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?.base)
            }
            Side::At(seq) => {
                let session = db::checkpoints::session(&self.db, proposal, Some(seq)).await.shown()?;
                Back::At { seq, at: session.map(|session| session.ended) }
            }
            Side::Live | Side::Suggested => {
                return Err(AppError::invalid("text", "Choose a text of the past: only such a one can be put back."));
            }
        })
    }
}
