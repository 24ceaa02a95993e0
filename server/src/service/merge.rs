//! Temporary: the `reviews` branch writes this file; drop this one when merging.

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::proposal::Merged;

use super::Service;

impl Service {
    pub(super) async fn merge_revision(&self, _: &Caller, _: ProposalId, _: i32) -> Result<Merged> {
        unimplemented!("reviews branch")
    }
}
