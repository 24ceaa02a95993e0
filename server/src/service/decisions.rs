//! Temporary: the `reviews` branch writes this file; drop this one when merging.

use app::error::Result;
use app::model::account::Caller;
use app::model::decision::{Decision, DecisionLine};
use app::model::page::Page;

use super::Service;

impl Service {
    pub(super) async fn decisions_page(&self, _: &Caller, _: &str, _: i32, _: Option<String>) -> Result<Page<DecisionLine>> {
        unimplemented!("reviews branch")
    }

    pub(super) async fn decision_record(&self, _: &Caller, _: &str, _: i32, _: i32) -> Result<Decision> {
        unimplemented!("reviews branch")
    }
}
