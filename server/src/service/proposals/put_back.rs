//! Putting the live text back to a revision: an ordinary edit of the person's, which others see and they can undo.

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::revision::Side;

use crate::service::Service;

impl Service {
    /// Makes the live text what it was in a revision.
    pub(super) async fn put_text_back(&self, caller: &Caller, proposal: ProposalId, revision: i32) -> Result<()> {
        self.put_older_back(caller, proposal, Side::Revision(revision)).await.map(drop)
    }
}
