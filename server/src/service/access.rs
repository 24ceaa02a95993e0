//! What a caller may do: asked of the database at every use, so that a removal counts at once.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{DesignId, ProposalId, TeamId};
use app::model::role::{Act, Role};
use app::model::token::Scope;
use sqlx::PgExecutor;

use super::Service;
use super::fault::Shown;
use crate::db;

/// A design of a team that the caller may do something with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InTeam {
    /// The team.
    pub team: TeamId,
    /// The caller's role there.
    pub role: Role,
}

impl Service {
    /// The team of that slug, when the caller is a member and may `act`. Other people's teams do not exist (404).
    pub(crate) async fn in_team(&self, caller: &Caller, slug: &str, act: Act) -> Result<InTeam> {
        let found = db::access::team_by_slug(&self.db, slug, caller.account).await.shown()?;
        allow(caller, found, act, "team")
    }

    /// The team of a proposal, when the caller may `act` there.
    pub(crate) async fn in_proposal(&self, caller: &Caller, proposal: ProposalId, act: Act) -> Result<InTeam> {
        in_proposal(&self.db, caller, proposal, act).await
    }

    /// The design of that number in a team, when the caller may `act` there.
    pub(crate) async fn in_design(&self, caller: &Caller, slug: &str, number: i32, act: Act) -> Result<(InTeam, DesignId)> {
        let in_team = self.in_team(caller, slug, act).await?;
        let design = db::access::design_by_number(&self.db, in_team.team, number).await.shown()?;
        Ok((in_team, design.ok_or_else(|| AppError::not_found("design"))?))
    }
}

/// As [`Service::in_proposal`], asked on a connection: a use case that waits for a lock asks again under it, for the role may have gone.
pub(crate) async fn in_proposal(db: impl PgExecutor<'_>, caller: &Caller, proposal: ProposalId, act: Act) -> Result<InTeam> {
    let found = db::access::team_of_proposal(db, proposal, caller.account).await.shown()?;
    allow(caller, found, act, "proposal")
}

/// Checks role and, for programs, the token's team and scope. What is another team's reads as if it did not exist.
fn allow(caller: &Caller, found: Option<(TeamId, Role)>, act: Act, what: &str) -> Result<InTeam> {
    let bound = caller.token.map(|(bound, _)| bound);
    let (team, role) = found.filter(|(team, _)| bound.is_none_or(|bound| bound == *team)).ok_or_else(|| AppError::not_found(what))?;
    if caller.token.is_some_and(|(_, scope)| scope < Scope::Write) && act != Act::Read {
        return Err(AppError::Forbidden("This token may only read. Make one with the scope “write”.".into()));
    }
    if role.may(act) {
        return Ok(InTeam { team, role });
    }
    let needed = match act {
        Act::Read | Act::Discuss => "commenter",
        Act::Write => "editor",
        Act::Administer => "admin",
    };
    Err(AppError::Forbidden(format!("You are a {role} in this team; this needs the role {needed}. An admin of the team can change it.")))
}
