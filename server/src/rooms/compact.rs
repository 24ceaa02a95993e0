//! Compaction: a snapshot is looked at, written, read again and compared; only then is what it covers removed, in a transaction of its own.

use app::model::ids::ProposalId;
use sqlx::PgPool;

use super::log::{LogError, verified};
use super::wire;
use crate::clock::Clock;
use crate::db::log::{self as db, Snapshot};

/// Writes a snapshot and removes what it covers. When anything goes wrong, nothing is removed.
pub async fn run(pool: PgPool, clock: Clock, document: ProposalId, snapshot: Snapshot, state_vector: Vec<u8>) {
    let seq = snapshot.seq;
    match compact(&pool, &clock, document, snapshot, state_vector).await {
        Ok(()) => tracing::debug!(%document, seq, "compacted"),
        Err(error) => tracing::error!(%document, seq, %error, "a snapshot was not written or is not what it should be; the log is kept"),
    }
}

/// As [`run`].
async fn compact(pool: &PgPool, clock: &Clock, document: ProposalId, snapshot: Snapshot, state_vector: Vec<u8>) -> Result<(), LogError> {
    let seq = snapshot.seq;
    // Before it is written: from then on the document is opened from it.
    let snapshot = shown(snapshot, &state_vector).await?;
    db::insert_snapshot(pool, document, &snapshot, clock.now()).await?;
    let stored = db::snapshots(pool, document).await?.into_iter().find(|stored| stored.seq == seq).ok_or(LogError::Missing)?;
    // Another process may have been first, with the same in other bytes.
    if stored != snapshot && shown(stored, &state_vector).await?.text_hash != snapshot.text_hash {
        return Err(LogError::Damaged);
    }
    let mut transaction = pool.begin().await?;
    db::remove_covered(&mut transaction, document, seq).await?;
    Ok(transaction.commit().await?)
}

/// A snapshot that shows its text and has these clocks. One of honest edits does; forged ones, whose neighbours cannot have been neighbours, stand
/// where they stand because of the order in which they came, which only the log knows.
async fn shown(snapshot: Snapshot, state_vector: &[u8]) -> Result<Snapshot, LogError> {
    let state_vector = state_vector.to_vec();
    // Decoding a large document is CPU work that would hold up other rooms.
    let work = tokio::task::spawn_blocking(move || {
        let same = verified(&snapshot).is_ok_and(|document| wire::state_vector(document.clocks()) == state_vector);
        same.then_some(snapshot)
    });
    work.await.ok().flatten().ok_or(LogError::Damaged)
}
