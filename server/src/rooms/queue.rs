//! A room's edits between "applied" and "committed", in order. What shows them waits beside them.

use std::collections::VecDeque;

use app::model::ids::AccountId;
use bytes::Bytes;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;

use super::committer::Row;
use super::event::{Places, Reply};
use super::{Range, Reading};
use crate::db::log::Snapshot;

/// Rows and bytes of one turn of a room: larger backlogs, after an outage, go in several, so that a turn stays below the limit for slow ones.
const TURN_ROWS: usize = 2_000;
const TURN_BYTES: usize = 8 << 20;

/// Something applied that is not committed.
#[derive(Debug)]
pub struct Entry {
    /// What to write; none: it changed nothing, only its turn in the order matters.
    pub row: Option<Row>,
    /// The peer whose frame it was, and the frame's number when it may be acknowledged.
    pub author: Option<(u64, Option<u64>)>,
    /// Peers have it already, because the process was degraded.
    pub shown: bool,
    /// Who waits for its seq.
    pub replies: Vec<Reply<i64>>,
    /// When it came.
    pub at: Instant,
}

impl Default for Entry {
    fn default() -> Self {
        Self { row: None, author: None, shown: false, replies: Vec::new(), at: Instant::now() }
    }
}

impl Entry {
    /// Bytes that it keeps in memory.
    pub fn size(&self) -> usize {
        self.row.as_ref().map_or(0, |row| row.bytes.len() + row.before.as_ref().map_or(0, |before| before.text.len()))
    }

    /// Whose it is; none: the server's.
    pub fn account(&self) -> Option<AccountId> {
        self.row.as_ref().and_then(|row| row.account)
    }
}

/// An answer that shows uncommitted text.
#[derive(Debug)]
pub enum Held {
    /// A frame to a peer.
    Frame(u64, Bytes),
    /// A text.
    Read(Reply<Reading>, Reading),
    /// Places of ranges in a text.
    Resolve(Reply<(Reading, Places)>, Vec<Range>, Reading, Places),
    /// A snapshot, whose seq is known once it is committed, and the turn to keep it.
    Snapshot(Snapshot, OwnedSemaphorePermit),
}

/// Edits in order, and what waits for them.
#[derive(Debug, Default)]
pub struct Queue {
    /// Not handed to the committer yet.
    waiting: VecDeque<Entry>,
    /// With the committer.
    flying: Vec<Entry>,
    /// Entries ever pushed.
    pushed: u64,
    /// Entries ever committed.
    done: u64,
    /// Answers, each with the count of entries that it waits for, ascending.
    held: VecDeque<(u64, Held)>,
}

impl Queue {
    /// Whether everything applied is committed.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.flying.is_empty()
    }

    /// Whether nothing waits for a commit.
    pub fn holds_nothing(&self) -> bool {
        self.held.is_empty()
    }

    /// Whether a snapshot waits for its commit.
    pub fn holds_snapshot(&self) -> bool {
        self.held.iter().any(|(_, held)| matches!(held, Held::Snapshot(..)))
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        self.pushed += 1;
        self.waiting.push_back(entry);
    }

    /// Keeps an answer until everything applied so far is committed.
    pub fn hold(&mut self, held: Held) {
        self.held.push_back((self.pushed, held));
    }

    /// Keeps a frame for a peer that waits, to come with what it waits for and not later: a peer that waits is not shown what is committed
    /// meanwhile, because the answer that it waits for has it. This frame has not.
    pub fn hold_behind(&mut self, peer: u64, frame: Bytes) {
        let answer = self.held.iter().rposition(|(_, held)| matches!(held, Held::Frame(other, _) if *other == peer));
        if let Some(answer) = answer {
            let upto = self.held[answer].0;
            self.held.insert(answer + 1, (upto, Held::Frame(peer, frame)));
        }
    }

    /// Peers that wait for the answer to their sync step 1.
    pub fn waiting_peers(&self) -> impl Iterator<Item = u64> {
        self.held.iter().filter_map(|(_, held)| if let Held::Frame(peer, _) = held { Some(*peer) } else { None })
    }

    /// Every entry, in order.
    pub fn entries(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.flying.iter_mut().chain(&mut self.waiting)
    }

    /// Moves the next turn's entries to the committer's side; empty when there is nothing to write.
    pub fn launch(&mut self) -> Vec<Row> {
        let (mut rows, mut bytes) = (Vec::new(), 0);
        while rows.len() < TURN_ROWS && bytes < TURN_BYTES {
            let Some(entry) = self.waiting.pop_front() else { break };
            bytes += entry.size();
            rows.extend(entry.row.clone());
            self.flying.push(entry);
        }
        rows
    }

    /// Rows that are with the committer.
    pub fn flying(&self) -> i64 {
        i64::try_from(self.flying.iter().filter(|entry| entry.row.is_some()).count()).unwrap_or(i64::MAX)
    }

    /// What the committer had, committed now.
    pub fn land(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.flying)
    }

    /// Counts one entry as committed; answers what waited for it.
    pub fn settle(&mut self) -> Vec<Held> {
        self.done += 1;
        self.release()
    }

    /// What waits for nothing any more.
    pub fn release(&mut self) -> Vec<Held> {
        let ready = self.held.iter().take_while(|(upto, _)| *upto <= self.done).count();
        self.held.drain(..ready).map(|(_, held)| held).collect()
    }

    /// Forgets everything that is not committed.
    pub fn drop_all(&mut self) -> (Vec<Entry>, Vec<Held>) {
        self.done = self.pushed;
        let entries = std::mem::take(&mut self.flying).into_iter().chain(std::mem::take(&mut self.waiting)).collect();
        (entries, self.held.drain(..).map(|(_, held)| held).collect())
    }

    /// Takes out the answers that are not worth waiting for.
    pub fn take_held(&mut self, mut which: impl FnMut(&Held) -> bool) -> Vec<Held> {
        let (taken, kept) = std::mem::take(&mut self.held).into_iter().partition(|(_, held)| which(held));
        self.held = kept;
        let taken: VecDeque<(u64, Held)> = taken;
        taken.into_iter().map(|(_, held)| held).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_follow_an_answer_comes_with_it_so_that_nothing_is_kept_from_a_peer_that_was_answered() {
        let mut queue = Queue::default();
        queue.push(Entry::default());
        queue.hold(Held::Frame(1, Bytes::from_static(b"answer")));
        // In the answer is only the first of three edits.
        queue.push(Entry::default());
        queue.launch();
        queue.push(Entry::default());
        queue.hold_behind(1, Bytes::from_static(b"from another process"));
        let told: Vec<_> =
            queue.settle().into_iter().map(|held| if let Held::Frame(1, frame) = held { frame } else { unreachable!() }).collect();
        assert_eq!(told, ["answer", "from another process"]);
        assert_eq!(queue.waiting_peers().count(), 0, "it would not be shown the second edit");
    }
}
