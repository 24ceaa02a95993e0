//! Renaming: the title is a field of the design; links go by number and stay as they are.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::role::Act;

use super::archive::not_archived;
use crate::bus::Hint;
use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{self, Event, Verb};
use crate::service::wording;

impl Service {
    /// Gives a design another title.
    pub(super) async fn give_title(&self, caller: &Caller, team: &str, number: i32, title: &str) -> Result<()> {
        let (in_team, design) = self.in_design(caller, team, number, Act::Write).await?;
        let (team, to, at) = (in_team.team, wording::title(title)?, self.clock.now());
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        db::search::lock(&mut *tx, design).await.shown()?;
        let locked = db::designs::lock(&mut *tx, design).await.shown()?.ok_or_else(|| AppError::not_found("design"))?;
        not_archived(locked.archived)?;
        if locked.title == to {
            return Ok(());
        }
        db::designs::rename(&mut *tx, design, to, at).await.shown()?;
        db::search::put(&mut *tx, team, design, 0, &[db::search::Section { heading: to, body: "" }]).await.shown()?;
        let verb = Verb::Renamed { from: &locked.title, to };
        history::record(&mut *tx, Event { team, design, proposal: None, by: Some(caller), verb }, at).await.shown()?;
        let open = db::proposals::open_of(&mut *tx, design).await.shown()?;
        tx.commit().await.shown()?;
        self.bus.tell(Hint::Designs { team });
        for (id, _) in open {
            // The title shown there, and the gate: a frozen title is part of what was approved.
            self.bus.tell(Hint::Proposal { team, id });
        }
        Ok(())
    }
}
