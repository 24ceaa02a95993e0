//! `/proposals/{id}/reviews` and `/gate`.

use app::backend::Reviews;
use app::error::AppError;
use app::model::gate::Gate;
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::extract::{Json, Path};
use super::problem::{Problem, ProblemDetails};
use super::refusals::{OfChanging, OfReading};
use crate::service::Service;
use crate::web::credential::Bearer;
use crate::web::state::Doors;

/// This noun's addresses.
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(submit_review)).routes(routes!(get_gate))
}

/// A review to publish.
#[derive(Deserialize, ToSchema)]
struct NewReview {
    /// On which revision.
    revision: i32,
    /// `approve`, `request_changes` or `comment`.
    verdict: String,
    /// Markdown, at most 20,000 characters.
    #[serde(default)]
    summary: String,
}

/// A review just published.
#[derive(Serialize, ToSchema)]
struct ReviewRef {
    /// Its id.
    id: Uuid,
}

/// The gate of a proposal.
#[derive(Serialize, ToSchema)]
struct GateState {
    /// Everything is met.
    met: bool,
    /// In the order people read them.
    requirements: Vec<RequirementState>,
}

/// One requirement.
#[derive(Serialize, ToSchema)]
struct RequirementState {
    /// `in_review`, `approved`, `no_changes_requested`, `no_blocking_thread`, `text_as_revised` or `base_current`.
    #[schema(value_type = String)]
    name: app::model::gate::RequirementName,
    /// Whether it is met.
    met: bool,
    /// Why it is met or not.
    why: String,
    /// Who can meet it; empty when met.
    who: String,
}

impl From<Gate> for GateState {
    fn from(gate: Gate) -> Self {
        let met = gate.met();
        let requirements =
            gate.requirements.into_iter().map(|line| RequirementState { name: line.name, met: line.met, why: line.why, who: line.who });
        Self { met, requirements: requirements.collect() }
    }
}

/// Publish a verdict on a revision.
#[utoipa::path(
    post, path = "/proposals/{id}/reviews", tag = "reviews",
    params(("id" = Uuid, Path, description = "The proposal's id")),
    request_body = NewReview,
    responses(
        (status = 201, description = "Published", body = ReviewRef),
        (status = 409, description = "`not-open`; `too-many-reviews`; `archived`",
            body = ProblemDetails, content_type = "application/problem+json"),
        OfChanging,
    ),
)]
async fn submit_review(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(id): Path<Uuid>,
    Json(new): Json<NewReview>,
) -> Result<(StatusCode, Json<ReviewRef>), Problem> {
    let verdict: Verdict = new.verdict.parse().map_err(|reason: String| AppError::invalid("verdict", reason))?;
    let id = service.submit_review(&caller, ProposalId(id), new.revision, verdict, &new.summary).await?;
    Ok((StatusCode::CREATED, Json(ReviewRef { id: id.0 })))
}

/// What must be met to merge, and what is.
#[utoipa::path(
    get, path = "/proposals/{id}/gate", tag = "reviews",
    params(("id" = Uuid, Path, description = "The proposal's id")),
    responses(
        (status = 200, description = "Each requirement, met or not", body = GateState),
        OfReading,
    ),
)]
async fn get_gate(State(service): State<Service>, Bearer(caller): Bearer, Path(id): Path<Uuid>) -> Result<Json<GateState>, Problem> {
    Ok(Json(service.gate(&caller, ProposalId(id)).await?.into()))
}
