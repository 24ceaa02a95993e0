//! Limits of connections: rate, number, slowness.

use server::rooms::Limits;
use sqlx::PgPool;

use crate::client::{Client, Server};
use crate::support::{World, quick};

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_account_has_only_so_many_sockets(db: PgPool) {
    let world = World::with(&db, Limits { sockets_per_account: 2, ..quick() }).await;
    let server = Server::start(&world).await;
    let first = Client::synced(&server, &world, &world.ada).await;
    let _second = Client::synced(&server, &world, &world.ada).await;
    assert_eq!(Client::open(&server, &world, &world.ada).await.until_closed().await, 4529);
    Client::synced(&server, &world, &world.ben).await;
    drop(first);
    // The place is free as soon as the server has seen the end.
    loop {
        let mut third = Client::open(&server, &world, &world.ada).await;
        while third.closed.is_none() && third.synced == 0 {
            third.next().await;
        }
        if third.closed.is_none() {
            break;
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_flood_of_messages_or_bytes_is_sent_away(db: PgPool) {
    for limits in
        [Limits { burst_messages: 20, messages_per_second: 1, ..quick() }, Limits { burst_bytes: 2_000, bytes_per_second: 1, ..quick() }]
    {
        let world = World::with(&db, limits).await;
        let server = Server::start(&world).await;
        let mut ada = Client::synced(&server, &world, &world.ada).await;
        for _ in 0..200 {
            ada.insert(0, "flood").await;
        }
        assert_eq!(ada.until_closed().await, 4529);
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_peer_that_does_not_read_is_closed_and_holds_nobody_up(db: PgPool) {
    let world = World::with(&db, Limits { peer_frames: 8, ..quick() }).await;
    let server = Server::start(&world).await;
    let mut slow = Client::synced(&server, &world, &world.ben).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let large = "x".repeat(100_000);
    for _ in 0..150 {
        ada.insert(0, &large).await;
        ada.delete(0, 100_000).await;
        ada.saved().await;
    }
    // Not one frame was read until now; the socket's buffers were full long ago.
    assert_eq!(slow.until_closed().await, 4509);
    ada.insert(0, "end").await;
    ada.saved().await;
    assert_eq!(world.text().await, "end");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_largest_document_fits_into_one_frame_and_not_one_letter_more(db: PgPool) {
    // The limits that the product promises.
    let world = World::with(&db, Limits::default()).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let largest = "ten bytes\n".repeat(1_000_000);
    ada.insert(0, &largest).await;
    ada.saved().await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    assert!(ben.text() == largest);
    ben.insert(0, "x").await;
    assert_eq!(ben.until_closed().await, 4413);
    assert!(world.text().await == largest);
    ada.delete(0, 10).await;
    ada.insert(0, "ten again\n").await;
    ada.saved().await;
    assert!(world.text().await.starts_with("ten again\nten bytes\n"));
}
