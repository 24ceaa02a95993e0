//! What a room is asked: for its text, for places in it, for an edit of the server's. Answers that show text wait for the commit of what they show.

use app::model::anchor::slice;

use super::Room;
use crate::db::checkpoints::Before;
use crate::db::history;
use crate::db::log::State;
use crate::render::{self, Edit};
use crate::rooms::committer::Row;
use crate::rooms::document::{Damaged, fresh_client};
use crate::rooms::event::{Places, Ranges, Reply};
use crate::rooms::queue::{Entry, Held};
use crate::rooms::scan::scan;
use crate::rooms::seat::Close;
use crate::rooms::{Change, Range, Reading, RoomError, ServerEdit, Swap, lineage, wire};

impl Room {
    /// Answers a peer's sync step 1. A browser that opens the document has nothing: it gets the bytes that are kept encoded.
    pub(super) fn answer(&mut self, peer: u64, state_vector: &[u8]) -> Result<(), Damaged> {
        let Ok(clocks) = wire::parse_state_vector(state_vector) else {
            self.close(peer, Close::MALFORMED);
            return Ok(());
        };
        let frame = wire::step2(&self.document.difference(&clocks)?);
        // Degraded, nothing waits: people go on writing together from memory.
        if self.queue.is_empty() || self.told_degraded {
            self.tell(peer, frame);
        } else {
            self.queue.hold(Held::Frame(peer, frame));
        }
        Ok(())
    }

    /// The text and state as they are now.
    fn reading(&mut self) -> Result<Reading, Damaged> {
        Ok(Reading { text: self.document.text()?, seq: self.seq, state: self.document.encoded()?.to_vec() })
    }

    /// Gives an answer now or when what it shows is committed.
    fn give(&mut self, held: Held) {
        if self.queue.is_empty() {
            let seq = self.seq;
            self.deliver(held, seq);
        } else if self.told_degraded {
            fail(held, &RoomError::Away);
        } else {
            self.queue.hold(held);
        }
    }

    /// Asked for the text.
    pub(super) fn read(&mut self, reply: Reply<Reading>) -> Result<(), Damaged> {
        let reading = self.reading()?;
        self.give(Held::Read(reply, reading));
        Ok(())
    }

    /// Asked where ranges are.
    pub(super) fn resolve(&mut self, ranges: Vec<Range>, reply: Reply<(Reading, Places)>) -> Result<(), Damaged> {
        let reading = self.reading()?;
        let places = self.document.resolve(&ranges)?;
        self.give(Held::Resolve(reply, ranges, reading, places));
        Ok(())
    }

    /// Asked for relative positions in the text of a seq.
    pub(super) fn anchor(&mut self, seq: i64, offsets: &[(u32, u32)], reply: Reply<Option<Ranges>>) -> Result<(), Damaged> {
        if seq == self.seq && self.queue.is_empty() {
            let _ = reply.send(Ok(Some(self.document.anchor(offsets)?)));
        } else {
            let _ = reply.send(Ok(None));
        }
        Ok(())
    }

    /// Asked for an edit of the server's.
    pub(super) fn edit(&mut self, edit: ServerEdit, reply: Reply<i64>) -> Result<(), Damaged> {
        if let Some(seq) = edit.cause.as_ref().and_then(|cause| self.landed.get(cause)) {
            let _ = reply.send(Ok(*seq));
            return Ok(());
        }
        // The same cause twice at the same time is one edit.
        if let Some(twin) =
            self.queue.entries().find(|entry| edit.cause.is_some() && entry.row.as_ref().is_some_and(|row| row.cause == edit.cause))
        {
            twin.replies.push(reply);
            return Ok(());
        }
        let refusal = if self.told_degraded { Some(RoomError::Away) } else { (self.state == State::Closed).then_some(RoomError::ReadOnly) };
        if let Some(refusal) = refusal {
            let _ = reply.send(Err(refusal));
            return Ok(());
        }
        match self.make(edit)? {
            Ok(row) => self.push(Entry { row, replies: vec![reply], ..Entry::default() }),
            Err(error) => drop(reply.send(Err(error))),
        }
        Ok(())
    }

    /// Makes the edit in the document; answers its row, none when it changes nothing and comes from nothing.
    fn make(&mut self, edit: ServerEdit) -> Result<Result<Option<Row>, RoomError>, Damaged> {
        // Only a change of the text as a whole takes away what nobody has looked at.
        let before = if let Change::PutBack(_, told) = &edit.change { Some(Box::new(self.before(told.clone())?)) } else { None };
        let (update, base) = match edit.change {
            Change::Text(text) | Change::PutBack(text, _) => {
                (lineage::advance(&self.document.encoded()?, &text, self.unknown_client())?.update, None)
            }
            Change::Swap(swaps) => match self.swap(&swaps)? {
                Some(update) => (update, None),
                None => return Ok(Err(RoomError::Outdated)),
            },
            Change::Update(update) => (update, None),
            Change::Version { number, update } => (update, Some(number)),
        };
        let Ok(scan) = scan(&update, |client| self.document.known(client)) else { return Ok(Err(RoomError::Damaged)) };
        if scan.missing {
            return Ok(Err(RoomError::Damaged));
        }
        let limits = &self.shared.limits;
        if !self.document.fits(update.len(), scan.inserted, limits.text_bytes, limits.state_bytes)? {
            return Ok(Err(RoomError::TooLarge));
        }
        self.document.apply(&update, &scan)?;
        if update == wire::NOTHING && edit.cause.is_none() {
            return Ok(Ok(None));
        }
        let claims = edit.account.map(|account| self.claims(account, &scan)).unwrap_or_default();
        // What a person asked for is refused by a hold as what they type is.
        let own = edit.account.is_none();
        Ok(Ok(Some(Row { bytes: update.into(), account: edit.account, own, cause: edit.cause, base, claims, before })))
    }

    /// The text as it is, uncommitted edits included: they are committed with what follows them, or not at all.
    fn before(&mut self, told: history::Entry) -> Result<Before, Damaged> {
        let (began, mut authors) = self.session.so_far();
        authors.extend(self.queue.entries().filter_map(|entry| entry.account()));
        Ok(Before { began, authors: authors.into_iter().collect(), text: self.document.text()?, told })
    }

    /// The update that puts other words into places; none when one of them reads otherwise, or two overlap.
    fn swap(&mut self, swaps: &[Swap]) -> Result<Option<Vec<u8>>, Damaged> {
        let ranges: Vec<Range> = swaps.iter().map(|swap| swap.range.clone()).collect();
        let (places, text) = (self.document.resolve(&ranges)?, self.document.text()?);
        let Some(edits) = edits(&text, swaps, &places) else { return Ok(None) };
        lineage::edit(&self.document.encoded()?, &edits, self.unknown_client()).map(Some)
    }

    /// A client id that the document has not seen: one account may not write under another's.
    fn unknown_client(&self) -> u64 {
        loop {
            let client = fresh_client();
            if self.document.known(client) == 0 && !self.owners.contains_key(&client) {
                return client;
            }
        }
    }

    /// Gives an answer that shows what is committed at `seq`. A document that is to be opened anew may lack rows of another process below that seq:
    /// a snapshot of it would take their place.
    pub(super) fn deliver(&mut self, held: Held, seq: i64) {
        if self.reload && !matches!(held, Held::Frame(..)) {
            return fail(held, &RoomError::Away);
        }
        match held {
            Held::Frame(peer, frame) => self.tell(peer, frame),
            Held::Read(reply, reading) => drop(reply.send(Ok(Reading { seq, ..reading }))),
            Held::Resolve(reply, _, reading, places) => drop(reply.send(Ok((Reading { seq, ..reading }, places)))),
            Held::Snapshot(snapshot, turn) => self.compact(snapshot, turn, seq),
        }
    }
}

/// What swaps change, in ascending order, when every place reads as it must and none overlaps another.
fn edits(text: &str, swaps: &[Swap], places: &Places) -> Option<Vec<Edit>> {
    let mut found: Vec<(u32, u32, &Swap)> = Vec::with_capacity(swaps.len());
    for (swap, place) in swaps.iter().zip(places) {
        // In an empty text there is one place, whatever its positions were made of.
        let (from, to) = if text.is_empty() { (0, 0) } else { (*place)? };
        let there = slice(text, from, to).filter(|_| !swap.original.is_empty() || text.is_empty());
        found.push((there == Some(&swap.original)).then_some((from, to, swap))?);
    }
    found.sort_by_key(|(from, to, _)| (*from, *to));
    let apart = found.windows(2).all(|two| two[0].1 <= two[1].0);
    let edits = found.into_iter().flat_map(|(from, _, Swap { original, replacement, .. })| {
        render::edits(original, replacement).into_iter().map(move |edit| Edit { at: from + edit.at, ..edit })
    });
    apart.then(|| edits.collect())
}

/// Tells those who wait for an answer that there is none.
pub(super) fn fail(held: Held, error: &RoomError) {
    match held {
        Held::Frame(..) | Held::Snapshot(..) => {}
        Held::Read(reply, _) => drop(reply.send(Err(error.clone()))),
        Held::Resolve(reply, ..) => drop(reply.send(Err(error.clone()))),
    }
}
