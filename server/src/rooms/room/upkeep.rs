//! What a room does when nobody types: snapshots, rest, and its end.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::{Room, arrival};
use crate::db::log::Snapshot;
use crate::rooms::compact;
use crate::rooms::document::Damaged;
use crate::rooms::log::text_hash;
use crate::rooms::queue::Held;
use crate::rooms::wire;

/// How long a stopping process waits for the last commits; what is not committed then was never acknowledged.
const LAST_COMMITS: Duration = Duration::from_secs(5);

impl Room {
    /// Now and then. True: nobody needs the room.
    pub(super) async fn upkeep(&mut self) -> bool {
        self.reap_compaction().await;
        if !self.queue.is_empty() || !self.queue.holds_nothing() || self.compaction.is_some() {
            return false;
        }
        let limits = self.shared.limits.clone();
        let unused = self.seats.is_empty() && self.used.elapsed() >= limits.unload_after;
        if !unused && self.edited.elapsed() < limits.rest_after {
            return false;
        }
        // A few rows are as quickly read as a snapshot is written.
        if self.tail > limits.snapshot_rows / 10 && self.snapshot().is_err() {
            self.reload = true;
            return false;
        }
        if unused {
            return self.compaction.is_none();
        }
        self.reload |= self.document.rest().is_err();
        false
    }

    /// Takes a snapshot when the log behind the last one is long.
    pub(super) fn snapshot_when_due(&mut self) {
        if self.tail >= self.shared.limits.snapshot_rows && self.compaction.is_none() && self.snapshot().is_err() {
            self.reload = true;
        }
    }

    /// Takes a snapshot, to be written when all it shows is committed.
    fn snapshot(&mut self) -> Result<(), Damaged> {
        // Counted from here, so that the next is not due at once.
        self.tail = 0;
        let state = self.document.encoded()?.to_vec();
        let snapshot = Snapshot { seq: self.seq, state, text_hash: text_hash(&self.document.text()?) };
        let state_vector = wire::state_vector(self.document.clocks());
        if self.queue.is_empty() {
            self.compact(snapshot, state_vector, self.seq);
        } else {
            self.queue.hold(Held::Snapshot(snapshot, state_vector));
        }
        Ok(())
    }

    /// Writes a snapshot of `seq` beside the room.
    pub(super) fn compact(&mut self, snapshot: Snapshot, state_vector: Vec<u8>, seq: i64) {
        let snapshot = Snapshot { seq, ..snapshot };
        let work = compact::run(self.shared.db.clone(), self.shared.clock.clone(), self.id, snapshot, state_vector);
        self.compaction = Some(self.shared.tracker.spawn(work));
    }

    /// Learns whether a snapshot was written; if not, its rows are still there and the next try covers them.
    async fn reap_compaction(&mut self) {
        if self.compaction.as_ref().is_some_and(tokio::task::JoinHandle::is_finished)
            && let Some(compaction) = self.compaction.take()
        {
            let covered = compaction.await.ok().flatten();
            tracing::debug!(document = %self.id, covered, "compacted");
        }
    }

    /// The process stops: what was received is committed and acknowledged, as far as the database lets it.
    pub(super) async fn finish(&mut self) {
        let deadline = Instant::now() + LAST_COMMITS;
        loop {
            self.launch();
            if self.queue.is_empty() || self.reload {
                return;
            }
            match timeout_at(deadline, arrival(&mut self.flight)).await {
                Ok(outcome) => self.arrived(outcome).await,
                Err(_) => return,
            }
        }
    }
}
