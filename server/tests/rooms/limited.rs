//! Limits of connections: rate, number, slowness; and of what opening texts may take from others.

use futures::future::join_all;
use server::bus::Bus;
use server::clock::Clock;
use server::rooms::log::Start;
use server::rooms::{Limits, Rooms};
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use crate::client::{Client, Server};
use crate::support::{World, proposal, quick};

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
async fn large_messages_are_sent_away_while_too_many_are_coming(db: PgPool) {
    const PLACES: u32 = 200_000;
    let world = World::with(&db, Limits { incoming_bytes: PLACES as usize, ..quick() }).await;
    let server = Server::start(&world).await;
    let (mut ada, mut ben) = (Client::synced(&server, &world, &world.ada).await, Client::synced(&server, &world, &world.ben).await);
    let coming = world.rooms.incoming().acquire_many_owned(PLACES / 2).await.unwrap();
    ben.insert(0, &"x".repeat(PLACES as usize / 2 + 1)).await;
    assert_eq!(ben.until_closed().await, 4529);
    ada.insert(0, "small").await;
    ada.saved().await;
    drop(coming);
    ada.insert(0, &"x".repeat(PLACES as usize / 2 + 1)).await;
    ada.saved().await;
    // Nothing of it is kept, once it is handled.
    let _all = world.rooms.incoming().acquire_many_owned(PLACES).await.unwrap();
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

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn when_everybody_comes_back_at_once_others_still_find_a_connection(db: PgPool) {
    let world = World::new(&db).await;
    let pool = PgPoolOptions::new().max_connections(8).connect_with((*db.connect_options()).clone()).await.unwrap();
    let rooms = Rooms::with(pool.clone(), Clock::system(), &Bus::default(), quick());
    let mut documents = Vec::new();
    for _ in 0..50 {
        let document = proposal(&db, world.team).await;
        world.start(document, Start::Empty).await;
        documents.push(document);
    }
    // While somebody holds the snapshots no text can be read: its connection waits in the database.
    let mut lock = db.begin().await.unwrap();
    sqlx::query("lock table snapshots").execute(&mut *lock).await.unwrap();
    let opening: Vec<_> = documents.iter().map(|document| (rooms.clone(), *document)).collect();
    let opening = tokio::spawn(join_all(opening.into_iter().map(async |(rooms, document)| rooms.read(document).await)));
    let waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&db).await.unwrap() < 2 {}
    // As many connections as are left, at the same time.
    for _ in 0..20 {
        assert!(join_all((0..4).map(|_| sqlx::query("select 1").execute(&pool))).await.iter().all(Result::is_ok));
    }
    lock.rollback().await.unwrap();
    assert!(opening.await.unwrap().into_iter().all(|reading| reading.unwrap().text.is_empty()));
}
