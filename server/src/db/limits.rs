//! Token buckets.

use sqlx::PgExecutor;
use time::OffsetDateTime;

/// A bucket's size and how fast it fills.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// How many may be taken at once.
    pub capacity: f64,
    /// How many come back in a second.
    pub refill: f64,
}

/// Takes one token; false: the bucket is empty, and stays as it was, so that hammering does not lengthen the wait.
///
/// One statement: two processes that take at once cannot both get the last one.
pub async fn take(db: impl PgExecutor<'_>, key: &str, bucket: Bucket, now: OffsetDateTime) -> sqlx::Result<bool> {
    let taken = sqlx::query!(
        r#"
        insert into rate_limits as bucket (key, tokens, updated_at) values ($1, $2::float8 - 1, $4)
        on conflict (key) do update
        set tokens = least($2, bucket.tokens + $3::float8 * greatest(0, extract(epoch from $4 - bucket.updated_at)::float8)) - 1,
            updated_at = $4
        where least($2, bucket.tokens + $3 * greatest(0, extract(epoch from $4 - bucket.updated_at)::float8)) >= 1
        "#,
        key,
        bucket.capacity,
        bucket.refill,
        now,
    )
    .execute(db)
    .await?;
    Ok(taken.rows_affected() == 1)
}

/// Puts tokens back: what was taken for an attempt that turned out to be right.
pub async fn put_back(db: impl PgExecutor<'_>, keys: &[String]) -> sqlx::Result<()> {
    // Over the capacity is no harm: `take` cuts it.
    sqlx::query!("update rate_limits set tokens = tokens + 1 where key = any($1)", keys).execute(db).await?;
    Ok(())
}

/// Removes what no longer limits or lets in anybody: full buckets, ended sessions, dead links.
pub async fn tidy(db: impl PgExecutor<'_>, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        with
            -- the slowest bucket is full again after a day
            buckets as (delete from rate_limits where updated_at < $1::timestamptz - interval '1 day'),
            resets as (delete from password_resets where expires_at < $1)
        delete from sessions where expires_at < $1
        "#,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
