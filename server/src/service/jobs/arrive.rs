//! A merged version arrives in the design's other open proposals: the stored bytes of each update they lack, in the order of versions.
//!
//! Bytes and not a new diff: an update says which of the accepted text's own characters go and where the new ones stand, so it keeps what a
//! proposal changed elsewhere, and two proposals merged one after the other never undo each other.

use app::error::{AppError, Result};
use app::model::ids::{DesignId, ProposalId};

use crate::bus::Hint;
use crate::db;
use crate::db::search::Source;
use crate::rooms::{Change, ServerEdit};
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{self, Event, Verb};

impl Service {
    /// Brings every accepted version into every open proposal that lacks it. Doing it again changes nothing: each version is the cause of its
    /// own edit, and a cause lands once. A proposal that cannot take one fails the job, and keeps it from no other.
    pub(super) async fn bring_versions(&self, design: DesignId) -> Result<()> {
        let Some(source) = db::search::source(&self.db, design).await.shown()? else { return Ok(()) };
        let mut outcome = Ok(());
        for (proposal, base) in db::proposals::open_of(&self.db, design).await.shown()? {
            let caught_up = self.catch_up(design, &source, proposal, base).await;
            outcome = outcome.and(caught_up);
        }
        outcome
    }

    /// Brings one proposal from its base to the newest version, in the order of versions.
    async fn catch_up(&self, design: DesignId, source: &Source, proposal: ProposalId, base: i32) -> Result<()> {
        for version in base + 1..=source.version {
            self.bring(design, proposal, version).await?;
            let event = Event { team: source.team, design, proposal: Some(proposal), by: None, verb: Verb::Arrived { version } };
            history::record(&self.db, event, self.clock.now()).await.shown()?;
            self.bus.tell(Hint::Proposal { team: source.team, id: proposal });
        }
        Ok(())
    }

    /// Appends U(version) and raises the proposal's base in the same transaction.
    async fn bring(&self, design: DesignId, proposal: ProposalId, version: i32) -> Result<()> {
        let update = db::versions::update(&self.db, design, version).await.shown()?;
        let update = update.ok_or_else(|| AppError::not_found("version"))?;
        let edit =
            ServerEdit { account: None, cause: Some(format!("version {version}")), change: Change::Version { number: version, update } };
        self.rooms.edit(proposal, edit).await.shown()?;
        Ok(())
    }
}
