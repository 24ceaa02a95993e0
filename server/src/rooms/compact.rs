//! Compaction: a snapshot is written, read again and compared; only then is what it covers removed, in a transaction of its own.

use app::model::ids::ProposalId;
use sqlx::PgPool;

use super::log::{LogError, verified};
use super::wire;
use crate::clock::Clock;
use crate::db::log::{self as db, Snapshot};

/// Writes a snapshot and removes what it covers; answers its seq when all went well. When not, nothing is removed.
pub async fn run(pool: PgPool, clock: Clock, document: ProposalId, snapshot: Snapshot, state_vector: Vec<u8>) -> Option<i64> {
    let seq = snapshot.seq;
    match compact(&pool, &clock, document, snapshot, state_vector).await {
        Ok(()) => Some(seq),
        Err(error) => {
            tracing::error!(%document, seq, %error, "a snapshot was not written or is not what it should be; the log is kept");
            None
        }
    }
}

/// As [`run`].
async fn compact(pool: &PgPool, clock: &Clock, document: ProposalId, snapshot: Snapshot, state_vector: Vec<u8>) -> Result<(), LogError> {
    let seq = snapshot.seq;
    db::insert_snapshot(pool, document, &snapshot, clock.now()).await?;
    let stored = db::snapshots(pool, document).await?.into_iter().find(|stored| stored.seq == seq).ok_or(LogError::Missing)?;
    // Decoding a large document is CPU work that would hold up other rooms.
    let same = tokio::task::spawn_blocking(move || {
        verified(&stored).is_ok_and(|document| wire::state_vector(document.clocks()) == state_vector && stored.text_hash == snapshot.text_hash)
    });
    if !same.await.unwrap_or(false) {
        return Err(LogError::Damaged);
    }
    let mut transaction = pool.begin().await?;
    db::remove_covered(&mut transaction, document, seq).await?;
    Ok(transaction.commit().await?)
}
