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
