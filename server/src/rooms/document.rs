//! One text as its room holds it: live (a yrs document) or at rest (encoded bytes), and what is known of it without asking yrs.
//!
//! Offsets are UTF-16 code units, as in the browser. yrs can panic on bytes it did not expect, so every call into it is caught and the document
//! given up: its room opens it anew from the log.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{
    Assoc, ClientID, Doc, GetString, ID, IdSet, IndexedSequence, OffsetKind, Options, ReadTxn, StateVector, StickyIndex, Text, TextRef,
    Transact, Update,
};

use super::Range;
use super::event::{Places, Ranges};
use super::merge::ascending;
use super::scan::{Deletes, ROOT, Scan, scan};

/// The document cannot be used any more, or the bytes never could.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the document or the update is damaged")]
pub struct Damaged;

/// A text.
pub struct Document {
    /// The live document; none while at rest.
    doc: Option<Doc>,
    /// The whole as one update, while it is what the document is; always there at rest.
    encoded: Option<Bytes>,
    /// The clock after the last struct of each client.
    clocks: HashMap<u64, u32>,
    /// The text's bytes are at most these.
    text_bound: usize,
    /// The encoded bytes are at most about these.
    state_bound: usize,
}

/// An empty live document that counts as browsers do.
pub fn blank(client: u64) -> Doc {
    Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(ClientID::new(client)) })
}

/// A client id that nobody has drawn; 32 bits, as Yjs draws them, because every struct carries it.
pub fn fresh_client() -> u64 {
    u64::from(rand::random::<u32>())
}

/// Applies one update to a document, which must not wait for anything afterwards.
pub fn apply(doc: &Doc, update: &[u8]) -> Result<(), Damaged> {
    guarded(|| {
        let update = Update::decode_v1(update).map_err(|_| Damaged)?;
        let mut edit = doc.transact_mut();
        edit.apply_update(update).map_err(|_| Damaged)?;
        if edit.has_missing_updates() { Err(Damaged) } else { Ok(()) }
    })?
}

/// The text of a document.
pub fn text_of(doc: &Doc) -> Result<String, Damaged> {
    let text = doc.get_or_insert_text(ROOT);
    guarded(|| text.get_string(&doc.transact()))
}

/// The whole document as one update.
pub fn encode(doc: &Doc) -> Result<Vec<u8>, Damaged> {
    guarded(|| doc.transact().encode_state_as_update_v1(&StateVector::default()))
}

/// Calls into yrs; a panic in there means that the document is damaged, not that the process is.
fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, Damaged> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|_| Damaged)
}

impl Document {
    /// The document that `updates` make, in their order.
    pub fn open<'a>(updates: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, Damaged> {
        let doc = Some(blank(fresh_client()));
        let mut document = Self { doc, encoded: None, clocks: HashMap::new(), text_bound: 0, state_bound: 0 };
        document.follow(updates)?;
        Ok(document)
    }

    /// The document that a whole state is, at rest: it is looked at, and decoded only when somebody writes or asks for the text. Most who open a
    /// document read it.
    pub fn resting(state: Vec<u8>) -> Result<Self, Damaged> {
        let scan = scan(&state, |_| 0).map_err(|_| Damaged)?;
        if scan.missing {
            return Err(Damaged);
        }
        // A state holds its text.
        let (bound, clocks) = (state.len(), scan.fresh.iter().copied().collect());
        Ok(Self { doc: None, encoded: Some(state.into()), clocks, text_bound: bound, state_bound: bound })
    }

    /// Applies what the log has, in its order.
    pub fn follow<'a>(&mut self, updates: impl IntoIterator<Item = &'a [u8]>) -> Result<(), Damaged> {
        let doc = self.live()?;
        for update in updates {
            apply(doc, update)?;
        }
        self.encoded = None;
        self.clocks = self.state_vector()?;
        self.text_bound = self.text()?.len();
        self.encoded()?;
        Ok(())
    }

    /// Applies one update if everything it needs is there; false: it is as it was. Slower than [`Self::follow`], for a log that is damaged.
    pub fn try_follow(&mut self, update: &[u8]) -> Result<bool, Damaged> {
        let whole = self.encoded()?;
        if self.follow([update]).is_ok() {
            return Ok(true);
        }
        *self = Self::open([whole.as_ref()])?;
        Ok(false)
    }

    /// The clocks as yrs has them.
    fn state_vector(&mut self) -> Result<HashMap<u64, u32>, Damaged> {
        let doc = self.live()?;
        guarded(|| doc.transact().state_vector().iter().map(|(client, clock)| (client.get(), *clock)).collect())
    }

    /// The live document, made from the encoded bytes when it was at rest.
    fn live(&mut self) -> Result<&Doc, Damaged> {
        if self.doc.is_none() {
            let doc = blank(fresh_client());
            apply(&doc, self.encoded.as_ref().ok_or(Damaged)?)?;
            self.doc = Some(doc);
        }
        self.doc.as_ref().ok_or(Damaged)
    }

    /// The shared text.
    fn content(&mut self) -> Result<(&Doc, TextRef), Damaged> {
        let doc = self.live()?;
        let text = doc.get_or_insert_text(ROOT);
        Ok((doc, text))
    }

    /// Keeps the encoded bytes only.
    pub fn rest(&mut self) -> Result<(), Damaged> {
        if self.doc.is_some() {
            self.encoded()?;
            self.doc = None;
        }
        Ok(())
    }

    /// The clock after the last struct of each client.
    pub fn clocks(&self) -> &HashMap<u64, u32> {
        &self.clocks
    }

    /// The clock after the last struct of one client.
    pub fn known(&self, client: u64) -> u32 {
        self.clocks.get(&client).copied().unwrap_or(0)
    }

    /// Whether an update of that size and text fits into limits. Bounds are enough while they are below; then they are measured anew.
    pub fn fits(&mut self, update: usize, inserted: usize, text_limit: usize, state_limit: usize) -> Result<bool, Damaged> {
        if self.text_bound + inserted > text_limit {
            self.text_bound = self.text()?.len();
        }
        if self.state_bound + update > state_limit {
            self.encoded()?;
        }
        Ok(self.text_bound + inserted <= text_limit && self.state_bound + update <= state_limit)
    }

    /// Applies an update that was scanned against [`Self::known`] and needs nothing that is not there.
    pub fn apply(&mut self, update: &[u8], scan: &Scan<'_>) -> Result<(), Damaged> {
        apply(self.live()?, update)?;
        self.changed(update.len(), scan.inserted, &scan.fresh);
        Ok(())
    }

    /// As [`Self::apply`]; answers what it changed as one update, which for a peer that sends all it deleted ever is much less.
    pub fn apply_difference(&mut self, update: &[u8], scan: &Scan<'_>) -> Result<Vec<u8>, Damaged> {
        let doc = self.live()?;
        let difference = guarded(|| {
            let update = Update::decode_v1(update).map_err(|_| Damaged)?;
            let mut edit = doc.transact_mut();
            edit.apply_update(update).map_err(|_| Damaged)?;
            if edit.has_missing_updates() { Err(Damaged) } else { Ok(edit.encode_update_v1()) }
        })??;
        self.changed(difference.len(), scan.inserted, &scan.fresh);
        Ok(difference)
    }

    /// Notes a change.
    fn changed(&mut self, bytes: usize, inserted: usize, fresh: &[(u64, u32)]) {
        self.encoded = None;
        self.text_bound += inserted;
        self.state_bound += bytes;
        self.clocks.extend(fresh.iter().copied());
    }

    /// The text.
    pub fn text(&mut self) -> Result<String, Damaged> {
        text_of(self.live()?)
    }

    /// The bytes of the whole as one update, or somewhat more.
    pub fn state_bound(&self) -> usize {
        self.state_bound
    }

    /// The whole as one update.
    pub fn encoded(&mut self) -> Result<Bytes, Damaged> {
        if let Some(encoded) = &self.encoded {
            return Ok(encoded.clone());
        }
        let encoded = Bytes::from(encode(self.live()?)?);
        self.state_bound = encoded.len();
        self.encoded = Some(encoded.clone());
        Ok(encoded)
    }

    /// What a peer lacks that knows these clocks.
    pub fn difference(&mut self, clocks: &[(u64, u32)]) -> Result<Bytes, Damaged> {
        if clocks.is_empty() {
            return self.encoded();
        }
        // A clock ahead of ours says nothing about what we have.
        let clocks: Vec<_> = clocks.iter().map(|(client, clock)| (ClientID::new(*client), (*clock).min(self.known(*client)))).collect();
        let doc = self.live()?;
        guarded(|| doc.transact().encode_state_as_update_v1(&StateVector::from_iter(clocks)).into())
    }

    /// Whether all of this is deleted already.
    pub fn knows_deletes(&mut self, deletes: &[Deletes]) -> Result<bool, Damaged> {
        if deletes.iter().all(|(_, ranges)| ranges.is_empty()) {
            return Ok(true);
        }
        let mut wanted = IdSet::new();
        for (client, ranges) in deletes {
            // In order each goes to the end: a set of many that come in another takes a step over all for each.
            for (clock, length) in ascending(ranges.clone()) {
                wanted.insert(ID::new(ClientID::new(*client), clock), length);
            }
        }
        let doc = self.live()?;
        guarded(|| wanted.diff(&doc.transact().snapshot().delete_set).is_empty())
    }

    /// Removes carriage returns and U+0000; answers the edit, when there was something to remove.
    pub fn clean(&mut self) -> Result<Option<Vec<u8>>, Damaged> {
        let (doc, text) = self.content()?;
        let edit = guarded(|| {
            let mut edit = doc.transact_mut();
            let unclean: Vec<u32> = text
                .get_string(&edit)
                .encode_utf16()
                .zip(0..)
                .filter_map(|(unit, at)| (unit == u16::from(b'\r') || unit == 0).then_some(at))
                .collect();
            // From the end, so that the offsets before stay true.
            for at in unclean.iter().rev() {
                text.remove_range(&mut edit, *at, 1);
            }
            (!unclean.is_empty()).then(|| edit.encode_update_v1())
        })?;
        if let Some(edit) = &edit {
            self.changed(edit.len(), 0, &[]);
        }
        Ok(edit)
    }

    /// Where ranges are now; none where one end resolves to nothing.
    pub fn resolve(&mut self, ranges: &[Range]) -> Result<Places, Damaged> {
        let doc = self.live()?;
        guarded(|| {
            let read = doc.transact();
            let place = |bytes: &[u8]| Some(StickyIndex::decode_v1(bytes).ok()?.get_offset(&read)?.index);
            ranges
                .iter()
                .map(|range| Some((place(&range.start)?, place(&range.end)?)).map(|(start, end)| (start, end.max(start))))
                .collect()
        })
    }

    /// Relative positions of offsets now; none beyond the end.
    pub fn anchor(&mut self, offsets: &[(u32, u32)]) -> Result<Ranges, Damaged> {
        let (doc, text) = self.content()?;
        guarded(|| {
            let read = doc.transact();
            let place = |at: u32, assoc: Assoc| Some(text.sticky_index(&read, at, assoc)?.encode_v1());
            offsets.iter().map(|(from, to)| Some(Range { start: place(*from, Assoc::After)?, end: place(*to, Assoc::Before)? })).collect()
        })
    }
}
