//! Doors to [`crate::backend::Timelines`].

use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use crate::error::AppError;
use crate::model::ids::ProposalId;
use crate::model::page::Page;
use crate::model::revision::Side;
use crate::model::timeline::{Line, Point, Restored, Stretch, Wrote};

/// What happened to a proposal's text.
#[server(prefix = "/rpc", endpoint = "timeline/list")]
pub async fn get_timeline(proposal: ProposalId, after: Option<String>) -> Result<Page<Line>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.timeline(&visit.signed_in()?, proposal, after).await
}

/// What one of its texts is called.
#[server(prefix = "/rpc", endpoint = "timeline/point")]
pub async fn get_point(proposal: ProposalId, text: Side) -> Result<Point, AppError> {
    let (visit, backend) = super::asked()?;
    backend.point(&visit.signed_in()?, proposal, text).await
}

/// Makes the live text what it was; `text` as in links, because a form sends it.
#[server(prefix = "/rpc", endpoint = "timeline/restore")]
pub async fn restore_text(proposal: ProposalId, text: String) -> Result<Restored, AppError> {
    let (visit, backend) = super::asked()?;
    let text = text.parse().map_err(|reason: String| AppError::invalid("text", reason))?;
    backend.restore_text(&visit.signed_in()?, proposal, text).await
}

/// Who wrote a passage. The editor asks it itself: `app/editor`.
#[server(prefix = "/rpc", endpoint = "timeline/who_wrote", input = Json)]
pub async fn who_wrote(proposal: ProposalId, passage: Vec<Stretch>) -> Result<Vec<Wrote>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.who_wrote(&visit.signed_in()?, proposal, passage).await
}
