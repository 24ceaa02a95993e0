//! Compaction: a snapshot is compared with the log, written, read again and compared; only then is what it covers removed, in a transaction of its
//! own. The log is the witness, not the room: whatever went wrong in a room's memory does not take the place of what was acknowledged.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use app::model::ids::ProposalId;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::document::{Damaged, Document};
use super::log::{self, LogError, text_hash, verified};
use super::registry::Shared;
use crate::db::log::{self as db, Snapshot};

/// A snapshot that is not written in this time is given up: others wait for their turn, and the log has all of it.
const PATIENCE: Duration = Duration::from_secs(30);

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

/// What a document is, to be compared: the hash of its text, and its clocks.
#[derive(PartialEq, Eq)]
struct Shows {
    text_hash: Vec<u8>,
    clocks: HashMap<u64, u32>,
}

/// Writes a snapshot and removes what it covers. When anything goes wrong, nothing is removed.
pub(super) async fn run(shared: Arc<Shared>, document: ProposalId, snapshot: Snapshot) -> Compaction {
    let seq = snapshot.seq;
    match timeout(PATIENCE, compact(&shared, document, snapshot)).await {
        Ok(Ok(Compaction::Diverged)) => {
            shared.metrics.diverged.inc();
            tracing::error!(%document, seq, "a room has another text than its log; the log is kept and the room opened anew");
            Compaction::Diverged
        }
        Ok(Ok(end)) => {
            tracing::debug!(%document, seq, ?end, "compacted");
            end
        }
        Ok(Err(error)) => {
            tracing::error!(%document, seq, %error, "a snapshot was not written or is not what it should be; the log is kept");
            Compaction::Failed
        }
        Err(_) => {
            tracing::warn!(%document, seq, "a snapshot was not written in time; the log is kept");
            Compaction::Failed
        }
    }
}

/// As [`run`].
async fn compact(shared: &Shared, document: ProposalId, snapshot: Snapshot) -> Result<Compaction, LogError> {
    let (pool, seq) = (&shared.db, snapshot.seq);
    // Before the log is read, which is long where this fails; and before it is written: from then on the document is opened from it.
    let (snapshot, shows) = shown(snapshot).await?;
    let logged = log::sound_at(&mut *pool.acquire().await?, document, seq).await;
    match logged {
        // What the rows before a newer snapshot would show cannot be seen any more.
        Err(LogError::Damaged) if is_behind(&db::snapshots(pool, document).await?, seq) => return Ok(Compaction::Done),
        // Damaged since the room took them up: its text is kept beside them.
        Err(LogError::Damaged) => {
            shared.metrics.damaged.inc();
            tracing::error!(%document, seq, "rows or snapshots are damaged; they are kept, and the room's text as a snapshot");
            db::insert_snapshot(pool, document, &snapshot, shared.clock.now()).await?;
            return Err(LogError::Damaged);
        }
        Err(error) => return Err(error),
        Ok(logged) => {
            if look(logged).await? != shows {
                return Ok(Compaction::Diverged);
            }
        }
    }
    db::insert_snapshot(pool, document, &snapshot, shared.clock.now()).await?;
    let all = db::snapshots(pool, document).await?;
    if is_behind(&all, seq) {
        return Ok(Compaction::Done);
    }
    let stored = all.into_iter().find(|stored| stored.seq == seq).ok_or(LogError::Missing)?;
    // Another process may have been first, with the same in other bytes.
    if stored != snapshot && shown(stored).await?.1 != shows {
        return Err(LogError::Damaged);
    }
    let mut transaction = crate::db::begin(pool).await?;
    db::remove_covered(&mut transaction, document, seq).await?;
    transaction.commit().await?;
    Ok(Compaction::Done)
}

/// Whether there is a snapshot of a later seq.
fn is_behind(snapshots: &[Snapshot], seq: i64) -> bool {
    snapshots.iter().any(|snapshot| snapshot.seq > seq)
}

/// A snapshot that shows the text of which it has the hash. One of honest edits does; forged ones, whose neighbours cannot have been neighbours,
/// stand where they stand because of the order in which they came, which only the log knows.
async fn shown(snapshot: Snapshot) -> Result<(Snapshot, Shows), LogError> {
    // Decoding a large document is CPU work that would hold up other rooms.
    let work = spawn_blocking(move || {
        let clocks = verified(&snapshot)?.clocks().clone();
        let shows = Shows { text_hash: snapshot.text_hash.clone(), clocks };
        Ok::<_, Damaged>((snapshot, shows))
    });
    Ok(work.await.map_err(|_| LogError::Damaged)??)
}

/// What a document shows.
async fn look(mut document: Document) -> Result<Shows, LogError> {
    let work =
        spawn_blocking(move || Ok::<_, Damaged>(Shows { text_hash: text_hash(&document.text()?), clocks: document.clocks().clone() }));
    Ok(work.await.map_err(|_| LogError::Damaged)??)
}
