//! Links by which people join a team.

use app::model::account::Welcome;
use app::model::ids::{AccountId, InvitationId, TeamId};
use app::model::role::Role;
use app::model::team::Invitation;
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::access::role;

/// A link to keep.
#[derive(Clone, Debug)]
pub struct NewInvitation<'a> {
    /// Its id, for revoking it.
    pub id: InvitationId,
    /// The team it leads into.
    pub team: TeamId,
    /// SHA-256 of its secret.
    pub token_hash: &'a [u8],
    /// For whom, when said.
    pub email: Option<&'a str>,
    /// The role it gives.
    pub role: Role,
    /// Who made it.
    pub invited_by: AccountId,
    /// When.
    pub created_at: OffsetDateTime,
    /// When it stops working.
    pub expires_at: OffsetDateTime,
}

/// Links of one team that work at a time: what an admin can look through before revoking one.
const MOST: i64 = 100;

/// Keeps a link; false: the team has 100 that work.
pub async fn insert(db: impl PgExecutor<'_>, invitation: NewInvitation<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into invitations (id, team, token_hash, email, role, invited_by, created_at, expires_at)
        select $1, $2, $3, $4, $5, $6, $7, $8
        where (
            select count(*) from invitations where team = $2 and used_at is null and revoked_at is null and expires_at > $7
        ) < $9
        "#,
        invitation.id.0,
        invitation.team.0,
        invitation.token_hash,
        invitation.email,
        invitation.role.as_str(),
        invitation.invited_by.0,
        invitation.created_at,
        invitation.expires_at,
        MOST,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// What a usable link's page shows.
pub async fn welcome(db: impl PgExecutor<'_>, token_hash: &[u8], now: OffsetDateTime) -> sqlx::Result<Option<Welcome>> {
    let row = sqlx::query!(
        r#"
        select teams.name as team, invitations.role, accounts.name as by, invitations.email
        from invitations
        join teams on teams.id = invitations.team
        join accounts on accounts.id = invitations.invited_by
        where token_hash = $1 and used_at is null and revoked_at is null and expires_at > $2
        "#,
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok(Welcome { team: row.team, role: role(&row.role)?, by: row.by, email: row.email })).transpose()
}

/// Uses a link up; the team and role it gives. One statement, so that of two who use it at once one fails.
pub async fn take(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    account: AccountId,
    now: OffsetDateTime,
) -> sqlx::Result<Option<(TeamId, Role)>> {
    let row = sqlx::query!(
        r#"
        update invitations set used_at = $3, used_by = $2
        where token_hash = $1 and used_at is null and revoked_at is null and expires_at > $3
        returning team, role
        "#,
        token_hash,
        account.0,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| Ok((TeamId(row.team), role(&row.role)?))).transpose()
}

/// A team's usable links, newest first.
pub async fn of_team(db: impl PgExecutor<'_>, team: TeamId, now: OffsetDateTime) -> sqlx::Result<Vec<Invitation>> {
    let rows = sqlx::query!(
        r#"
        select invitations.id, invitations.email, invitations.role, accounts.name as by, invitations.expires_at
        from invitations
        join accounts on accounts.id = invitations.invited_by
        where team = $1 and used_at is null and revoked_at is null and expires_at > $2
        order by invitations.created_at desc, invitations.id desc
        "#,
        team.0,
        now,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Invitation { id: InvitationId(row.id), email: row.email, role: role(&row.role)?, by: row.by, expires: row.expires_at })
        })
        .collect()
}

/// Makes a team's link unusable; false: it has no such link, or it was used.
pub async fn revoke(db: impl PgExecutor<'_>, team: TeamId, id: InvitationId, now: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update invitations set revoked_at = coalesce(revoked_at, $3) where team = $1 and id = $2 and used_at is null",
        team.0,
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes unusable whatever links somebody made for a team that they no longer administer.
pub async fn revoke_made_by(db: impl PgExecutor<'_>, team: TeamId, account: AccountId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "update invitations set revoked_at = $3 where team = $1 and invited_by = $2 and used_at is null and revoked_at is null",
        team.0,
        account.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
