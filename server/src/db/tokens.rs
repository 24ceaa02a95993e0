//! Bearer tokens of programs.

use app::model::account::Caller;
use app::model::ids::{AccountId, TeamId, TokenId};
use app::model::token::{Scope, Token};
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// A token to keep.
#[derive(Clone, Debug)]
pub struct TokenRow<'a> {
    /// Its id, for revoking it.
    pub id: TokenId,
    /// Whom it speaks for.
    pub account: AccountId,
    /// The team it works in.
    pub team: TeamId,
    /// What its owner calls it.
    pub name: &'a str,
    /// SHA-256 of the secret.
    pub token_hash: &'a [u8],
    /// The secret's first characters.
    pub hint: &'a str,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it stops working.
    pub expires_at: Option<OffsetDateTime>,
}

/// Tokens of one account that work at a time: what somebody can look through before revoking one.
const MOST: i64 = 100;

/// Keeps a token; false: the account has 100 that work.
pub async fn insert(db: impl PgExecutor<'_>, token: TokenRow<'_>) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        r#"
        insert into tokens (id, account, team, name, token_hash, hint, scope, created_at, expires_at)
        select $1, $2, $3, $4, $5, $6, $7, $8, $9
        where (
            select count(*) from tokens where account = $2 and revoked_at is null and (expires_at is null or expires_at > $8)
        ) < $10
        "#,
        token.id.0,
        token.account.0,
        token.team.0,
        token.name,
        token.token_hash,
        token.hint,
        token.scope.as_str(),
        token.created_at,
        token.expires_at,
        MOST,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Who a token speaks for, and when it was last used. None: unknown, revoked, expired, its account suspended or no longer in the team.
pub async fn caller(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    now: OffsetDateTime,
) -> sqlx::Result<Option<(Caller, Option<OffsetDateTime>)>> {
    let row = sqlx::query!(
        r#"
        select accounts.id, accounts.name, accounts.email, accounts.operator, tokens.team, tokens.scope, tokens.used_at
        from tokens
        join accounts on accounts.id = tokens.account and accounts.suspended_at is null
        join members on members.team = tokens.team and members.account = tokens.account
        where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
        "#,
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let token = Some((TeamId(row.team), scope(&row.scope)?));
        let caller = Caller { account: AccountId(row.id), name: row.name, email: row.email, operator: row.operator, token };
        Ok((caller, row.used_at))
    })
    .transpose()
}

/// Notes that a token was used.
pub async fn touch(db: impl PgExecutor<'_>, token_hash: &[u8], now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update tokens set used_at = $2 where token_hash = $1", token_hash, now).execute(db).await?;
    Ok(())
}

/// An account's tokens that still work, newest first.
pub async fn of_account(db: impl PgExecutor<'_>, account: AccountId, now: OffsetDateTime) -> sqlx::Result<Vec<Token>> {
    let rows = sqlx::query!(
        r#"
        select tokens.id, tokens.name, hint, teams.slug, scope, tokens.created_at, expires_at, used_at
        from tokens
        join teams on teams.id = tokens.team
        where account = $1 and revoked_at is null and (expires_at is null or expires_at > $2)
        order by tokens.created_at desc, tokens.id desc
        "#,
        account.0,
        now,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Token {
                id: TokenId(row.id),
                name: row.name,
                hint: row.hint,
                team: row.slug,
                scope: scope(&row.scope)?,
                created: row.created_at,
                expires: row.expires_at,
                used: row.used_at,
            })
        })
        .collect()
}

/// Makes one of an account's tokens unusable; false: it has no such token.
pub async fn revoke(db: impl PgExecutor<'_>, account: AccountId, token: TokenId, now: OffsetDateTime) -> sqlx::Result<bool> {
    let done =
        sqlx::query!("update tokens set revoked_at = coalesce(revoked_at, $3) where account = $1 and id = $2", account.0, token.0, now,)
            .execute(db)
            .await?;
    Ok(done.rows_affected() == 1)
}

/// Makes all of an account's tokens for a team unusable: they must not come back to life when it joins again.
pub async fn revoke_in_team(db: impl PgExecutor<'_>, team: TeamId, account: AccountId, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update tokens set revoked_at = $3 where team = $1 and account = $2 and revoked_at is null", team.0, account.0, now)
        .execute(db)
        .await?;
    Ok(())
}

/// A word of the `scope` column; the schema allows no other.
fn scope(word: &str) -> sqlx::Result<Scope> {
    word.parse().map_err(|reason: String| sqlx::Error::Decode(reason.into()))
}
