//! What a room does when nobody types: snapshots, rest, and its end.

use std::time::Duration;

use futures::FutureExt;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};

use super::{Room, arrival};
use crate::db::log::Snapshot;
use crate::rooms::compact::{self, Compaction};
use crate::rooms::document::Damaged;
use crate::rooms::log::text_hash;
use crate::rooms::queue::Held;
use crate::rooms::session;

/// How long a stopping process waits for the last commits; what is not committed then was never acknowledged.
const LAST_COMMITS: Duration = Duration::from_secs(5);

impl Room {
    /// Now and then. True: nobody needs the room.
    pub(super) fn upkeep(&mut self) -> bool {
        if self.compacting() || self.reload || !self.queue.is_empty() || !self.queue.holds_nothing() {
            return false;
        }
        let limits = self.shared.limits.clone();
        let unused = self.seats.is_empty() && self.used.elapsed() >= limits.unload_after;
        if (unused && self.session.began()) || self.session.over(self.edited.elapsed(), self.shared.clock.now()) {
            match self.turn() {
                Some(turn) => self.checkpoint(Some(turn)),
                None => return false,
            }
        }
        if !unused && self.edited.elapsed() < limits.rest_after {
            return false;
        }
        // A few rows are as quickly read as a snapshot is written.
        if self.tail > limits.snapshot_rows / 10 && !self.damaged {
            self.snapshot();
            return false;
        }
        if unused {
            return true;
        }
        self.reload |= self.document.rest().is_err();
        false
    }

    /// The turn to keep a text; none: the next time.
    fn turn(&self) -> Option<OwnedSemaphorePermit> {
        self.shared.keeping.clone().try_acquire_owned().ok()
    }

    /// Keeps the text of a writing session that has ended.
    fn checkpoint(&mut self, turn: Option<OwnedSemaphorePermit>) {
        let (session, document) = (&mut self.session, &mut self.document);
        if let Some(checkpoint) = session.end(self.id, self.seq, || document.text().ok(), self.shared.clock.now()) {
            let db = self.shared.db.clone();
            self.shared.tracker.spawn(async move {
                session::keep(db, checkpoint).await;
                drop(turn);
            });
        }
    }

    /// Takes a snapshot when the log behind the last one is long. Not of a document that is to be opened anew, which may lack rows.
    pub(super) fn snapshot_when_due(&mut self) {
        let due = self.tail >= self.shared.limits.snapshot_after(self.document.state_bound());
        if due && !self.damaged && !self.compacting() && !self.reload {
            self.snapshot();
        }
    }

    /// Takes a snapshot if it is our turn, to be written when all it shows is committed. Degraded, nobody knows when that will be.
    fn snapshot(&mut self) {
        if self.told_degraded {
            return;
        }
        let Some(turn) = self.turn() else { return };
        let Ok(snapshot) = self.whole() else {
            self.reload = true;
            return;
        };
        // Counted from here, so that the next is not due at once.
        self.tail = 0;
        if self.queue.is_empty() {
            self.compact(snapshot, turn, self.seq);
        } else {
            self.queue.hold(Held::Snapshot(snapshot, turn));
        }
    }

    /// A snapshot was not written after all: it is due again at the next commit.
    pub(super) fn snapshot_again(&mut self) {
        self.tail = self.tail.max(self.shared.limits.snapshot_after(usize::MAX));
    }

    /// The document as a snapshot.
    fn whole(&mut self) -> Result<Snapshot, Damaged> {
        let state = self.document.encoded()?.to_vec();
        Ok(Snapshot::new(self.seq, state, text_hash(&self.document.text()?)))
    }

    /// Writes a snapshot of `seq` beside the room.
    pub(super) fn compact(&mut self, mut snapshot: Snapshot, turn: OwnedSemaphorePermit, seq: i64) {
        snapshot.seq = seq;
        let work = compact::run(self.shared.clone(), self.id, snapshot);
        self.compaction = Some(self.shared.tracker.spawn(async move {
            let end = work.await;
            drop(turn);
            end
        }));
    }

    /// Whether a snapshot waits to be written or is being written. When that fails, its rows are still there and the next covers them; when it found
    /// another text in the log, the room is to be opened anew.
    fn compacting(&mut self) -> bool {
        let Some(end) = self.compaction.as_mut().map(FutureExt::now_or_never) else { return self.queue.holds_snapshot() };
        let Some(end) = end else { return true };
        self.compaction = None;
        self.reload |= matches!(end, Ok(Compaction::Diverged));
        false
    }

    /// The process stops: what was received is committed and acknowledged, as far as the database lets it.
    pub(super) async fn finish(&mut self) {
        let deadline = Instant::now() + LAST_COMMITS;
        loop {
            self.launch();
            if self.reload {
                return;
            }
            if self.queue.is_empty() {
                return self.checkpoint(None);
            }
            match timeout_at(deadline, arrival(&mut self.flight)).await {
                Ok(outcome) => self.arrived(outcome).await,
                Err(_) => return,
            }
        }
    }
}
