//! The committer's connection: borrowed from the pool while there is work.

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};
use tokio::time::timeout;

/// A connection that does not answer in this time is not given back but closed: nobody waits for it.
const PATIENCE: Duration = Duration::from_secs(1);

/// A connection that plans the statement once and not at every turn: its tables look the same each time, and planning costs more than running it.
pub async fn borrow(db: &PgPool) -> sqlx::Result<PoolConnection<Postgres>> {
    let mut line = db.acquire().await?;
    sqlx::raw_sql("set plan_cache_mode = force_generic_plan").execute(&mut *line).await?;
    Ok(line)
}

/// Others plan as usual.
pub async fn give_back(mut line: PoolConnection<Postgres>) {
    let work = timeout(PATIENCE, sqlx::raw_sql("reset plan_cache_mode").execute(&mut *line));
    if !matches!(work.await, Ok(Ok(_))) {
        line.close_on_drop();
    }
}

/// Whether an error says that the database is away or busy, so that the same rows may be written later.
pub fn away(error: &sqlx::Error) -> bool {
    match error {
        // 08 connection, 25006 read-only standby, 40 conflict, 53 out of resources, 55 lock not available, 57 shutting down
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| code == "25006" || ["08", "40", "53", "55", "57"].contains(&&code[..2]))
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::Encode(_) => false,
        _ => true,
    }
}
