//! Logs with damaged rows: noticed, kept, passed over, and mended by whoever still has what was in them.

use server::rooms::{Limits, RoomError};
use sqlx::PgPool;

use crate::client::{Client, Server};
use crate::support::{World, quick};

/// Flips the lowest bit of the last byte of one update.
async fn flip(db: &PgPool, seq: i64) {
    let flip = "update updates set bytes = set_byte(bytes, length(bytes) - 1, get_byte(bytes, length(bytes) - 1) # 1) where seq = $1";
    sqlx::query(flip).bind(seq).execute(db).await.unwrap();
}

/// What the metric says.
fn damaged(world: &World) -> u64 {
    metric(world, "quorum_damaged_total ")
}

/// What one says.
fn metric(world: &World, name: &str) -> u64 {
    let text = world.rooms.metrics();
    text.lines().find_map(|line| line.strip_prefix(name)).unwrap().parse().unwrap()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_damaged_snapshot_is_never_served_nor_overwritten(db: PgPool) {
    let world = World::with(&db, Limits { snapshot_rows: 2, ..quick() }).await;
    world.set("one").await.unwrap();
    world.set("one two").await.unwrap();
    while world.rows().await > 0 {
        tokio::task::yield_now().await;
    }
    // As one that was written before checksums were kept: its text is what tells.
    sqlx::query("update snapshots set text_hash = '\\x00', crc = null").execute(&db).await.unwrap();
    let world = world.restarted().await;
    assert_eq!(world.rooms.read(world.document).await.unwrap_err(), RoomError::Damaged);
    assert_eq!(world.set("three").await, Err(RoomError::Damaged));
    let server = Server::start(&world).await;
    let mut ada = Client::open(&server, &world, &world.ada).await;
    assert_eq!(ada.until_closed().await, 1011);
    assert_eq!(ada.synced, 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_hole_in_the_log_is_damage_not_an_empty_text(db: PgPool) {
    let world = World::new(&db).await;
    world.set("one").await.unwrap();
    world.set("one two").await.unwrap();
    sqlx::query("delete from updates where seq = 1").execute(&db).await.unwrap();
    let world = world.restarted().await;
    assert_eq!(world.rooms.read(world.document).await.unwrap_err(), RoomError::Damaged);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_damaged_update_is_passed_over_kept_and_sent_again_by_whoever_has_it(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    for (at, word) in [(0, "one "), (4, "two "), (8, "three")] {
        ada.insert(at, word).await;
        ada.saved().await;
    }
    let Client { doc, .. } = ada;
    let world = world.restarted().await;
    flip(&db, 2).await;
    let few = Limits { snapshot_rows: 2, ..quick() };
    let world = world.restarted_with(few.clone()).await;
    assert_eq!(world.text().await, "one ", "“three” needs “two”");
    assert_eq!(damaged(&world), 2);

    let server = Server::start(&world).await;
    let mut back = Client::with(&server, world.document, &world.ada, doc, true).await;
    back.until(|back| back.sent == 1 && back.acked == 1).await;
    back.insert(13, ".").await;
    back.saved().await;
    assert_eq!(world.text().await, "one two three.");
    drop(back);
    let world = world.restarted_with(few).await;
    assert_eq!(world.rows().await, 5, "nothing of a damaged log is removed");
    assert_eq!(world.text().await, "one two three.");
    assert_eq!(damaged(&world), 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn without_its_first_update_a_log_is_no_text(db: PgPool) {
    let world = World::new(&db).await;
    world.set("one").await.unwrap();
    world.set("one two").await.unwrap();
    flip(&db, 1).await;
    let world = world.restarted().await;
    assert_eq!(world.rooms.read(world.document).await.unwrap_err(), RoomError::Damaged);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_flipped_bit_of_a_snapshot_is_noticed_though_its_text_is_the_same(db: PgPool) {
    let world = World::with(&db, Limits { snapshot_rows: 2, ..quick() }).await;
    world.set("one").await.unwrap();
    world.set("one two").await.unwrap();
    while world.rows().await > 0 {
        tokio::task::yield_now().await;
    }
    sqlx::query("update snapshots set crc = crc # 1").execute(&db).await.unwrap();
    let world = world.restarted().await;
    assert_eq!(world.rooms.read(world.document).await.unwrap_err(), RoomError::Damaged);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_update_that_is_damaged_while_its_room_is_open_is_kept_beside_the_rooms_text(db: PgPool) {
    let world = World::with(&db, Limits { snapshot_rows: 3, ..quick() }).await;
    world.set("one").await.unwrap();
    world.set("one two").await.unwrap();
    flip(&db, 1).await;
    world.set("one two three").await.unwrap();
    while damaged(&world) == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(metric(&world, "quorum_rooms_diverged_total "), 0);
    let world = world.restarted().await;
    assert_eq!(world.rows().await, 3);
    assert_eq!(world.text().await, "one two three", "the room had what the log has not any more");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_room_that_has_another_text_than_its_log_takes_the_logs_and_never_its_place(db: PgPool) {
    let world = World::with(&db, Limits { snapshot_rows: 3, ..quick() }).await;
    world.set("one").await.unwrap();
    world.set("one two").await.unwrap();
    // As if the room had not taken up what the log has.
    let bytes: Vec<u8> = sqlx::query_scalar("select bytes from updates where seq = 2").fetch_one(&db).await.unwrap();
    let at = bytes.windows(3).position(|word| word == b"two").unwrap();
    let other = [&bytes[..at], b"2nd", &bytes[at + 3..]].concat();
    let crc = crc32c::crc32c(&other).cast_signed();
    sqlx::query("update updates set bytes = $1, crc = $2 where seq = 2").bind(other).bind(crc).execute(&db).await.unwrap();
    world.set("one two three").await.unwrap();
    while world.text().await != "one 2nd three" {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.rows().await, 3);
    assert_eq!((metric(&world, "quorum_rooms_diverged_total "), damaged(&world)), (1, 0));
}
