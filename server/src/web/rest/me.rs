//! Who a token speaks for: what a program asks first. The pattern for every other noun of REST.

use app::backend::Accounts;
use app::model::account::{Caller, Membership};
use app::model::token::Scope;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::problem::Problem;
use super::refusals::OfAsking;
use crate::service::Service;
use crate::web::credential::Bearer;
use crate::web::state::Doors;

/// This noun's addresses.
pub fn routes() -> OpenApiRouter<Doors> {
    OpenApiRouter::new().routes(routes!(get_me))
}

/// Who a token speaks for, and where.
#[derive(Debug, Serialize, ToSchema)]
struct Speaker {
    /// The account's name.
    name: String,
    /// The account's e-mail address.
    email: String,
    /// The team that the token works in, by its name in links.
    #[schema(example = "payments")]
    team: String,
    /// Whether devices may keep copies of the team's texts. A program that keeps some should not where this is false.
    device_copies: bool,
    /// The account's role there.
    #[schema(example = "editor")]
    role: &'static str,
    /// What the token may do.
    #[schema(example = "write")]
    scope: &'static str,
}

/// Who the token speaks for
#[utoipa::path(
    get, path = "/me", tag = "token",
    responses((status = 200, description = "Its account, team and scope", body = Speaker), OfAsking),
)]
async fn get_me(State(service): State<Service>, Bearer(caller): Bearer) -> Result<Json<Speaker>, Problem> {
    let me = service.me(&caller).await?;
    Ok(Json(speaker(&caller, &me.teams)))
}

/// The wire's type of the model's; a token's account is in its team, or the token would not have been accepted.
fn speaker(caller: &Caller, teams: &[Membership]) -> Speaker {
    let bound = caller.token.map(|(team, _)| team);
    let team = teams.iter().find(|membership| Some(membership.team) == bound);
    Speaker {
        name: caller.name.clone(),
        email: caller.email.clone(),
        team: team.map(|team| team.slug.clone()).unwrap_or_default(),
        // Where nothing is known, nothing is allowed.
        device_copies: team.is_some_and(|team| team.device_copies),
        role: team.map(|team| team.role.as_str()).unwrap_or_default(),
        scope: caller.token.map_or(Scope::Read, |(_, scope)| scope).as_str(),
    }
}
