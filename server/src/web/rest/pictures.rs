//! Pictures: brought to a team, and seen by it.

use app::backend::Pictures;
use app::model::picture::PictureName;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::{Problem, ProblemDetails};
use super::refusals::{OfBringing, OfReading};
use crate::service::Service;
use crate::web::credential::Bearer;
use crate::web::pictures::{answer, whole};
use crate::web::state::Doors;

/// This noun's addresses.
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(add_picture)).routes(routes!(get_picture))
}

/// A picture that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct PictureAdded {
    /// Where it is, as texts show it: `![What it shows](/pictures/…)`.
    address: String,
    /// In pixels.
    width: u32,
    /// In pixels.
    height: u32,
}

impl From<&PictureName> for PictureAdded {
    fn from(name: &PictureName) -> Self {
        Self { address: name.address(), width: name.width, height: name.height }
    }
}

/// Bring a picture, which the team's texts may then show.
#[utoipa::path(
    post, path = "/teams/{slug}/pictures", tag = "pictures",
    params(("slug" = String, Path, description = "The team's name in links")),
    request_body(
        content = Vec<u8>, content_type = "application/octet-stream",
        description = "A PNG, JPEG, GIF or WebP of at most 5 MB and 25 million pixels, whatever type is declared. It is written anew: photographs as \
            JPEG, GIFs as GIF, everything else as PNG, the right way up, without anything that is not to be seen. What moves must be a GIF",
    ),
    responses(
        (status = 201, description = "It is kept; the same picture has the same address", body = PictureAdded),
        (status = 409, description = "`no-room`: the team's pictures have the megabytes that they may have",
            body = ProblemDetails, content_type = "application/problem+json"),
        OfBringing,
    ),
)]
async fn add_picture(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(slug): Path<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<PictureAdded>), Problem> {
    let name = service.add_picture(&caller, &slug, whole(body)?).await?;
    Ok((StatusCode::CREATED, Json(PictureAdded::from(&name))))
}

/// A picture that a text shows: its address there, behind `/api/v1`.
#[utoipa::path(
    get, path = "/pictures/{name}", tag = "pictures",
    params(("name" = String, Path, description = "As it stands in the text, without `/pictures/`")),
    responses(
        (status = 200, description = "Its bytes; `image/jpeg` and `image/gif` are possible as well", body = Vec<u8>, content_type = "image/png"),
        OfReading,
    ),
)]
async fn get_picture(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (name, bytes) = service.picture(&caller, &name).await?;
    Ok(answer(&name, bytes, &headers))
}
