//! Accepting and rejecting. A suggestion enters the text as one edit of whoever accepts it, and only where every place still reads as it did.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{ProposalId, ThreadId};
use app::model::role::Act;
use app::model::suggestion::State;

use super::found::Place;
use crate::db;
use crate::db::suggestions::Row;
use crate::rooms::{Change, RoomError, ServerEdit, Swap};
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::threads::discuss::answered;
use crate::service::told::Told;

impl Service {
    /// Brings one into the text; `edition`: only if it is still the one that was seen.
    pub(super) async fn accept(&self, caller: &Caller, thread: ThreadId, edition: Option<i32>) -> Result<()> {
        let row = db::suggestions::of(&self.db, &[thread]).await.shown()?.pop();
        let row = row.ok_or_else(no_suggestion)?;
        let proposal = acceptable(&row, edition)?;
        if row.state == State::Accepted {
            return Ok(());
        }
        let place = self.to_be_changed(proposal).await?;
        let (reading, places) = self.places(proposal, &[thread]).await?;
        let swaps: Option<Vec<Swap>> = places.into_iter().map(|place| swap(place, &reading.text)).collect();
        let change = Change::Swap(swaps.ok_or(RoomError::Outdated).shown()?);
        self.rooms.edit(proposal, ServerEdit { account: Some(caller.account), cause: Some(row.cause()), change }).await.shown()?;
        let mut told = Told::of(place.team, proposal).with_threads();
        let mut line = self.db.acquire().await.shown()?;
        told.inboxes(answered(&mut line, caller, thread, self.clock.now()).await.shown()?);
        self.tell(told);
        Ok(())
    }

    /// Accepts all that fit, the oldest first: each is an edit of its own, and one that overlaps an earlier one does not fit any more.
    pub(super) async fn accept_all(&self, caller: &Caller, proposal: ProposalId) -> Result<u32> {
        let mut accepted = 0;
        for thread in db::suggestions::open(&self.db, proposal).await.shown()? {
            match self.accept(caller, thread, None).await {
                Ok(()) => accepted += 1,
                Err(AppError::Conflict { code, .. }) if code == "outdated" || code == "decided" => {}
                Err(error) => return Err(error),
            }
        }
        Ok(accepted)
    }

    /// Says no to one, or takes one's own back.
    pub(super) async fn reject(&self, caller: &Caller, thread: ThreadId) -> Result<()> {
        let (thread_row, in_team) = self.in_thread(caller, thread, Act::Discuss).await?;
        let own = thread_row.by.id == Some(caller.account);
        if !own && !in_team.role.may(Act::Write) {
            return Err(AppError::Forbidden(
                "Only an editor, or whoever made a suggestion, can turn it down. Say in a reply why you would.".into(),
            ));
        }
        let at = self.clock.now();
        let (mut tx, mut told, _) = self.discussed(thread, at).await?;
        let row = db::suggestions::lock(&mut tx, thread).await.shown()?.ok_or_else(no_suggestion)?;
        if row.state != State::Open {
            return Err(decided(row.state));
        }
        db::suggestions::set_state(&mut *tx, thread, if own { State::Withdrawn } else { State::Rejected }).await.shown()?;
        db::threads::resolve(&mut *tx, thread, caller.account, at).await.shown()?;
        told.inboxes(answered(&mut tx, caller, thread, at).await.shown()?);
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(())
    }
}

/// In whose text it can be accepted. Accepting again what is in the text changes nothing.
fn acceptable(row: &Row, edition: Option<i32>) -> Result<ProposalId> {
    let proposal = row.proposal.ok_or_else(|| {
        AppError::conflict("merged", "The proposal was merged without this suggestion. Propose it as a further change to the design.")
    })?;
    match row.state {
        State::Rejected | State::Withdrawn => Err(decided(row.state)),
        State::Open | State::Accepted if edition.is_some_and(|edition| edition != row.edition) => {
            Err(AppError::conflict("edition", "This suggestion has changed since you looked at it. Read it again."))
        }
        State::Open | State::Accepted => Ok(proposal),
    }
}

fn no_suggestion() -> AppError {
    AppError::conflict("no-suggestion", "This thread suggests no change of the text. Reply in it, or resolve it.")
}

fn decided(state: State) -> AppError {
    let message = match state {
        State::Accepted => "This suggestion is accepted already: it is in the text.",
        State::Rejected => "This suggestion was rejected. Reopen its thread first.",
        State::Withdrawn | State::Open => "This suggestion was taken back by whoever made it.",
    };
    AppError::conflict("decided", message)
}

/// What the room is to do, when the place reads as it must.
fn swap(place: Place, text: &str) -> Option<Swap> {
    let fits = place.fits(text);
    let range = place.range.or(text.is_empty().then_some(place.edit.range))?;
    fits.then_some(Swap { range, original: place.edit.passage.quote, replacement: place.edit.replacement })
}
