//! Which team something is in, and what an account may do there. A suspended account is a member of nothing.

use app::model::ids::{AccountId, DesignId, ProposalId, TeamId};
use app::model::role::Role;
use sqlx::PgExecutor;

/// The team of a slug and the account's role in it; none when not a member.
pub async fn team_by_slug(db: impl PgExecutor<'_>, slug: &str, account: AccountId) -> sqlx::Result<Option<(TeamId, Role)>> {
    let row = sqlx::query!(
        r#"
        select teams.id, members.role
        from teams
        join members on members.team = teams.id
        join accounts on accounts.id = members.account and accounts.suspended_at is null
        where teams.slug = $1 and members.account = $2
        "#,
        slug,
        account.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((TeamId(row.id), role(&row.role)?))).transpose()
}

/// The team of a proposal and the account's role in it; none when not a member.
pub async fn team_of_proposal(db: impl PgExecutor<'_>, proposal: ProposalId, account: AccountId) -> sqlx::Result<Option<(TeamId, Role)>> {
    let row = sqlx::query!(
        r#"
        select designs.team, members.role
        from proposals
        join designs on designs.id = proposals.design
        join members on members.team = designs.team
        join accounts on accounts.id = members.account and accounts.suspended_at is null
        where proposals.id = $1 and members.account = $2
        "#,
        proposal.0,
        account.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((TeamId(row.team), role(&row.role)?))).transpose()
}

/// The teams an account is in.
pub async fn teams_of(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<Vec<TeamId>> {
    let ids = sqlx::query_scalar!(
        "
        select members.team
        from members
        join accounts on accounts.id = members.account and accounts.suspended_at is null
        where members.account = $1
        ",
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(TeamId).collect())
}

/// The design of a number in a team.
pub async fn design_by_number(db: impl PgExecutor<'_>, team: TeamId, number: i32) -> sqlx::Result<Option<DesignId>> {
    let id = sqlx::query_scalar!("select id from designs where team = $1 and number = $2", team.0, number).fetch_optional(db).await?;
    Ok(id.map(DesignId))
}

/// A word of the `role` columns; the schema allows no other.
pub fn role(word: &str) -> sqlx::Result<Role> {
    word.parse().map_err(|reason: String| sqlx::Error::Decode(reason.into()))
}
