//! Doors to [`crate::backend::Unsent`]. As JSON, because a form's encoding would make three bytes of many in base64.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;
use crate::model::diff::Comparison;
use crate::model::ids::ProposalId;
use crate::model::unsent::Carried;

/// What changes that were not saved would change.
#[server(prefix = "/rpc", endpoint = "unsent/compare", input = Json)]
pub async fn compare_unsent(proposal: ProposalId, changes: String) -> Result<Comparison, AppError> {
    let (visit, backend) = super::asked()?;
    backend.compare_unsent(&visit.signed_in()?, proposal, &changes).await
}

/// Makes a new proposal of them.
#[server(prefix = "/rpc", endpoint = "unsent/propose", input = Json)]
pub async fn propose_unsent(proposal: ProposalId, changes: String) -> Result<Carried, AppError> {
    let (visit, backend) = super::asked()?;
    backend.propose_unsent(&visit.signed_in()?, proposal, &changes).await
}

/// Makes suggestions of them.
#[server(prefix = "/rpc", endpoint = "unsent/suggest", input = Json)]
pub async fn suggest_unsent(proposal: ProposalId, changes: String) -> Result<u32, AppError> {
    let (visit, backend) = super::asked()?;
    backend.suggest_unsent(&visit.signed_in()?, proposal, &changes).await
}
