//! Pictures as pages bring and show them: `/teams/{team}/pictures` takes one, `/pictures/{name}` is where texts have it.

use std::sync::Arc;

use app::backend::{Pictures, Visit};
use app::error::AppError;
use app::model::picture::PictureName;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use data_encoding::HEXLOWER;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH};
use http::{HeaderMap, StatusCode};

use super::error::Problem;
use super::rest::PictureAdded;
use super::state::Doors;
use crate::pictures::Refusal;
use crate::service::Service;

/// Opened by itself, a picture is a picture: it loads nothing, runs nothing and belongs to no page of ours.
const ALONE: &str = "sandbox; default-src 'none'";
/// A name never means another picture. A day, not a year: what a browser has, it shows without asking whoever sits before it.
const CACHE: &str = "private, max-age=86400, immutable";
/// Other sites' pages may not show it, whatever cookies browsers send along.
const OURS: (HeaderName, &str) = (HeaderName::from_static("cross-origin-resource-policy"), "same-origin");

/// Both addresses.
pub fn routes() -> Router<Doors> {
    Router::new().route("/teams/{team}/pictures", post(add)).route("/pictures/{name}", get(show))
}

async fn add(
    State(service): State<Service>,
    Extension(visit): Extension<Arc<dyn Visit>>,
    Path(team): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<PictureAdded>), Problem> {
    let name = service.add_picture(&visit.signed_in()?, &team, whole(body)?).await?;
    Ok((StatusCode::CREATED, Json(PictureAdded::from(&name))))
}

async fn show(
    State(service): State<Service>,
    Extension(visit): Extension<Arc<dyn Visit>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (name, bytes) = service.picture(&visit.signed_in()?, &name).await?;
    Ok(answer(&name, bytes, &headers))
}

/// The body of a request, unless more came than was announced.
pub fn whole(body: Result<Bytes, BytesRejection>) -> Result<Vec<u8>, AppError> {
    Ok(body.map_err(|_| AppError::TooLarge(Refusal::TooLarge.to_string()))?.into())
}

/// A picture, or that the browser has it already. Its type is that of our own encoding, and nothing else is guessed at (`nosniff`, as everywhere).
pub fn answer(name: &PictureName, bytes: Vec<u8>, asked: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", HEXLOWER.encode(&name.hash));
    let known = asked.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let headers =
        [(CONTENT_TYPE, name.format.media_type()), (CONTENT_SECURITY_POLICY, ALONE), (CACHE_CONTROL, CACHE), (ETAG, etag.as_str()), OURS];
    if known { (StatusCode::NOT_MODIFIED, headers).into_response() } else { (headers, bytes).into_response() }
}
