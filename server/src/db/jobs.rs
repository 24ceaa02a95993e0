//! Work that follows a transaction: inserted in it, done after it, tried again until it is done.

use serde_json::Value;
use sqlx::PgExecutor;
use time::{Duration, OffsetDateTime};

/// A job whose turn it is.
pub struct Due {
    /// Its row.
    pub id: i64,
    /// What kind of work.
    pub kind: String,
    /// On what.
    pub payload: Value,
    /// How often it was tried, this time included.
    pub attempts: i32,
}

/// Asks for work, from `at` on.
pub async fn insert(db: impl PgExecutor<'_>, kind: &str, payload: &Value, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("insert into jobs (kind, payload, run_at) values ($1, $2, $3)", kind, payload, at).execute(db).await?;
    Ok(())
}

/// Takes the oldest due job for as long as `lease`: a process that dies with it only delays it.
pub async fn take(db: impl PgExecutor<'_>, now: OffsetDateTime, lease: Duration) -> sqlx::Result<Option<Due>> {
    sqlx::query_as!(
        Due,
        "
        update jobs
        set attempts = attempts + 1, run_at = $2
        where id = (
            select id from jobs
            where done_at is null and run_at <= $1
            order by run_at, id
            limit 1
            -- another worker's job is not waited for
            for update skip locked
        )
        returning id, kind, payload, attempts
        ",
        now,
        now + lease,
    )
    .fetch_optional(db)
    .await
}

/// It is done.
pub async fn finish(db: impl PgExecutor<'_>, job: i64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update jobs set done_at = $2, last_error = null where id = $1", job, now).execute(db).await?;
    Ok(())
}

/// It could not be done now.
pub async fn postpone(db: impl PgExecutor<'_>, job: i64, until: OffsetDateTime, error: &str) -> sqlx::Result<()> {
    sqlx::query!("update jobs set run_at = $2, last_error = $3 where id = $1", job, until, error).execute(db).await?;
    Ok(())
}

/// Forgets jobs done long ago.
pub async fn forget(db: impl PgExecutor<'_>, before: OffsetDateTime) -> sqlx::Result<u64> {
    Ok(sqlx::query!("delete from jobs where done_at < $1", before).execute(db).await?.rows_affected())
}
