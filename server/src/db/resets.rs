//! Links that set a new password: single use, short-lived, stored as hashes.

use app::model::ids::AccountId;
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// Keeps a link's hash; links made before for the same account stop working.
pub async fn insert(
    db: impl PgExecutor<'_>,
    token_hash: &[u8],
    account: AccountId,
    now: OffsetDateTime,
    expires: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        with older as (delete from password_resets where account = $2)
        insert into password_resets (token_hash, account, created_at, expires_at) values ($1, $2, $3, $4)
        "#,
        token_hash,
        account.0,
        now,
        expires,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whose password a link sets; none when it cannot be used (any more).
pub async fn account_of(db: impl PgExecutor<'_>, token_hash: &[u8], now: OffsetDateTime) -> sqlx::Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        "select account from password_resets where token_hash = $1 and used_at is null and expires_at > $2",
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(AccountId))
}

/// Uses a link up. One statement, so that of two who use it at once one fails.
pub async fn take(db: impl PgExecutor<'_>, token_hash: &[u8], now: OffsetDateTime) -> sqlx::Result<Option<AccountId>> {
    let id = sqlx::query_scalar!(
        r#"
        update password_resets set used_at = $2
        where token_hash = $1 and used_at is null and expires_at > $2
        returning account
        "#,
        token_hash,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(id.map(AccountId))
}
