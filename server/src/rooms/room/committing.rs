//! From applied to committed: turns go to the committer; what comes back is shown to peers and acknowledged to authors.

use std::collections::HashMap;

use bytes::Bytes;
use tokio::sync::oneshot;

use super::answering::fail;
use super::{Room, load};
use crate::rooms::RoomError;
use crate::rooms::committer::{Order, Outcome, Reason};
use crate::rooms::event::Access;
use crate::rooms::merge::merge;
use crate::rooms::queue::{Entry, Held};
use crate::rooms::seat::Close;
use crate::rooms::session::Session;
use crate::rooms::wire;

impl Room {
    /// Hands what waits to the committer, one turn at a time: a turn that is refused then takes nothing with it that was built on it. After one that
    /// was, nothing goes before the document is opened anew.
    pub(super) fn launch(&mut self) {
        while self.flight.is_none() && !self.reload && !self.queue.is_empty() {
            let rows = self.queue.launch();
            if rows.is_empty() {
                self.landed(self.seq);
                continue;
            }
            let (reply, flight) = oneshot::channel();
            self.flight = Some(flight);
            // Fails only when the process ends; then so does the flight, unacknowledged.
            let _ = self.shared.orders.send(Order { document: self.id, rows, reply });
        }
    }

    /// The committer has answered.
    pub(super) async fn arrived(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Committed(head) => {
                let before = head - self.queue.flying();
                if before > self.seq {
                    self.catch_up(before).await;
                }
                self.landed(head);
            }
            Outcome::Refused(reason) => self.refused(reason).await,
            Outcome::Failed => {
                for peer in self.authors() {
                    self.close(peer, Close::FAULT);
                }
                self.reload = true;
            }
        }
    }

    /// A turn is on disk; `head` is the log's newest seq.
    fn landed(&mut self, head: i64) {
        let mut entries = self.queue.land();
        let rows = entries.iter().filter(|entry| entry.row.is_some()).count();
        let first = head - i64::try_from(rows).unwrap_or(i64::MAX);
        // Rows of another process that could not be taken up: all is read anew.
        self.reload |= first != self.seq;
        self.seq = first;
        self.forget_entries(&entries);
        let mut told: HashMap<u64, u64> = HashMap::new();
        for entry in &mut entries {
            if let Some((peer, Some(frame))) = entry.author {
                told.insert(peer, frame);
                self.shared.metrics.acknowledged.observe(entry.at.elapsed().as_secs_f64());
            }
            self.landed_one(entry);
        }
        // Not between two of a turn: the text is that of the last.
        self.snapshot_when_due();
        // Behind the answers to sync step 1 that waited for this turn: what builds on them comes after them.
        self.show_rows(&entries);
        self.elsewhere.tell_rows(first + 1, &entries);
        for (peer, frame) in told {
            self.tell(peer, wire::committed(frame));
        }
    }

    /// One entry of a turn is on disk.
    fn landed_one(&mut self, entry: &mut Entry) {
        if let Some(row) = &entry.row {
            self.seq += 1;
            self.tail += 1;
            if row.before.is_some() {
                // What was written up to here is kept with this row, which itself is no writing.
                self.session = Session::default();
            } else {
                self.session.wrote(row.account, self.shared.clock.now());
            }
            self.shared.metrics.edits.inc();
            self.shared.metrics.logged.inc_by(row.bytes.len() as u64);
            if let Some(cause) = &row.cause {
                self.landed.insert(cause.clone(), self.seq);
            }
        }
        for reply in std::mem::take(&mut entry.replies) {
            let _ = reply.send(Ok(self.seq));
        }
        for held in self.queue.settle() {
            self.deliver(held, self.seq);
        }
    }

    /// Shows peers what they have not seen, as one frame. The author of all of it has it already; whoever still waits for the answer to their
    /// sync step 1 finds it in there.
    fn show_rows(&mut self, entries: &[Entry]) {
        let new: Vec<&Entry> = entries.iter().filter(|entry| !entry.shown && entry.row.is_some()).collect();
        let author = |entry: &Entry| entry.author.map(|(peer, _)| peer);
        let Some(first) = new.first() else { return };
        for entry in &new {
            self.shared.metrics.shown.observe(entry.at.elapsed().as_secs_f64());
        }
        let only = author(first).filter(|one| new.iter().all(|entry| author(entry) == Some(*one)));
        let except: Vec<u64> = only.into_iter().chain(self.queue.waiting_peers()).collect();
        let updates: Vec<Bytes> = new.iter().filter_map(|entry| entry.row.as_ref()).map(|row| row.bytes.clone()).collect();
        let merged = if updates.len() > 1 { merge(&updates) } else { None };
        match merged {
            Some(merged) => self.broadcast(&wire::update(&merged), &except),
            None => {
                for update in updates {
                    self.broadcast(&wire::update(&update), &except);
                }
            }
        }
    }

    /// Shows peers what is not committed: the process is degraded and has said so.
    pub(super) fn show(&mut self) {
        let shown: Vec<Entry> = self
            .queue
            .entries()
            .filter(|entry| !entry.shown && entry.row.is_some())
            .map(|entry| {
                entry.shown = true;
                Entry { row: entry.row.clone(), author: entry.author, at: entry.at, ..Entry::default() }
            })
            .collect();
        self.show_rows(&shown);
    }

    /// The process became degraded, or is no more.
    pub(super) fn mode_changed(&mut self) {
        let degraded = *self.degraded.borrow_and_update();
        self.told_degraded = degraded;
        let told: Vec<u64> = self.seats.iter().filter(|(_, seat)| seat.acks).map(|(peer, _)| *peer).collect();
        for peer in told {
            self.tell(peer, wire::mode(degraded));
        }
        if degraded {
            // People read on from memory; programs and pages, which cannot be told, get no text that may yet be lost.
            for reply in self.queue.entries().flat_map(|entry| std::mem::take(&mut entry.replies)) {
                drop(reply.send(Err(RoomError::Away)));
            }
            for held in self.queue.take_held(|_| true) {
                match held {
                    Held::Frame(peer, frame) => self.tell(peer, frame),
                    Held::Snapshot(..) => self.snapshot_again(),
                    held => fail(held, &RoomError::Away),
                }
            }
        }
    }

    /// Peers that wrote something uncommitted.
    fn authors(&mut self) -> Vec<u64> {
        let mut authors: Vec<u64> = self.queue.entries().filter_map(|entry| entry.author).map(|(peer, _)| peer).collect();
        authors.sort_unstable();
        authors.dedup();
        authors
    }

    /// A turn was refused: nothing of it is on disk, so the room takes the log's text again.
    async fn refused(&mut self, reason: Reason) {
        tracing::info!(document = %self.id, ?reason, "an append was refused");
        self.reload = true;
        let authors = self.authors();
        match reason {
            Reason::Closed | Reason::Held => {
                let word = if reason == Reason::Held { "held" } else { "closed" };
                for peer in authors {
                    self.refuse(peer, word);
                }
            }
            Reason::Role => {
                let mut accounts: Vec<_> = self.queue.entries().filter_map(|entry| entry.account()).collect();
                accounts.sort_unstable();
                accounts.dedup();
                for account in accounts {
                    let access = self.shared.access(account, &[self.id]).await;
                    self.access_is(account, access.get(&self.id).copied().unwrap_or(Access::Unknown));
                }
                let downgraded: Vec<u64> =
                    authors.into_iter().filter(|peer| self.seats.get(peer).is_some_and(|seat| !seat.may_write)).collect();
                for peer in downgraded {
                    self.refuse(peer, "role");
                }
            }
            // Opened anew, the room knows whose the client is and what has landed.
            Reason::Client | Reason::Landed | Reason::Stale | Reason::Gone => {}
        }
        let error = match reason {
            Reason::Closed | Reason::Held | Reason::Role => RoomError::ReadOnly,
            Reason::Stale => RoomError::Outdated,
            _ => RoomError::Away,
        };
        for reply in self.queue.entries().flat_map(|entry| std::mem::take(&mut entry.replies)) {
            drop(reply.send(Err(error.clone())));
        }
    }

    /// Opens the document anew from its log and has every peer repeat what is not there.
    pub(super) async fn reopen(&mut self) -> Result<(), RoomError> {
        self.shared.metrics.reopened.inc();
        if let Some(flight) = self.flight.take()
            && let Ok(Outcome::Committed(head)) = flight.await
        {
            self.landed(head);
        }
        let waiting: Vec<u64> = self.queue.waiting_peers().collect();
        let (entries, held) = self.queue.drop_all();
        self.forget_entries(&entries);
        for reply in entries.into_iter().flat_map(|entry| entry.replies) {
            drop(reply.send(Err(RoomError::Away)));
        }
        let (loaded, owners) = load(&self.shared, self.id).await?;
        (self.document, self.owners) = (loaded.document, owners);
        (self.seq, self.state, self.tail, self.damaged) = (loaded.head.seq, loaded.head.state, loaded.tail, loaded.damaged > 0);
        self.reload = false;
        self.elsewhere.reached(self.seq);
        let whole = self.document.encoded().map_err(|_| RoomError::Damaged)?;
        // Whoever has asked for the text is answered: until then a client does not call itself synced.
        let (news, answer) = (wire::update(&whole), wire::step2(&whole));
        let everybody: Vec<u64> = self.seats.keys().copied().collect();
        for peer in everybody {
            self.tell(peer, if waiting.contains(&peer) { answer.clone() } else { news.clone() });
            if let Some(seat) = self.seats.get_mut(&peer) {
                seat.pass_over();
            }
            self.ask(peer);
        }
        // Whoever asked for the text gets the one that is on disk.
        for held in held {
            match held {
                Held::Read(reply, _) => drop(self.read(reply)),
                held => fail(held, &RoomError::Away),
            }
        }
        Ok(())
    }
}
