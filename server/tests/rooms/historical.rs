//! Updates that were trouble for yrs or Yjs once, by the number of the issue that tells of it at <https://github.com/y-crdt/y-crdt/issues>. Those about
//! maps and lists are left out: a scan lets none through.

use rand::SeedableRng;
use rand::rngs::StdRng;
use server::rooms::scan::scan;

use crate::differential::{Room, Yjs};
use crate::hostile::{structs, text_in};

/// Text between two neighbours, each (client, clock).
fn text(left: Option<(u8, u8)>, right: Option<(u8, u8)>, text: &str) -> Vec<u8> {
    let mut out = vec![4 | if left.is_some() { 0x80 } else { 0 } | if right.is_some() { 0x40 } else { 0 }];
    for (client, clock) in [left, right].into_iter().flatten() {
        out.extend([client, clock]);
    }
    out.push(u8::try_from(text.len()).unwrap());
    out.extend(text.as_bytes());
    out
}

/// An update that deletes one range of a client.
fn deletes(client: u8, clock: u8, length: u8) -> Vec<u8> {
    vec![0, 1, client, 1, clock, length]
}

/// Lets updates come in every given order. Each is sent again until it is taken; how often it had to wait is counted. All end in one text, in yrs, in
/// Yjs and after the log was read again.
fn every_order(updates: &[Vec<u8>], orders: &[&[usize]], waits: &[usize], expected: &str) {
    let mut yjs = Yjs::start();
    for (order, waits) in orders.iter().zip(waits) {
        let (mut room, mut left, mut waited) = (Room::new(), order.to_vec(), 0);
        while !left.is_empty() {
            let before = left.len();
            left.retain(|n| !room.take(&updates[*n], false));
            waited += left.len();
            assert!(left.len() < before, "{order:?}: {left:?} are never taken");
        }
        assert_eq!(waited, *waits, "{order:?}");
        room.judge(&mut yjs, &mut StdRng::seed_from_u64(0), expected, &[]);
    }
}

/// 632: a client's structs begin with a gap; Yjs waits for ever for what is in it, and shows the text cut off.
#[test]
fn a_gap_before_a_clients_structs_is_not_taken_before_it_is_filled() {
    let updates = [
        structs(5, 0, &[&text_in("content", "1")]),
        structs(5, 0, &[&[10, 1], &text(Some((5, 0)), None, "23456789a")]),
        structs(7, 0, &[&text(Some((5, 9)), None, "bcdef")]),
    ];
    every_order(&updates, &[&[0, 1, 2], &[1, 0, 2], &[2, 1, 0]], &[0, 2, 3], "123456789abcdef");
}

/// 582: what is deleted before it was ever seen comes back.
#[test]
fn a_deletion_of_what_nobody_has_seen_yet_is_not_forgotten() {
    let updates = [structs(5, 0, &[&text_in("content", "foo")]), deletes(5, 0, 1)];
    every_order(&updates, &[&[0, 1], &[1, 0], &[1, 1, 0, 1]], &[0, 1, 2], "oo");
}

/// 605: a range to delete begins in what is collected already, and the live text behind it stays.
#[test]
fn a_deletion_that_begins_in_collected_history_reaches_the_text_behind_it() {
    let updates = [structs(5, 0, &[&[0, 3], &text_in("content", "abc")]), deletes(5, 1, 4)];
    every_order(&updates, &[&[0, 1], &[1, 0]], &[0, 1], "c");
}

/// 268: joining two clients' updates lost some of one of them.
#[test]
fn joining_two_clients_updates_keeps_all_of_both() {
    let updates = [
        structs(1, 0, &[&text_in("content", "aaa"), &text(None, Some((1, 0)), "aaa")]),
        structs(2, 0, &[&text_in("content", "bb"), &text(Some((2, 1)), None, "b"), &text(Some((2, 1)), Some((2, 2)), "bbb")]),
    ];
    every_order(&updates, &[&[0, 1], &[1, 0], &[1, 0, 1, 0]], &[0, 0, 0], "aaaaaabbbbbb");
}

/// 386, 399: a pair that is cut left one half too long and one empty, and then yrs subtracted one from zero.
#[test]
fn a_cut_pair_is_two_replacement_characters_everywhere() {
    let updates = [
        structs(5, 0, &[&text_in("content", "🇿")]),
        structs(6, 0, &[&text(Some((5, 0)), Some((5, 1)), "x")]),
        structs(7, 0, &[&text(Some((5, 1)), None, "y")]),
        deletes(5, 1, 1),
    ];
    every_order(&updates, &[&[0, 1, 2, 3], &[0, 3, 2, 1], &[3, 2, 1, 0]], &[0, 0, 3], "\u{fffd}xy");
    let empty = structs(5, 0, &[&text_in("content", "")]);
    assert!(scan(&empty, |_| 0).is_err(), "a struct of no length is let through");
}

/// <https://github.com/reearth/ygo/issues/111>: taken before its right neighbour is there, a text ends up elsewhere, and stays there.
#[test]
fn what_stands_before_unseen_text_waits_for_it() {
    let updates = [
        structs(1, 0, &[&text_in("content", "12")]),
        structs(2, 0, &[&text(Some((1, 0)), Some((1, 1)), "b")]),
        structs(3, 0, &[&text(Some((1, 0)), Some((2, 0)), "c")]),
    ];
    every_order(&updates, &[&[0, 1, 2], &[0, 2, 1], &[2, 1, 0]], &[0, 1, 3], "1cb2");
}

/// <https://github.com/y-crdt/ypy/issues/31>: two begin the same text; what one of them writes behind it stood here or there.
#[test]
fn two_beginnings_of_one_text_have_one_order() {
    let updates = [
        structs(9, 0, &[&text_in("content", "a")]),
        structs(8, 0, &[&text_in("content", "a")]),
        structs(8, 1, &[&text(Some((8, 0)), None, "b")]),
    ];
    every_order(&updates, &[&[0, 1, 2], &[1, 2, 0], &[2, 1, 0], &[1, 0, 2]], &[0, 0, 1, 0], "aba");
}
