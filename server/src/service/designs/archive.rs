//! Archiving: hidden from lists and read-only; decisions stay; undone by an admin.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::role::Act;

use crate::bus::Hint;
use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{self, Event, Verb};
use crate::service::jobs::{self, Job};

/// An archived design is read-only.
pub(crate) fn not_archived(archived: bool) -> Result<()> {
    if archived {
        return Err(AppError::conflict(
            "archived",
            "This design is archived, so it cannot be changed. An admin can take it out of the archive.",
        ));
    }
    Ok(())
}

impl Service {
    /// Archives a design, or takes it out of the archive.
    pub(super) async fn put_away(&self, caller: &Caller, team: &str, number: i32, archived: bool) -> Result<()> {
        let (in_team, design) = self.in_design(caller, team, number, Act::Administer).await?;
        let (team, at) = (in_team.team, self.clock.now());
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let locked = db::designs::lock(&mut *tx, design).await.shown()?.ok_or_else(|| AppError::not_found("design"))?;
        if locked.archived == archived {
            return Ok(());
        }
        db::designs::archive(&mut *tx, design, archived, at).await.shown()?;
        let documents = db::documents::archive(&mut *tx, design, archived).await.shown()?;
        // Texts that are closed are not looked at otherwise, and the last words may have come a moment ago.
        jobs::ask(&mut *tx, Job::Index { design }, at).await.shown()?;
        let verb = if archived { Verb::Archived } else { Verb::Restored };
        history::record(&mut *tx, Event { team, design, proposal: None, by: Some(caller), verb }, at).await.shown()?;
        tx.commit().await.shown()?;
        self.look_again(team, &documents).await;
        self.bus.tell(Hint::Designs { team });
        Ok(())
    }
}
