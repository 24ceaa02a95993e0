//! REST for programs: `/api/v1`, described by an OpenAPI document that is generated from the handlers.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use axum::{Json, Router, routing::get};
use http::StatusCode;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use super::error::not_found;
use super::state::Doors;
pub use pictures::PictureAdded;
use problem::Problem;

mod designs;
pub mod extract;
mod me;
mod pictures;
pub mod problem;
mod proposals;
mod refusals;
mod reviews;
mod text;
mod word;

/// What is said about the whole.
#[derive(OpenApi)]
#[openapi(
    info(title = "Quorum", description = "Design documents, reviewed. Errors are RFC 9457 problem details with a stable `code`."),
    components(schemas(problem::ProblemDetails)),
    modifiers(&Tokens),
    security(("token" = [])),
)]
struct Description;

/// Tokens as OpenAPI describes them.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        openapi.components.get_or_insert_default().add_security_scheme("token", scheme);
    }
}

/// Every noun, under `/api/v1`.
fn nouns() -> OpenApiRouter<Doors> {
    OpenApiRouter::new()
        .merge(me::routes())
        .merge(designs::routes())
        .merge(proposals::routes())
        .merge(reviews::routes())
        .merge(pictures::routes())
}

/// All of them, with what they say of themselves.
fn described() -> OpenApiRouter<Doors> {
    OpenApiRouter::with_openapi(Description::openapi()).nest("/api/v1", nouns())
}

/// The contract with programs: what `/api/v1/openapi.json` answers.
pub fn description() -> utoipa::openapi::OpenApi {
    described().into_openapi()
}

/// The addresses and their description.
pub fn routes() -> Router<Doors> {
    let (router, description) = described().split_for_parts();
    let description = Arc::new(description);
    router
        .route("/api/v1/openapi.json", get(move || async move { Json(description.as_ref().clone()) }))
        .route("/api/{*unknown}", axum::routing::any(not_found))
        .method_not_allowed_fallback(wrong_method)
}

/// The address exists, but not for this method.
async fn wrong_method() -> Response {
    Problem::of_http(StatusCode::METHOD_NOT_ALLOWED, "method-not-allowed", "This address does not take this method.").into_response()
}
