//! Teams and their members.

use app::error::AppError;
use app::model::ids::{AccountId, ProposalId, TeamId};
use app::model::role::Role;
use app::model::team::Member;
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::access::role;
use super::{DbError, OnConstraint};

/// A team without its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRow {
    /// Which.
    pub id: TeamId,
    /// Its name in links.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// Where a page of members begins: after this one, in the list's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterMember {
    /// Their name in lower case.
    pub name: String,
    /// Their account.
    pub account: AccountId,
}

/// Makes a team without members; `taken` is said when the slug is in use.
pub async fn insert(db: impl PgExecutor<'_>, team: &TeamRow, now: OffsetDateTime, taken: impl FnOnce() -> AppError) -> Result<(), DbError> {
    sqlx::query!("insert into teams (id, slug, name, created_at) values ($1, $2, $3, $4)", team.id.0, team.slug, team.name, now)
        .execute(db)
        .await
        .on_constraint("teams_slug_key", taken)?;
    Ok(())
}

/// The team of a slug, whoever asks: for the command line.
pub async fn by_slug(db: impl PgExecutor<'_>, slug: &str) -> sqlx::Result<Option<TeamRow>> {
    let row = sqlx::query!("select id, slug, name from teams where slug = $1", slug).fetch_optional(db).await?;
    Ok(row.map(|row| TeamRow { id: TeamId(row.id), slug: row.slug, name: row.name }))
}

/// One team.
pub async fn by_id(db: impl PgExecutor<'_>, team: TeamId) -> sqlx::Result<Option<TeamRow>> {
    let row = sqlx::query!("select id, slug, name from teams where id = $1", team.0).fetch_optional(db).await?;
    Ok(row.map(|row| TeamRow { id: TeamId(row.id), slug: row.slug, name: row.name }))
}

/// Whether devices may keep copies of a team's texts.
pub async fn device_copies(db: impl PgExecutor<'_>, team: TeamId) -> sqlx::Result<bool> {
    sqlx::query_scalar!("select device_copies from teams where id = $1", team.0).fetch_one(db).await
}

/// Lets devices keep copies of a team's texts, or not.
pub async fn set_device_copies(db: impl PgExecutor<'_>, team: TeamId, kept: bool) -> sqlx::Result<()> {
    sqlx::query!("update teams set device_copies = $2 where id = $1", team.0, kept).execute(db).await?;
    Ok(())
}

/// Lets nobody else change the team's members until this transaction ends: "the last admin" is a rule about several rows.
pub async fn lock_members(db: impl PgExecutor<'_>, team: TeamId) -> sqlx::Result<()> {
    sqlx::query!("select id from teams where id = $1 for no key update", team.0).fetch_one(db).await?;
    Ok(())
}

/// Adds a member; false: they are one already, and keep their role.
pub async fn add_member(db: impl PgExecutor<'_>, team: TeamId, account: AccountId, role: Role, now: OffsetDateTime) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "insert into members (team, account, role, joined_at) values ($1, $2, $3, $4) on conflict do nothing",
        team.0,
        account.0,
        role.as_str(),
        now,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A member's role; none when not a member.
pub async fn role_of(db: impl PgExecutor<'_>, team: TeamId, account: AccountId) -> sqlx::Result<Option<Role>> {
    let word =
        sqlx::query_scalar!("select role from members where team = $1 and account = $2", team.0, account.0).fetch_optional(db).await?;
    word.map(|word| role(&word)).transpose()
}

/// Whether a team has an admin other than this one who can sign in.
pub async fn has_other_admin(db: impl PgExecutor<'_>, team: TeamId, account: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select from members
            join accounts on accounts.id = members.account and accounts.suspended_at is null
            where members.team = $1 and members.account <> $2 and members.role = 'admin'
        ) as "other!"
        "#,
        team.0,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// Changes a member's role.
pub async fn set_role(db: impl PgExecutor<'_>, team: TeamId, account: AccountId, role: Role) -> sqlx::Result<()> {
    sqlx::query!("update members set role = $3 where team = $1 and account = $2", team.0, account.0, role.as_str()).execute(db).await?;
    Ok(())
}

/// Takes a member out.
pub async fn remove_member(db: impl PgExecutor<'_>, team: TeamId, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from members where team = $1 and account = $2", team.0, account.0).execute(db).await?;
    Ok(())
}

/// Lets an account's standing verdicts in a team lapse, on record; the proposals that lost one.
pub async fn lapse_reviews(
    db: impl PgExecutor<'_>,
    team: TeamId,
    account: AccountId,
    now: OffsetDateTime,
) -> sqlx::Result<Vec<ProposalId>> {
    let ids = sqlx::query_scalar!(
        r#"
        update reviews set lapsed_at = $3
        from proposals
        join designs on designs.id = proposals.design
        -- a merged proposal's votes are in its decision, for ever
        where reviews.proposal = proposals.id and designs.team = $1 and reviews.account = $2 and proposals.state <> 'merged'
            and reviews.lapsed_at is null and reviews.withdrawn_at is null and reviews.dismissed_at is null
        returning reviews.proposal
        "#,
        team.0,
        account.0,
        now,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ProposalId).collect())
}

/// A team's members by name, one more than `limit` when there are more.
pub async fn members(db: impl PgExecutor<'_>, team: TeamId, after: Option<&AfterMember>, limit: i64) -> sqlx::Result<Vec<Member>> {
    let rows = sqlx::query!(
        r#"
        select accounts.id, accounts.name, accounts.email, members.role, accounts.suspended_at is not null as "suspended!", members.joined_at
        from members
        join accounts on accounts.id = members.account
        where members.team = $1 and ($2::text is null or (lower(accounts.name), accounts.id) > ($2, $3))
        order by lower(accounts.name), accounts.id
        limit $4
        "#,
        team.0,
        after.map(|after| after.name.as_str()),
        after.map(|after| after.account.0),
        limit + 1,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Member {
                account: AccountId(row.id),
                name: row.name,
                email: row.email,
                role: role(&row.role)?,
                suspended: row.suspended,
                joined: row.joined_at,
            })
        })
        .collect()
}

/// Whether `member` is in a team that `admin` does not administer.
pub async fn in_others_team(db: impl PgExecutor<'_>, member: AccountId, admin: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"
        select exists (
            select from members
            where account = $1
                and not exists (select from members own where own.team = members.team and own.account = $2 and own.role = 'admin')
        ) as "elsewhere!"
        "#,
        member.0,
        admin.0,
    )
    .fetch_one(db)
    .await
}
