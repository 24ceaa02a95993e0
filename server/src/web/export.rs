//! Texts as files: `…/export`, with LF, or `?as=imported` with the line endings and byte order mark of the file that was imported.

use std::sync::Arc;

use app::backend::{Designs, Proposals, Visit};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Deserialize;

use super::error::Problem;
use super::state::Doors;
use crate::service::Service;

/// Both addresses.
pub fn routes() -> Router<Doors> {
    Router::new()
        .route("/teams/{team}/designs/{number}/export", get(accepted))
        .route("/teams/{team}/designs/{number}/proposals/{proposal}/export", get(live))
}

/// In which form.
#[derive(Deserialize)]
struct Form {
    /// `imported`, or nothing.
    r#as: Option<String>,
}

impl Form {
    fn as_imported(&self) -> bool {
        self.r#as.as_deref() == Some("imported")
    }
}

async fn accepted(
    State(service): State<Service>,
    Extension(visit): Extension<Arc<dyn Visit>>,
    Path((team, number)): Path<(String, i32)>,
    Query(form): Query<Form>,
) -> Result<Response, Problem> {
    let text = service.accepted_text(&visit.signed_in()?, &team, number, form.as_imported()).await?;
    Ok(file(&format!("D-{number}.md"), text))
}

async fn live(
    State(service): State<Service>,
    Extension(visit): Extension<Arc<dyn Visit>>,
    Path((team, number, proposal)): Path<(String, i32, i32)>,
    Query(form): Query<Form>,
) -> Result<Response, Problem> {
    let caller = visit.signed_in()?;
    let page = service.proposal(&caller, &team, number, proposal).await?;
    let text = service.text(&caller, page.id, form.as_imported()).await?;
    Ok(file(&format!("D-{number} P-{proposal}.md"), text))
}

/// A download; its name is made of numbers only, so it needs no quoting.
fn file(name: &str, text: Vec<u8>) -> Response {
    let headers =
        [(CONTENT_TYPE, "text/markdown; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""))];
    (headers, text).into_response()
}
