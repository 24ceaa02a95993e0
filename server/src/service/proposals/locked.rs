//! A proposal whose state somebody is about to change, and what every such change tells others.

use app::error::{AppError, Result};
use app::model::ids::{DesignId, ProposalId, TeamId};
use app::model::proposal::ProposalState;
use sqlx::PgConnection;

use crate::bus::Hint;
use crate::db;
use crate::db::proposals::Whereabouts;
use crate::service::Service;
use crate::service::designs::not_archived;
use crate::service::fault::Shown;

/// A design and one of its proposals, locked until the transaction ends.
pub(super) struct Locked {
    /// The design's newest accepted version.
    pub version: i32,
    /// The version that the proposal stands on.
    pub base: i32,
    /// Where the proposal is.
    pub state: ProposalState,
    /// Nobody writes in it at present.
    pub held: bool,
}

impl Service {
    /// Where a proposal belongs. Access was checked before.
    pub(in crate::service) async fn whereabouts(&self, proposal: ProposalId) -> Result<Whereabouts> {
        db::proposals::whereabouts(&self.db, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))
    }

    /// Where a proposal belongs whose text somebody is about to change, unless nobody may now.
    pub(in crate::service) async fn to_be_changed(&self, proposal: ProposalId) -> Result<Whereabouts> {
        let place = self.whereabouts(proposal).await?;
        not_archived(place.archived)?;
        if !place.state.open() {
            return Err(not_open(place.state));
        }
        if let Some(holder) = &place.held_by {
            return Err(AppError::conflict(
                "held",
                format!("{} holds this text. It must be released before it can be changed.", holder.name),
            ));
        }
        Ok(place)
    }

    /// Rooms and pages look again at documents whose state changed. After the commit.
    pub(crate) async fn look_again(&self, team: TeamId, documents: &[ProposalId]) {
        for &id in documents {
            self.rooms.refresh(id).await;
            self.bus.tell(Hint::Proposal { team, id });
        }
    }
}

/// Locks a proposal of a design that is not archived: the design first, as merge does, so that nobody waits in a circle.
pub(super) async fn lock(tx: &mut PgConnection, design: DesignId, proposal: ProposalId) -> Result<Locked> {
    let of = db::designs::lock(&mut *tx, design).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
    let locked = db::proposals::lock(&mut *tx, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
    not_archived(of.archived)?;
    Ok(Locked { version: of.version, base: locked.base, state: locked.state, held: locked.held })
}

/// What cannot be done to a proposal in that state.
pub(super) fn not_open(state: ProposalState) -> AppError {
    let message = match state {
        ProposalState::Merged => "This proposal is merged, so it cannot be changed. Propose a further change to the design.",
        _ => "This proposal is closed. Reopen it first.",
    };
    AppError::conflict("not-open", message)
}
