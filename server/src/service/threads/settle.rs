//! What a thread asks, and whether it is settled.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ThreadId;
use app::model::role::Act;
use app::model::suggestion::State;
use app::model::thread::Kind;

use super::discuss::answered;
use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;

impl Service {
    /// Changes what a thread asks: by whoever began it, or an admin.
    pub(super) async fn set_kind(&self, caller: &Caller, thread: ThreadId, kind: Kind) -> Result<()> {
        let (row, in_team) = self.in_thread(caller, thread, Act::Discuss).await?;
        if row.by.id != Some(caller.account) && !in_team.role.may(Act::Administer) {
            return Err(AppError::Forbidden("Only whoever began a thread, or an admin, can change what it asks.".into()));
        }
        let (mut tx, told, _) = self.discussed(thread, self.clock.now()).await?;
        db::threads::change_kind(&mut *tx, thread, kind).await.shown()?;
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(())
    }

    /// Resolves or reopens a thread. What is so already stays as it was, with whoever did it first. A suggestion that was turned down is open again
    /// with its thread; one that is open is decided, not resolved.
    pub(super) async fn settle(&self, caller: &Caller, thread: ThreadId, resolved: bool) -> Result<()> {
        self.in_thread(caller, thread, Act::Discuss).await?;
        let at = self.clock.now();
        let (mut tx, mut told, row) = self.discussed(thread, at).await?;
        let suggestion = db::suggestions::lock(&mut tx, thread).await.shown()?;
        match (resolved, row.resolved.is_some()) {
            (true, false) if suggestion.as_ref().is_some_and(|suggestion| suggestion.state == State::Open) => {
                return Err(AppError::conflict("undecided", "This is a suggestion: accept it or reject it."));
            }
            (true, false) => db::threads::resolve(&mut *tx, thread, caller.account, at).await.shown()?,
            (false, true) => {
                db::threads::reopen(&mut *tx, thread).await.shown()?;
                if suggestion.is_some_and(|suggestion| suggestion.state != State::Accepted) {
                    db::suggestions::set_state(&mut *tx, thread, State::Open).await.shown()?;
                }
            }
            (true, true) | (false, false) => {}
        }
        told.inboxes(answered(&mut tx, caller, thread, at).await.shown()?);
        tx.commit().await.shown()?;
        self.tell(told);
        Ok(())
    }
}
