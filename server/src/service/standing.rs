//! Whether a proposal can be discussed, reviewed or sent at all at this moment. Pure.

use app::error::{AppError, Result};
use app::model::proposal::ProposalState;

use super::designs::not_archived;
use crate::db::ground::Ground;

/// Draft or in review, and its design not archived.
pub(super) fn open(ground: &Ground) -> Result<()> {
    not_archived(ground.archived)?;
    let message = match ground.state {
        ProposalState::Draft | ProposalState::InReview => return Ok(()),
        ProposalState::Merged => "This proposal is merged and stays as it is. Propose a further change to the design.",
        ProposalState::Closed => "This proposal is closed and read-only. An editor can reopen it.",
    };
    Err(AppError::conflict("not-open", message))
}
