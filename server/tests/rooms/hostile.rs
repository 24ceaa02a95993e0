//! Frames that nobody honest sends: each ends or is refused, and the room is unharmed.

use proptest::test_runner::{Config, TestRunner};
use server::rooms::scan::scan;
use server::rooms::varint::{put, put_bytes};
use server::rooms::{Limits, wire};
use sqlx::PgPool;
use yrs::{Any, Map, Text, Transact};

use crate::client::{Client, Server, document};
use crate::support::{World, quick};

/// A world with a text and an honest author.
async fn town(db: &PgPool, limits: Limits) -> (World, Server, Client) {
    let world = World::with(db, limits).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "unharmed").await;
    ada.saved().await;
    (world, server, ada)
}

/// The honest author goes on as if nothing had been.
async fn unharmed(world: &World, ada: &mut Client) {
    let before = ada.text();
    ada.insert(0, "still ").await;
    ada.saved().await;
    assert_eq!(world.text().await, format!("still {before}"));
}

/// An update of some structs of one client, without deletions.
pub fn structs(client: u64, clock: u64, each: &[&[u8]]) -> Vec<u8> {
    let mut out = Vec::new();
    for number in [1, each.len() as u64, client, clock] {
        put(&mut out, number);
    }
    for one in each {
        out.extend_from_slice(one);
    }
    put(&mut out, 0);
    out
}

/// Text without neighbours in a root type.
pub fn text_in(root: &str, text: &str) -> Vec<u8> {
    let mut out = vec![4, 1];
    put_bytes(&mut out, root.as_bytes());
    put_bytes(&mut out, text.as_bytes());
    out
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn malformed_frames_close_their_sender_only(db: PgPool) {
    let (world, server, mut ada) = town(&db, quick()).await;
    let good = structs(5, 0, &[&text_in("content", "x")]);
    let mut trailing = good.clone();
    trailing.push(0);
    let updates: Vec<Vec<u8>> = vec![
        vec![],
        vec![1],
        // 250 million clients, structs, deletions that are not there
        vec![255, 255, 255, 122],
        vec![1, 255, 255, 255, 122, 1, 0],
        vec![0, 255, 255, 255, 122],
        good[..good.len() - 3].to_vec(),
        trailing,
        structs(5, 0, &[&[0, 0]]),
        structs(5, u64::from(u32::MAX), &[&text_in("content", "xy")]),
        structs(1 << 52, 0, &[&text_in("other", "x")]),
        structs(5, 0, &[&text_in("content", "")]),
        // a string that is no UTF-8, a struct that follows itself
        structs(5, 0, &[&[4, 1, 7, b'c', b'o', b'n', b't', b'e', b'n', b't', 1, 0xff]]),
        structs(5, 0, &[&[0x84, 5, 0, 1, b'x']]),
        // one client's deletions in two parts, a deletion of nothing
        vec![0, 2, 5, 1, 0, 1, 5, 1, 2, 1],
        vec![0, 1, 5, 1, 0, 0],
    ];
    let frames = updates.iter().map(|update| wire::update(update).to_vec());
    let others = [vec![], vec![0], vec![0, 9, 0], vec![0, 2, 200], vec![0, 0, 4, 255, 255, 255, 122], vec![1, 3, 1, 1, 1], vec![255; 12]];
    for frame in frames.chain(others) {
        let mut eve = Client::synced(&server, &world, &world.ben).await;
        eve.raw(frame.clone()).await;
        assert_eq!(eve.until_closed().await, 1007, "{frame:?}");
    }
    unharmed(&world, &mut ada).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn only_plain_text_named_content_is_taken(db: PgPool) {
    let (world, server, mut ada) = town(&db, quick()).await;
    let map = document();
    let update = {
        let root = map.get_or_insert_map("hidden");
        let mut edit = map.transact_mut();
        root.insert(&mut edit, "key", Any::from("value"));
        edit.encode_update_v1()
    };
    let formatted = document();
    let bold = {
        let text = formatted.get_or_insert_text("content");
        let mut edit = formatted.transact_mut();
        text.insert_with_attributes(&mut edit, 0, "bold", [("b".into(), Any::from(true))].into());
        edit.encode_update_v1()
    };
    for update in [update, bold] {
        let mut ben = Client::synced(&server, &world, &world.ben).await;
        ben.raw_update(&update).await;
        assert_eq!(ben.until_closed().await, 1007);
    }
    unharmed(&world, &mut ada).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn missing_dependencies_are_asked_for_and_never_kept(db: PgPool) {
    let (world, server, mut ada) = town(&db, quick()).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    // The middle one of three keystrokes is lost.
    ben.insert(0, "1").await;
    ben.text.insert(&mut ben.doc.transact_mut(), 1, "2");
    ben.insert(2, "3").await;
    ben.until(|ben| ben.asked == 2).await;
    ben.saved().await;
    assert_eq!(world.text().await, ben.text());
    ada.until(|ada| ada.text().contains("123")).await;
    // Whoever never brings what is missing is sent away at the third time.
    let mut eve = Client::synced(&server, &world, &world.ben).await;
    eve.answers = false;
    for update in [
        structs(6, 3, &[&text_in("content", "hole")]),
        structs(6, 0, &[&[0x84, 99, 0, 1, b'x']]),
        // deletes what nobody has written
        vec![0, 1, 77, 1, 0, 5],
    ] {
        eve.raw_update(&update).await;
    }
    assert_eq!(eve.until_closed().await, 4509);
    unharmed(&world, &mut ada).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_circle_of_dependencies_leaves_no_trace(db: PgPool) {
    let (world, server, mut ada) = town(&db, quick()).await;
    // 8:0 follows 9:0, which follows 8:0.
    let mut circle = vec![2];
    for (client, neighbour) in [(9u8, 8u8), (8, 9)] {
        circle.extend([1, client, 0, 0x84, neighbour, 0, 1, b'x']);
    }
    circle.push(0);
    let mut eve = Client::synced(&server, &world, &world.ben).await;
    eve.answers = false;
    eve.raw_update(&circle).await;
    eve.until(|eve| eve.asked == 2).await;
    ada.until(|ada| ada.asked == 2).await;
    ada.saved().await;
    unharmed(&world, &mut ada).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_only_the_log_tells_how_to_read_is_never_compacted(db: PgPool) {
    let world = World::with(&db, Limits { snapshot_rows: 2, ..quick() }).await;
    let server = Server::start(&world).await;
    let mut eve = Client::synced(&server, &world, &world.ben).await;
    eve.raw_update(&structs(5, 0, &[&text_in("content", "ledger ")])).await;
    eve.until(|eve| eve.acked == eve.sent).await;
    // Behind 5:5, before 5:4.
    eve.raw_update(&structs(6, 0, &[&[0xc4, 5, 5, 5, 4, 2, b'#', b' ']])).await;
    eve.until(|eve| eve.acked == eve.sent).await;
    let text = world.text().await;
    let rows = world.rows().await;
    let world = world.restarted().await;
    assert_eq!(world.text().await, text);
    assert_eq!(world.rows().await, rows);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_document_over_its_limit_is_refused_for_good(db: PgPool) {
    let (world, server, mut ada) = town(&db, Limits { text_bytes: 1_000, message_bytes: 20_000, ..quick() }).await;
    for size in [993, 19_000, 25_000] {
        let mut ben = Client::synced(&server, &world, &world.ben).await;
        ben.insert(0, &"x".repeat(size)).await;
        assert_eq!(ben.until_closed().await, 4413, "{size}");
    }
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ben.insert(0, &"x".repeat(900)).await;
    ben.saved().await;
    ben.delete(0, 900).await;
    ben.saved().await;
    ben.insert(0, &"y".repeat(900)).await;
    ben.saved().await;
    ada.until(|ada| ada.text().starts_with('y')).await;
    unharmed(&world, &mut ada).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn text_frames_are_no_messages(db: PgPool) {
    let (world, server, mut ada) = town(&db, quick()).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ben.say("hello").await;
    assert_eq!(ben.until_closed().await, 1007);
    unharmed(&world, &mut ada).await;
}

#[test]
fn any_bytes_are_scanned_or_refused_without_a_panic() {
    let mut runner = TestRunner::new(Config { cases: 5_000, ..Config::default() });
    let any = proptest::collection::vec(proptest::num::u8::ANY, 0..64);
    runner
        .run(&any, |bytes| {
            let _ = scan(&bytes, |client| if client % 2 == 0 { 0 } else { 5 });
            let _ = wire::parse(&bytes);
            let _ = wire::parse_state_vector(&bytes);
            Ok(())
        })
        .unwrap();
}

/// Real updates with a few bytes changed: what the scan lets through, yrs takes without a panic and without holes.
#[test]
fn what_the_scan_lets_through_can_be_applied() {
    let mut runner = TestRunner::new(Config { cases: 5_000, ..Config::default() });
    let base = {
        let doc = document();
        let text = doc.get_or_insert_text("content");
        let mut edit = doc.transact_mut();
        text.insert(&mut edit, 0, "hello 💡 world");
        text.remove_range(&mut edit, 3, 4);
        text.insert(&mut edit, 2, "in between");
        edit.encode_update_v1()
    };
    let changes = proptest::collection::vec((proptest::num::usize::ANY, proptest::num::u8::ANY), 0..4);
    runner
        .run(&changes, |changes| {
            let mut bytes = base.clone();
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            if scan(&bytes, |_| 0).is_ok_and(|scan| !scan.missing) {
                let doc = server::rooms::document::blank(1);
                // A circle is the one thing that a scan does not see; it is found after the apply.
                let _ = server::rooms::document::apply(&doc, &bytes);
            }
            Ok(())
        })
        .unwrap();
}
