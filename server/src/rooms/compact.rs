//! Compaction: a snapshot is compared with the log, written, read again and compared; only then is what it covers removed, in a transaction of its
//! own. The log is the witness, not the room: whatever went wrong in a room's memory does not take the place of what was acknowledged.

use std::sync::Arc;

use app::model::ids::ProposalId;
use sqlx::PgPool;

use super::document::{Damaged, Document};
use super::log::{self, LogError, text_hash, verified};
use super::registry::Shared;
use crate::db::log::{self as db, Snapshot};

/// How a compaction ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compaction {
    /// The snapshot is written, or a newer one of another process is there.
    Done,
    /// The log was kept: it is damaged, or the snapshot would not show its text, or the database did not answer.
    Failed,
    /// The log was kept: it has another text than the room.
    Diverged,
}

/// Writes a snapshot and removes what it covers. When anything goes wrong, nothing is removed.
pub(super) async fn run(shared: Arc<Shared>, document: ProposalId, snapshot: Snapshot) -> Compaction {
    let seq = snapshot.seq;
    match compact(&shared, document, snapshot).await {
        Ok(Compaction::Diverged) => {
            shared.metrics.diverged.inc();
            tracing::error!(%document, seq, "a room has another text than its log; the log is kept and the room opened anew");
            Compaction::Diverged
        }
        Ok(end) => {
            tracing::debug!(%document, seq, ?end, "compacted");
            end
        }
        Err(error) => {
            tracing::error!(%document, seq, %error, "a snapshot was not written or is not what it should be; the log is kept");
            Compaction::Failed
        }
    }
}

/// As [`run`].
async fn compact(shared: &Shared, document: ProposalId, snapshot: Snapshot) -> Result<Compaction, LogError> {
    let (pool, seq) = (&shared.db, snapshot.seq);
    let logged = match log::sound_at(&mut *pool.acquire().await?, document, seq).await {
        // What the rows before a newer snapshot would show cannot be seen any more.
        Err(LogError::Damaged) if newer(pool, document, seq).await => return Ok(Compaction::Done),
        Err(LogError::Damaged) => {
            shared.metrics.damaged.inc();
            return Err(LogError::Damaged);
        }
        logged => logged?,
    };
    // Before it is written: from then on the document is opened from it.
    let Some((snapshot, logged)) = compared(snapshot, logged).await? else { return Ok(Compaction::Diverged) };
    db::insert_snapshot(pool, document, &snapshot, shared.clock.now()).await?;
    let stored = db::snapshots(pool, document).await?.into_iter().find(|stored| stored.seq == seq).ok_or(LogError::Missing)?;
    // Another process may have been first, with the same in other bytes.
    if stored != snapshot && compared(stored, logged).await?.is_none() {
        return Err(LogError::Damaged);
    }
    let mut transaction = pool.begin().await?;
    db::remove_covered(&mut transaction, document, seq).await?;
    transaction.commit().await?;
    Ok(Compaction::Done)
}

/// A snapshot that has the log's text and clocks, and shows them; none: it has others. One of honest edits shows its text; forged ones, whose
/// neighbours cannot have been neighbours, stand where they stand because of the order in which they came, which only the log knows.
async fn compared(snapshot: Snapshot, mut logged: Document) -> Result<Option<(Snapshot, Document)>, LogError> {
    // Decoding a large document is CPU work that would hold up other rooms.
    let work = tokio::task::spawn_blocking(move || {
        if text_hash(&logged.text()?) != snapshot.text_hash {
            return Ok(None);
        }
        let same = verified(&snapshot)?.clocks() == logged.clocks();
        Ok::<_, Damaged>(same.then_some((snapshot, logged)))
    });
    Ok(work.await.map_err(|_| LogError::Damaged)??)
}

/// Whether there is a snapshot of a later seq.
async fn newer(pool: &PgPool, document: ProposalId, seq: i64) -> bool {
    db::snapshots(pool, document).await.is_ok_and(|snapshots| snapshots.iter().any(|snapshot| snapshot.seq > seq))
}
