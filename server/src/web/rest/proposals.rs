//! `/proposals/{id}`: the live text and what carries it to its merge.

use app::backend::Proposals;
use app::model::ids::ProposalId;
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
use super::text::Markdown;
use crate::service::Service;
use crate::web::credential::Bearer;
use crate::web::state::Doors;

/// This noun's addresses.
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(live_text)).routes(routes!(close_proposal)).routes(routes!(send_for_review)).routes(routes!(merge))
}

/// A change to propose.
#[derive(Deserialize, ToSchema)]
pub(super) struct NewProposal {
    /// What it would change.
    pub title: String,
    /// Why.
    #[serde(default)]
    pub why: String,
}

/// Why a proposal is given up.
#[derive(Deserialize, ToSchema)]
struct Closing {
    /// Shown on its page.
    reason: String,
}

/// Whom to ask.
#[derive(Deserialize, ToSchema)]
struct Sending {
    /// E-mail addresses of members, or `@group`.
    #[serde(default)]
    reviewers: Vec<String>,
}

/// A revision, by number.
#[derive(Serialize, Deserialize, ToSchema)]
struct RevisionRef {
    /// From 1.
    revision: i32,
}

/// What a merge made.
#[derive(Serialize, ToSchema)]
struct MergedVersion {
    /// The design's accepted version now.
    version: i32,
}

/// The live text, byte for byte, with everything received so far committed.
#[utoipa::path(
    get, path = "/proposals/{id}/text", tag = "proposals",
    params(("id" = Uuid, Path, description = "The proposal's id")),
    responses(
        (status = 200, description = "UTF-8, line endings LF", body = String, content_type = "text/markdown"),
        OfReading,
    ),
)]
async fn live_text(State(service): State<Service>, Bearer(caller): Bearer, Path(id): Path<Uuid>) -> Result<Markdown, Problem> {
    Ok(Markdown(service.text(&caller, ProposalId(id), false).await?))
}

/// Give a proposal up.
#[utoipa::path(
    post, path = "/proposals/{id}/close", tag = "proposals",
    params(("id" = Uuid, Path, description = "The proposal's id")),
    request_body = Closing,
    responses(
        (status = 204, description = "Closed"),
        (status = 409, description = "`not-open`: it is merged or closed already; `archived`",
            body = ProblemDetails, content_type = "application/problem+json"),
        OfChanging,
    ),
)]
async fn close_proposal(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(id): Path<Uuid>,
    Json(closing): Json<Closing>,
) -> Result<StatusCode, Problem> {
    service.close_proposal(&caller, ProposalId(id), &closing.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Send for review: freeze a revision and ask reviewers. Unchanged text answers the revision there is.
#[utoipa::path(
    post, path = "/proposals/{id}/revisions", tag = "proposals",
    params(("id" = Uuid, Path, description = "The proposal's id")),
    request_body = Sending,
    responses(
        (status = 200, description = "The revision, new or as it was", body = RevisionRef),
        (status = 409, description = "`not-open`; `base-moved`: an accepted version is arriving, send it again; `archived`",
            body = ProblemDetails, content_type = "application/problem+json"),
        OfChanging,
    ),
)]
async fn send_for_review(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(id): Path<Uuid>,
    Json(sending): Json<Sending>,
) -> Result<Json<RevisionRef>, Problem> {
    let proposal = ProposalId(id);
    let reviewers = service.find_reviewers(&caller, proposal, sending.reviewers).await?;
    let revision = service.send_for_review(&caller, proposal, reviewers).await?;
    Ok(Json(RevisionRef { revision }))
}

/// Merge a revision. 409 says what stands in the way.
#[utoipa::path(
    post, path = "/proposals/{id}/merge", tag = "proposals",
    params(("id" = Uuid, Path, description = "The proposal's id")),
    request_body = RevisionRef,
    responses(
        (status = 200, description = "Merged", body = MergedVersion),
        (status = 409, description = "`not-in-review`, `not-newest-revision`, `base-moved`, `text-moved-on`, `gate-not-met`, `archived`",
            body = ProblemDetails, content_type = "application/problem+json"),
        OfChanging,
    ),
)]
async fn merge(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(id): Path<Uuid>,
    Json(merge): Json<RevisionRef>,
) -> Result<Json<MergedVersion>, Problem> {
    let merged = service.merge(&caller, ProposalId(id), merge.revision).await?;
    Ok(Json(MergedVersion { version: merged.version }))
}
