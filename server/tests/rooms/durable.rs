//! Acknowledged means on disk: crashes, slow and absent databases, compaction, unloading.

use std::time::Duration;

use server::bus::Bus;
use server::clock::Clock;
use server::rooms::{Limits, RoomError, Rooms};
use sqlx::postgres::PgPoolOptions;
use sqlx::{Connection, PgConnection, PgPool};

use crate::client::{Client, Server};
use crate::outlet::line;
use crate::support::{World, quick};

/// Holds the log so that no append gets through while it lives.
async fn blocked(db: &PgPool) -> PgConnection {
    let options = db.connect_options();
    let mut line = PgConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql("begin; lock table updates in access exclusive mode").execute(&mut line).await.unwrap();
    line
}

/// Lets appends through again.
async fn unblock(mut line: PgConnection) {
    sqlx::raw_sql("rollback").execute(&mut line).await.unwrap();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_deletion_killed_before_its_commit_was_never_acknowledged_and_is_not_lost_by_its_author(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "keep this").await;
    ada.saved().await;
    let before = ada.acked;
    let block = blocked(&db).await;
    ada.delete(0, 4).await;
    ada.handled().await;
    assert_eq!(ada.acked, before);
    // The process is gone: its connections are, and with them what they were about to write.
    sqlx::query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
        .execute(&db)
        .await
        .unwrap();
    let Client { doc, .. } = ada;
    let other = Rooms::with(db.clone(), Clock::system(), &Bus::default(), quick());
    unblock(block).await;
    let world = World { rooms: other, ..world };
    let server = Server::start(&world).await;
    let mut back = Client::with(&server, world.document, &world.ada, doc, true).await;
    back.until(|back| back.sent == 1 && back.acked == 1).await;
    assert_eq!(world.text().await, " this");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn while_commits_are_slow_people_write_on_and_nothing_is_called_saved(db: PgPool) {
    let world = World::with(&db, Limits { slow_commit: Duration::from_millis(50), ..quick() }).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ada.saved().await;
    let before = ada.acked;
    let block = blocked(&db).await;
    ada.insert(0, "seen before it is saved").await;
    ben.until(|ben| ben.text() == "seen before it is saved" && ben.modes == [1]).await;
    ben.insert(0, "and answered: ").await;
    ada.until(|ada| ada.text().starts_with("and answered") && ada.modes == [1]).await;
    assert_eq!(ada.acked, before);
    assert!(world.rooms.degraded());
    assert_eq!(world.set("by the server").await, Err(RoomError::Away));
    assert_eq!(world.rooms.read(world.document).await.unwrap_err(), RoomError::Away);
    unblock(block).await;
    ada.saved().await;
    ben.saved().await;
    ada.until(|ada| ada.modes == [1, 0]).await;
    assert_eq!(world.text().await, "and answered: seen before it is saved");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn memory_for_what_is_not_committed_is_bounded(db: PgPool) {
    let world = World::with(&db, Limits { slow_commit: Duration::from_millis(20), uncommitted_bytes: 2_000, ..quick() }).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.saved().await;
    let block = blocked(&db).await;
    ada.insert(0, &"x".repeat(1_500)).await;
    ada.handled().await;
    ada.insert(0, &"y".repeat(1_500)).await;
    assert_eq!(ada.until_closed().await, 4529);
    unblock(block).await;
    while world.rooms.read(world.document).await.is_err() {
        tokio::task::yield_now().await;
    }
    let Client { doc, .. } = ada;
    let mut back = Client::with(&server, world.document, &world.ada, doc, true).await;
    back.until(|back| back.sent == 1 && back.acked == 1).await;
    assert_eq!(world.text().await.len(), 3_000);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_database_that_drops_every_connection_loses_nothing_acknowledged(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut expected = String::new();
    for round in 0..5u32 {
        for word in ["alpha ", "beta "] {
            ada.insert(u32::try_from(expected.len()).unwrap(), word).await;
            expected.push_str(word);
        }
        let killer = PgConnection::connect_with(&db.connect_options()).await;
        let mut killer = killer.unwrap();
        sqlx::query(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
        )
        .execute(&mut killer)
        .await
        .unwrap();
        ada.saved().await;
        assert_eq!(ada.acked, u64::from(round + 1) * 2 + 1);
    }
    let world = world.restarted().await;
    assert_eq!(world.text().await, expected);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_row_locked_elsewhere_waits_for_a_later_turn(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut merge = db.begin().await.unwrap();
    sqlx::query("select from documents where id = $1 for update").bind(world.document.0).execute(&mut *merge).await.unwrap();
    ada.insert(0, "during the merge").await;
    ada.handled().await;
    assert_eq!(world.rows().await, 0);
    sqlx::query("update documents set state = 'closed' where id = $1").bind(world.document.0).execute(&mut *merge).await.unwrap();
    merge.commit().await.unwrap();
    ada.until(|ada| ada.refused == ["closed"]).await;
    assert_eq!(world.rows().await, 0);
    assert_eq!(world.text().await, "");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn other_documents_are_written_while_one_is_locked(db: PgPool) {
    let world = World::new(&db).await;
    let other = crate::support::proposal(&db, world.team).await;
    world.start(other, server::rooms::log::Start::Empty).await;
    let server = Server::start(&world).await;
    let mut merge = db.begin().await.unwrap();
    sqlx::query("select from documents where id = $1 for update").bind(world.document.0).execute(&mut *merge).await.unwrap();
    let mut waits = Client::synced(&server, &world, &world.ada).await;
    waits.insert(0, "waits").await;
    waits.handled().await;
    let mut goes_on = Client::with(&server, other, &world.ada, crate::client::document(), true).await;
    goes_on.until(|one| one.synced > 0).await;
    goes_on.insert(0, "goes on").await;
    goes_on.saved().await;
    merge.commit().await.unwrap();
    waits.saved().await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_log_is_compacted_behind_a_verified_snapshot_and_authors_stay(db: PgPool) {
    let world = World::with(&db, Limits { snapshot_rows: 20, ..quick() }).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    for at in 0..50 {
        ada.insert(at, "x").await;
        ada.saved().await;
    }
    let covered = || async { world.rows().await < 20 };
    while !covered().await {
        tokio::task::yield_now().await;
    }
    let snapshots: i64 = sqlx::query_scalar("select count(*) from snapshots").fetch_one(&db).await.unwrap();
    assert!(snapshots >= 1);
    let first: i64 = sqlx::query_scalar("select first_seq from contributions").fetch_one(&db).await.unwrap();
    assert_eq!(first, 1);
    let world = world.restarted().await;
    assert_eq!(world.text().await, "x".repeat(50));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn rooms_that_nobody_needs_are_dropped_and_open_again(db: PgPool) {
    let limits = Limits { unload_after: Duration::from_millis(20), rest_after: Duration::from_millis(20), ..quick() };
    let world = World::with(&db, limits).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "rests").await;
    ada.saved().await;
    // At rest it keeps bytes only, and wakes up for readers and writers.
    tokio::time::sleep(Duration::from_millis(60)).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    assert_eq!(ben.text(), "rests");
    ben.insert(5, " well").await;
    ada.until(|ada| ada.text() == "rests well").await;
    drop((ada, ben));
    while world.rooms.open() > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(world.text().await, "rests well");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_stopping_server_saves_what_it_has_and_says_restart(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "last words").await;
    ada.handled().await;
    world.rooms.shutdown().await;
    assert_eq!(ada.until_closed().await, 1012);
    assert_eq!(ada.acked, ada.sent);
    assert_eq!(Client::open(&server, &world, &world.ada).await.until_closed().await, 1012);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_end_of_a_writing_session_keeps_the_text_and_who_wrote_it(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "one").await;
    ada.saved().await;
    drop(ada);
    // A restart does not make it two sessions.
    let world = world.restarted().await;
    let server = Server::start(&world).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ben.insert(3, " two").await;
    ben.saved().await;
    drop(ben);
    let world = world.restarted().await;
    let kept: Vec<(i64, String, Vec<uuid::Uuid>)> =
        sqlx::query_as("select seq, text, authors from checkpoints").fetch_all(&db).await.unwrap();
    let mut both = vec![world.ada.account.0, world.ben.account.0];
    both.sort_unstable();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let (seq, text, mut authors) = kept.into_iter().next().unwrap();
    authors.sort_unstable();
    assert_eq!((seq, text.as_str(), authors), (2, "one two", both));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_refused_while_the_process_stops_is_not_acknowledged(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.saved().await;
    let before = ada.acked;
    // Merged in the same moment: the append finds the row locked, and waits.
    let mut merge = db.begin().await.unwrap();
    sqlx::query("update documents set state = 'closed' where id = $1").bind(world.document.0).execute(&mut *merge).await.unwrap();
    ada.insert(0, "too late").await;
    ada.handled().await;
    let rooms = world.rooms.clone();
    let stopping = tokio::spawn(async move { rooms.shutdown().await });
    while !stopping.is_finished() && world.rooms.connect(world.document, &world.ben, false, line().0).await.is_ok() {
        tokio::task::yield_now().await;
    }
    merge.commit().await.unwrap();
    assert_eq!(ada.until_closed().await, 1012);
    stopping.await.unwrap();
    assert_eq!((ada.acked, world.rows().await), (before, 0));
}

/// What a process knows of a log is good for as long as it has one connection: behind the next there may be a database that has less.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn after_a_rest_the_log_itself_is_asked_where_it_ends(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let committer = async || -> Option<uuid::Uuid> {
        sqlx::query_scalar("select committer from documents where id = $1").bind(world.document.0).fetch_one(&db).await.unwrap()
    };
    ada.insert(0, "a").await;
    ada.saved().await;
    let first = committer().await;
    assert!(first.is_some());
    // Rests until it has given its connection back.
    for pause in 1.. {
        tokio::time::sleep(Duration::from_millis(500 * pause)).await;
        ada.insert(0, "b").await;
        ada.saved().await;
        if committer().await != first {
            break;
        }
    }
    assert_eq!(world.restarted().await.text().await, ada.text());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_transaction_that_is_given_up_at_its_beginning_leaves_no_connection_inside_one(db: PgPool) {
    let one = PgPoolOptions::new().max_connections(1).test_before_acquire(false);
    let pool = one.connect_with(db.connect_options().as_ref().clone()).await.unwrap();
    let mut beginning = Box::pin(server::db::begin(&pool));
    assert!(futures::poll!(beginning.as_mut()).is_pending());
    tokio::task::yield_now().await;
    drop(beginning);
    let id = async || sqlx::query_scalar::<_, String>("select pg_current_xact_id()::text").fetch_one(&pool).await.unwrap();
    assert_ne!(id().await, id().await, "two statements are one transaction");
}
