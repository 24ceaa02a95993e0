//! Joins updates that follow one another into one, so that a turn is one frame to every peer.
//!
//! Only sections that continue each other are joined, byte for byte; nothing is decoded, split or dropped, so nothing can be lost. What is deleted
//! is put in order.

use std::collections::BTreeMap;

use super::scan::{Section, scan};
use super::varint::put;

/// One update with the content of all; none when a client's structs overlap or leave a hole between them.
pub fn merge<B: AsRef<[u8]>>(updates: &[B]) -> Option<Vec<u8>> {
    let mut clients: BTreeMap<u64, Vec<Section<'_>>> = BTreeMap::new();
    let mut deletes: BTreeMap<u64, Vec<(u32, u32)>> = BTreeMap::new();
    for update in updates {
        let scan = scan(update.as_ref(), |_| 0).ok()?;
        for section in scan.sections {
            let sections = clients.entry(section.client).or_default();
            if sections.last().is_some_and(|last| last.end != section.clock) {
                return None;
            }
            sections.push(section);
        }
        for (client, ranges) in scan.deletes {
            deletes.entry(client).or_default().extend(ranges);
        }
    }
    let mut out = Vec::with_capacity(updates.iter().map(|update| update.as_ref().len()).sum());
    put(&mut out, clients.len() as u64);
    // Yjs writes higher clients first.
    for (client, sections) in clients.iter().rev() {
        put(&mut out, sections.iter().map(|section| u64::from(section.structs)).sum());
        put(&mut out, *client);
        put(&mut out, u64::from(sections[0].clock));
        for section in sections {
            out.extend_from_slice(section.bytes);
        }
    }
    put(&mut out, deletes.len() as u64);
    for (client, ranges) in deletes.into_iter().rev() {
        let ranges = ascending(ranges);
        put(&mut out, client);
        put(&mut out, ranges.len() as u64);
        for (clock, length) in ranges {
            put(&mut out, u64::from(clock));
            put(&mut out, u64::from(length));
        }
    }
    Some(out)
}

/// The same clocks as ranges in order, none touching another: what a Yjs client cannot delete yet it keeps as differences of clocks, and out of
/// order these become other clocks.
pub(super) fn ascending(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (clock, length) in ranges {
        match joined.last_mut() {
            // A scan has seen to it that no end is beyond 32 bits.
            Some(last) if clock <= last.0 + last.1 => last.1 = last.1.max(clock + length - last.0),
            _ => joined.push((clock, length)),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use yrs::updates::encoder::Encode;
    use yrs::{GetString, ReadTxn, Text, Transact};

    use super::*;
    use crate::rooms::document::{apply, blank, encode, text_of};
    use crate::rooms::scan::ROOT;

    /// Whose edit, where, what it inserts, or how much it deletes when that is nothing.
    type Edit = (bool, u32, String, u32);

    /// Edits of two people who see each other's at once; answers what each changed, and the state after `cut` of them.
    fn written(edits: &[Edit], cut: usize) -> (Vec<Vec<u8>>, Vec<u8>, String) {
        let docs = [blank(7), blank(1_000_000)];
        let (mut updates, mut state) = (Vec::new(), encode(&docs[0]).unwrap());
        for (n, (second, at, insert, delete)) in edits.iter().enumerate() {
            let (doc, other) = if *second { (&docs[1], &docs[0]) } else { (&docs[0], &docs[1]) };
            let text = doc.get_or_insert_text(ROOT);
            let mut edit = doc.transact_mut();
            let units = u32::try_from(text.get_string(&edit).encode_utf16().count()).unwrap();
            let at = at % (units + 1);
            text.insert(&mut edit, at, insert);
            if insert.is_empty() {
                text.remove_range(&mut edit, at, (*delete).min(units - at));
            }
            let update = edit.encode_update_v1();
            drop(edit);
            apply(other, &update).unwrap();
            updates.push(update);
            if n + 1 == cut {
                state = encode(&docs[0]).unwrap();
            }
        }
        (updates, state, text_of(&docs[0]).unwrap())
    }

    proptest! {
        #[test]
        fn a_state_and_what_followed_it_are_one_state(
            edits in vec((any::<bool>(), any::<u32>(), "[a-zé😀]{0,4}", 1..5_u32), 1..40),
            cut in any::<prop::sample::Index>(),
        ) {
            let cut = cut.index(edits.len() + 1);
            let (updates, state, text) = written(&edits, cut);
            let parts: Vec<&[u8]> = std::iter::once(state.as_slice()).chain(updates[cut..].iter().map(Vec::as_slice)).collect();
            let (whole, apart) = (blank(1), blank(1));
            apply(&whole, &merge(&parts).unwrap()).unwrap();
            for update in &updates {
                apply(&apart, update).unwrap();
            }
            prop_assert_eq!(text_of(&whole).unwrap(), text);
            let clocks = |doc: &yrs::Doc| doc.transact().state_vector().encode_v1();
            prop_assert_eq!(clocks(&whole), clocks(&apart));
            prop_assert_eq!(encode(&whole).unwrap(), encode(&apart).unwrap());
        }
    }
}
