//! `/teams/{slug}/designs`: a team's designs, as programs list, make and read them.

use app::backend::{Designs, Import};
use app::error::AppError;
use app::model::design::{DesignFilter, DesignLine};
use app::model::page::Page;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::extract::{Json, Path, Query};
use super::problem::{Problem, ProblemDetails};
use super::proposals::NewProposal;
use super::refusals::{OfChanging, OfListing, OfReading};
use super::text::Markdown;
use super::word::word;
use crate::service::Service;
use crate::web::credential::Bearer;
use crate::web::state::Doors;

/// This noun's addresses.
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(list_designs, create_design)).routes(routes!(accepted_text)).routes(routes!(propose))
}

/// A design to make.
#[derive(Deserialize, ToSchema)]
struct NewDesign {
    /// Empty or absent: the front matter's `title`, else the first heading.
    #[serde(default)]
    title: String,
    /// At most 5 MB, without U+0000. Line endings become LF and are remembered for export.
    markdown: String,
}

/// A design just made.
#[derive(Serialize, ToSchema)]
struct CreatedDesign {
    /// D-12.
    number: i32,
    /// Its first proposal, where the text is live.
    proposal: ProposalRef,
}

/// A proposal, by id and by number.
#[derive(Serialize, ToSchema)]
pub(super) struct ProposalRef {
    /// Also the name of its socket, `/sync/{id}`.
    pub id: Uuid,
    /// P-1 of its design.
    pub number: i32,
}

/// What to list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Words to find in titles and texts; the last may be unfinished.
    #[serde(default)]
    search: String,
    /// proposed, accepted, implemented, superseded or withdrawn.
    state: Option<String>,
    /// State of the newest open proposal: `draft` or `in_review`.
    proposal: Option<String>,
    /// Only those the token's account owns.
    #[serde(default)]
    mine: bool,
    /// Archived ones instead of the others.
    #[serde(default)]
    archived: bool,
    /// The `next` of the page before.
    after: Option<String>,
}

/// One page of designs.
#[derive(Serialize, ToSchema)]
struct DesignList {
    /// Last changed first; best match first when searching.
    items: Vec<DesignItem>,
    /// Give it as `after` for the next page; null: this was the last.
    next: Option<String>,
}

/// One design of a list.
#[derive(Serialize, ToSchema)]
struct DesignItem {
    /// D-12.
    number: i32,
    /// Its title.
    title: String,
    /// proposed, accepted, implemented, superseded or withdrawn.
    state: &'static str,
    /// Its owner's name.
    owner: String,
    /// Threads that are open.
    open_threads: u32,
    /// Hidden from lists.
    archived: bool,
    /// Last change.
    #[serde(with = "time::serde::rfc3339")]
    changed: OffsetDateTime,
}

impl From<Page<DesignLine>> for DesignList {
    fn from(page: Page<DesignLine>) -> Self {
        let items = page.items.into_iter().map(|line| DesignItem {
            number: line.number,
            title: line.title,
            state: line.state.as_str(),
            owner: line.owner.name,
            open_threads: line.open_threads,
            archived: line.archived,
            changed: line.changed,
        });
        Self { items: items.collect(), next: page.next }
    }
}

/// List a team's designs, 50 a page.
#[utoipa::path(
    get, path = "/teams/{slug}/designs", tag = "designs",
    params(("slug" = String, Path, description = "The team's name in links"), ListQuery),
    responses(
        (status = 200, description = "One page", body = DesignList),
        OfListing,
    ),
)]
async fn list_designs(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(slug): Path<String>,
    Query(query): Query<ListQuery>,
) -> Result<Json<DesignList>, Problem> {
    let filter = DesignFilter {
        search: query.search,
        state: word("state", query.state.as_deref())?,
        proposal: word("proposal", query.proposal.as_deref())?,
        mine: query.mine,
        archived: query.archived,
        after: query.after,
    };
    Ok(Json(service.list_designs(&caller, &slug, filter).await?.into()))
}

/// Make a design of a Markdown text. It starts as a proposal.
#[utoipa::path(
    post, path = "/teams/{slug}/designs", tag = "designs",
    params(("slug" = String, Path, description = "The team's name in links")),
    request_body = NewDesign,
    responses(
        (status = 201, description = "The design and its first proposal", body = CreatedDesign),
        OfChanging,
    ),
)]
async fn create_design(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path(slug): Path<String>,
    Json(new): Json<NewDesign>,
) -> Result<(StatusCode, Json<CreatedDesign>), Problem> {
    let import = Import { title: new.title, markdown: new.markdown.into_bytes() };
    let made = service.import_design(&caller, &slug, import).await?;
    let proposal = ProposalRef { id: made.proposal.0, number: made.proposal_number };
    Ok((StatusCode::CREATED, Json(CreatedDesign { number: made.number, proposal })))
}

/// The accepted text, byte for byte.
#[utoipa::path(
    get, path = "/teams/{slug}/designs/{number}/text", tag = "designs",
    params(("slug" = String, Path, description = "The team's name in links"), ("number" = i32, Path, description = "D-12 is 12")),
    responses(
        (status = 200, description = "UTF-8, line endings LF", body = String, content_type = "text/markdown"),
        OfReading,
        (status = 404, description = "`not-accepted-yet` until the first merge, or `not-found` as everywhere",
            body = ProblemDetails, content_type = "application/problem+json"),
    ),
)]
async fn accepted_text(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path((slug, number)): Path<(String, i32)>,
) -> Result<Markdown, Problem> {
    if service.design(&caller, &slug, number).await?.version == 0 {
        let error = AppError::NotFound("Nothing of this design was accepted yet. Its live text is at /api/v1/proposals/{id}/text.".into());
        return Err(Problem::coded(error, "not-accepted-yet"));
    }
    Ok(Markdown(service.accepted_text(&caller, &slug, number, false).await?))
}

/// Open a proposal to change an accepted design.
#[utoipa::path(
    post, path = "/teams/{slug}/designs/{number}/proposals", tag = "designs",
    params(("slug" = String, Path, description = "The team's name in links"), ("number" = i32, Path, description = "D-12 is 12")),
    request_body = NewProposal,
    responses(
        (status = 201, description = "The proposal, forked from the accepted text", body = ProposalRef),
        (status = 409, description = "`not-accepted-yet`: its first proposal is the one to write in; `archived`",
            body = ProblemDetails, content_type = "application/problem+json"),
        OfChanging,
    ),
)]
async fn propose(
    State(service): State<Service>,
    Bearer(caller): Bearer,
    Path((slug, number)): Path<(String, i32)>,
    Json(new): Json<NewProposal>,
) -> Result<(StatusCode, Json<ProposalRef>), Problem> {
    let (id, number) = service.propose(&caller, &slug, number, &new.title, &new.why).await?;
    Ok((StatusCode::CREATED, Json(ProposalRef { id: id.0, number })))
}
