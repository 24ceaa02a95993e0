//! The sample team.

use app::error::Result;
use app::model::account::Caller;

use super::Service;

/// Loads it for the operator; answers its slug.
pub(crate) async fn load(_service: &Service, _caller: &Caller) -> Result<String> {
    unimplemented!("designs branch")
}
