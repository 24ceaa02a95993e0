//! An edit that a peer sends: looked at, judged, applied, queued. Size, access and dependencies come before decoding.

use std::sync::atomic::Ordering;

use app::model::ids::AccountId;
use bytes::Bytes;
use tokio::time::Instant;

use super::Room;
use crate::db::log::{self as db, State};
use crate::rooms::committer::Row;
use crate::rooms::document::Damaged;
use crate::rooms::queue::Entry;
use crate::rooms::scan::{Scan, scan};
use crate::rooms::seat::Close;
use crate::rooms::wire;

/// What is to be done with an edit.
enum Verdict {
    /// Apply it.
    Apply,
    /// The document has all of it.
    Known,
    /// Its sender may not write, for a reason that message 102 names.
    Refuse(&'static str),
    /// It needs what is not there.
    Missing,
    /// It comes after what was not applied, and before the answer that repeats both.
    Early,
    /// Its sender is sent away.
    Close(Close),
}

impl Room {
    /// Takes an edit; `answer`: as the answer to our sync step 1.
    pub(super) fn write(&mut self, peer: u64, update: Bytes, answer: bool) -> Result<(), Damaged> {
        let Some(seat) = self.seats.get_mut(&peer) else { return Ok(()) };
        let frame = seat.count(answer);
        let Ok(scan) = scan(&update, |client| self.document.known(client)) else {
            tracing::warn!(document = %self.id, peer, bytes = update.len(), "a malformed update");
            self.close(peer, Close::MALFORMED);
            return Ok(());
        };
        match self.judge(peer, &update, &scan, answer)? {
            Verdict::Apply => self.accept(peer, frame, &update, &scan, answer)?,
            Verdict::Known => self.push_of(peer, frame, None, answer),
            Verdict::Refuse(reason) => self.refuse(peer, reason),
            Verdict::Missing => self.missing(peer),
            Verdict::Early => self.early(peer),
            Verdict::Close(close) => self.close(peer, close),
        }
        Ok(())
    }

    /// Decides.
    fn judge(&mut self, peer: u64, update: &[u8], scan: &Scan<'_>, answer: bool) -> Result<Verdict, Damaged> {
        let Some(seat) = self.seats.get(&peer) else { return Ok(Verdict::Known) };
        let refusal = match self.state {
            _ if !seat.writes() => Some("role"),
            State::Held => Some("held"),
            State::Closed => Some("closed"),
            State::Open => None,
        };
        // Every provider answers step 1, viewers' too, and repeats all it ever deleted. Looked for only there: it costs time with the document's size.
        let may_be_known = !scan.missing && scan.fresh.is_empty() && (answer || refusal.is_some());
        if may_be_known && self.document.knows_deletes(&scan.deletes)? {
            return Ok(Verdict::Known);
        }
        if let Some(reason) = refusal {
            return Ok(Verdict::Refuse(reason));
        }
        let account = seat.who.account;
        if !scan
            .fresh
            .iter()
            .all(|(client, _)| self.owners.get(client).map_or(self.document.known(*client) == 0, |owner| *owner == account))
        {
            // Another process may have written what this one has not read yet.
            return Ok(if self.elsewhere.any() { Verdict::Missing } else { Verdict::Refuse("client") });
        }
        if seat.behind() && !answer {
            return Ok(Verdict::Early);
        }
        if scan.missing {
            return Ok(Verdict::Missing);
        }
        let limits = &self.shared.limits;
        if !self.document.fits(update.len(), scan.inserted, limits.text_bytes, limits.state_bytes)? {
            return Ok(Verdict::Close(Close::TOO_LARGE));
        }
        if self.shared.uncommitted.load(Ordering::Relaxed) + update.len() > limits.uncommitted_bytes {
            return Ok(Verdict::Close(Close::LATER));
        }
        Ok(if seat.withheld() && !answer { Verdict::Early } else { Verdict::Apply })
    }

    /// Applies an edit, and removes at once what no text of ours holds.
    fn accept(&mut self, peer: u64, frame: u64, update: &Bytes, scan: &Scan<'_>, answer: bool) -> Result<(), Damaged> {
        let Some(seat) = self.seats.get(&peer) else { return Ok(()) };
        let account = seat.who.account;
        let bytes = if answer {
            Bytes::from(self.document.apply_difference(update, scan)?)
        } else {
            self.document.apply(update, scan)?;
            update.clone()
        };
        let row = (bytes != wire::NOTHING).then(|| Row {
            bytes,
            account: Some(account),
            own: false,
            cause: None,
            base: None,
            claims: self.claims(account, scan),
            before: None,
        });
        self.push_of(peer, frame, row, answer);
        if scan.unclean
            && let Some(edit) = self.document.clean()?
        {
            let row = Row { bytes: edit.into(), account: None, own: true, cause: None, base: None, claims: Vec::new(), before: None };
            self.push(Entry { row: Some(row), ..Entry::default() });
        }
        Ok(())
    }

    /// Notes whose the clients of an edit are; answers those that nobody had before.
    pub(super) fn claims(&mut self, account: AccountId, scan: &Scan<'_>) -> Vec<u64> {
        // Whoever only deletes brings no structs of a client's, and is an author all the same.
        let eraser = scan.fresh.is_empty().then(|| db::eraser(account));
        let clients = scan.fresh.iter().map(|(client, _)| *client).chain(eraser);
        clients.filter(|client| self.owners.insert(*client, account).is_none()).collect()
    }

    /// Queues what a peer's frame came to.
    fn push_of(&mut self, peer: u64, frame: u64, row: Option<Row>, answer: bool) {
        let Some(seat) = self.seats.get_mut(&peer) else { return };
        let acknowledge = seat.applied(answer) && seat.acks;
        self.push(Entry { row, author: Some((peer, acknowledge.then_some(frame))), ..Entry::default() });
    }

    /// Queues an entry and counts its memory.
    pub(super) fn push(&mut self, entry: Entry) {
        if entry.row.is_some() {
            self.edited = Instant::now();
        }
        self.shared.uncommitted.fetch_add(entry.size(), Ordering::Relaxed);
        self.queue.push(entry);
    }

    /// A write that is not allowed. The socket stays open: its reader may read.
    pub(super) fn refuse(&mut self, peer: u64, reason: &'static str) {
        let Some(seat) = self.seats.get_mut(&peer) else { return };
        seat.pass_over();
        if seat.acks {
            self.tell(peer, wire::refused(reason));
        }
    }

    /// An edit behind one that was not applied. What that deleted is still here, and nothing in this one says so: words that were taken back would be
    /// there twice, and stay so if its sender never answers.
    fn early(&mut self, peer: u64) {
        let Some(seat) = self.seats.get_mut(&peer) else { return };
        seat.pass_over();
        if seat.waits_to_be_asked() && !self.doubtful.contains(&peer) {
            self.ask(peer);
        }
    }

    /// An edit that needs what is not there: its sender is asked for all that we lack. A document never holds a hole.
    fn missing(&mut self, peer: u64) {
        let limit = self.shared.limits.missing_per_minute;
        let Some(seat) = self.seats.get_mut(&peer) else { return };
        seat.withhold();
        if seat.strike(Instant::now(), limit) {
            self.close(peer, Close::RESYNC);
        } else if self.elsewhere.any() {
            self.doubtful.push(peer);
        } else {
            self.ask(peer);
        }
    }
}
