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
    let text = world.rooms.metrics();
    let line = text.lines().find_map(|line| line.strip_prefix("quorum_damaged_total ")).unwrap();
    line.parse().unwrap()
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
