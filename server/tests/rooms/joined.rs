//! A turn's updates joined into one frame: nothing lost, nothing invented, and what is deleted in the order that Yjs needs.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use server::rooms::merge::merge;
use server::rooms::scan::scan;
use server::rooms::varint::put;
use yrs::updates::decoder::Decode;
use yrs::{Doc, GetString, Text, Transact, Update};

use crate::client::document;

/// Ranges of deleted clocks, client by client.
type Deletes = BTreeMap<u64, Vec<(u32, u32)>>;

/// An update of deletions only.
fn deleting(deletes: &Deletes) -> Vec<u8> {
    let mut out = vec![0];
    put(&mut out, deletes.len() as u64);
    for (client, ranges) in deletes {
        put(&mut out, *client);
        put(&mut out, ranges.len() as u64);
        for (clock, length) in ranges {
            put(&mut out, u64::from(*clock));
            put(&mut out, u64::from(*length));
        }
    }
    out
}

/// What an update deletes.
fn deleted(update: &[u8]) -> Deletes {
    scan(update, |_| 0).unwrap().deletes.into_iter().collect()
}

/// The single clocks of ranges.
fn clocks<'a>(all: impl IntoIterator<Item = &'a Deletes>) -> BTreeSet<(u64, u32)> {
    let each = all.into_iter().flatten();
    each.flat_map(|(client, ranges)| ranges.iter().flat_map(|(clock, length)| (*clock..clock + length).map(|one| (*client, one)))).collect()
}

/// Whether every client's ranges ascend with a gap between any two.
fn in_order(deletes: &Deletes) -> bool {
    deletes.values().all(|ranges| ranges.windows(2).all(|pair| pair[0].0 + pair[0].1 < pair[1].0))
}

fn ranges() -> impl Strategy<Value = Deletes> {
    prop::collection::btree_map(1..4_u64, prop::collection::vec((0..60_u32, 1..6_u32), 1..5), 1..4)
}

/// One edit of one of two people: whose, where, how much goes, what comes.
fn edit() -> impl Strategy<Value = (bool, u32, u32, String)> {
    (any::<bool>(), 0..40_u32, 0..4_u32, "[a-zé💡]{0,3}")
}

/// Types; answers the update.
fn apply(doc: &Doc, at: u32, gone: u32, new: &str) -> Vec<u8> {
    let text = doc.get_or_insert_text("content");
    let mut edit = doc.transact_mut();
    let length = text.len(&edit);
    let at = at.min(length);
    text.remove_range(&mut edit, at, gone.min(length - at));
    text.insert(&mut edit, at, new);
    edit.encode_update_v1()
}

fn take(doc: &Doc, update: &[u8]) {
    doc.get_or_insert_text("content");
    doc.transact_mut().apply_update(Update::decode_v1(update).unwrap()).unwrap();
}

fn text(doc: &Doc) -> String {
    doc.get_or_insert_text("content").get_string(&doc.transact())
}

#[test]
fn deletions_that_came_out_of_order_leave_in_order() {
    let updates = [(1, 20), (1, 3), (2, 7), (1, 22), (1, 5)].map(|(client, clock)| deleting(&Deletes::from([(client, vec![(clock, 2)])])));
    let merged = deleted(&merge(&updates).unwrap());
    assert_eq!(merged, Deletes::from([(1, vec![(3, 4), (20, 4)]), (2, vec![(7, 2)])]));
}

proptest! {
    #[test]
    fn exactly_what_each_deletes_is_deleted_and_in_order(all in prop::collection::vec(ranges(), 1..6)) {
        let updates: Vec<Vec<u8>> = all.iter().map(deleting).collect();
        let merged = deleted(&merge(&updates).unwrap());
        prop_assert!(in_order(&merged), "{merged:?}");
        prop_assert_eq!(clocks([&merged]), clocks(&all));
    }

    #[test]
    fn a_turn_in_one_frame_reads_as_its_updates_one_by_one(edits in prop::collection::vec(edit(), 1..25)) {
        let (ada, ben, whole, single) = (document(), document(), document(), document());
        let mut updates = Vec::new();
        for (first, at, gone, new) in edits {
            // Ben types late: what Ada wrote reaches him at the end.
            let update = apply(if first { &ada } else { &ben }, at, gone, &new);
            if update != [0, 0] {
                updates.push(update);
            }
        }
        for update in &updates {
            take(&single, update);
        }
        if let Some(merged) = merge(&updates) {
            prop_assert!(in_order(&deleted(&merged)));
            take(&whole, &merged);
            prop_assert_eq!(text(&whole), text(&single));
        }
    }
}
