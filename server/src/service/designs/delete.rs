//! Deleting: by an admin, with the title typed, and never what has a decision.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::role::Act;

use crate::bus::Hint;
use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;

impl Service {
    /// Deletes a design and everything below it, for good.
    pub(super) async fn delete_for_good(&self, caller: &Caller, team: &str, number: i32, title: &str) -> Result<()> {
        let (in_team, design) = self.in_design(caller, team, number, Act::Administer).await?;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let locked = db::designs::lock(&mut *tx, design).await.shown()?.ok_or_else(|| AppError::not_found("design"))?;
        if locked.decided {
            return Err(AppError::conflict(
                "decided",
                "This design has a decision, and decisions are kept for ever. Archive it to take it out of the lists.",
            ));
        }
        if title != locked.title {
            return Err(AppError::invalid("title", format!("Type the title exactly to delete it: {}", locked.title)));
        }
        let documents = db::documents::of_design(&mut *tx, design).await.shown()?;
        db::designs::delete(&mut *tx, design).await.shown()?;
        tx.commit().await.shown()?;
        tracing::info!(account = %caller.account, design = %design, number, "design deleted");
        self.look_again(in_team.team, &documents).await;
        self.bus.tell(Hint::Designs { team: in_team.team });
        Ok(())
    }
}
