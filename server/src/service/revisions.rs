//! Temporary: the `reviews` branch writes this file; drop this one when merging.

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::{AccountId, ProposalId};

use super::Service;

impl Service {
    pub(super) async fn freeze_revision(&self, _: &Caller, _: ProposalId, _: Vec<AccountId>) -> Result<i32> {
        unimplemented!("reviews branch")
    }
}
