//! Whether a proposal can be discussed, reviewed or sent at all at this moment. Pure.

use app::error::{AppError, Result};
use app::model::proposal::ProposalState;

use crate::db::ground::Ground;

/// An archived design is read-only.
pub(super) fn not_archived(ground: &Ground) -> Result<()> {
    if ground.archived {
        return Err(AppError::conflict("archived", "This design is archived and read-only. An admin can take it out of the archive."));
    }
    Ok(())
}

/// Draft or in review, and not archived.
pub(super) fn open(ground: &Ground) -> Result<()> {
    not_archived(ground)?;
    match ground.state {
        ProposalState::Draft | ProposalState::InReview => Ok(()),
        ProposalState::Merged => Err(AppError::conflict("merged", "This proposal is merged and stays as it is. Open a new one to change the text.")),
        ProposalState::Closed => Err(AppError::conflict("closed", "This proposal is closed and read-only. An editor can reopen it.")),
    }
}
