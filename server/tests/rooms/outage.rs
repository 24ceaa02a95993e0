//! PostgreSQL goes away in the middle of writing and comes back: people write on together, nothing is called saved, nothing is lost.

use std::sync::atomic::Ordering;
use std::time::Duration;

use server::rooms::{Limits, RoomError};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};

use crate::client::{Client, Server};
use crate::support::{World, quick};

/// A line to another database of the same server, from which ours is taken away.
struct Outage(PgConnection, String);

impl Outage {
    /// Every connection is cut and no new one is let in.
    async fn begin(db: &PgPool) -> Self {
        let options = db.connect_options();
        let name = options.get_database().unwrap().to_owned();
        let mut line = PgConnection::connect_with(&options.as_ref().clone().database("postgres")).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("alter database \"{name}\" allow_connections false"))).execute(&mut line).await.unwrap();
        sqlx::query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1")
            .bind(&name)
            .execute(&mut line)
            .await
            .unwrap();
        Self(line, name)
    }

    /// It is back.
    async fn end(mut self) {
        let back = format!("alter database \"{}\" allow_connections true", self.1);
        sqlx::raw_sql(AssertSqlSafe(back)).execute(&mut self.0).await.unwrap();
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_database_that_was_away_gets_all_that_was_written_meanwhile(db: PgPool) {
    let world = World::with(&db, Limits { slow_commit: Duration::from_millis(100), ..quick() }).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ada.insert(0, "before ").await;
    ada.saved().await;
    ben.saved().await;
    ben.until(|ben| ben.text() == "before ").await;
    let before = (ada.acked, ben.acked);

    let outage = Outage::begin(&db).await;
    ada.insert(7, "during ").await;
    ben.until(|ben| ben.text() == "before during " && ben.modes == [1]).await;
    ben.insert(14, "too ").await;
    ada.until(|ada| ada.text() == "before during too " && ada.modes == [1]).await;
    ada.delete(0, 7).await;
    ben.until(|ben| ben.text() == "during too ").await;
    assert_eq!((ada.acked, ben.acked), before, "nothing of it is called saved");
    assert!(world.rooms.degraded());
    // What cannot be told that it may be lost is not shown it.
    assert_eq!(world.set("by the server").await, Err(RoomError::Away));
    assert_eq!(world.rooms.read(world.document).await.unwrap_err(), RoomError::Away);

    outage.end().await;
    ada.saved().await;
    ben.saved().await;
    ada.until(|ada| ada.modes == [1, 0]).await;
    ben.until(|ben| ben.modes == [1, 0]).await;
    assert_eq!(world.text().await, "during too ");
    let world = world.restarted().await;
    assert_eq!(world.text().await, "during too ");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_comes_during_an_outage_is_sent_away_until_later(db: PgPool) {
    let world = World::new(&db).await;
    world.set("on disk").await.unwrap();
    let server = Server::start(&world).await;
    let outage = Outage::begin(&db).await;
    assert_eq!(Client::open(&server, &world, &world.dot).await.until_closed().await, 4529);
    outage.end().await;
    assert_eq!(Client::synced(&server, &world, &world.dot).await.text(), "on disk");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_role_taken_away_during_an_outage_counts_for_all_that_was_not_committed(db: PgPool) {
    let world = World::with(&db, Limits { slow_commit: Duration::from_millis(100), ..quick() }).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut dot = Client::synced(&server, &world, &world.dot).await;
    let mut hold = db.begin().await.unwrap();
    // A slow database, not an absent one: the role can still be changed in it.
    sqlx::raw_sql("lock table updates in exclusive mode").execute(&mut *hold).await.unwrap();
    ada.insert(0, "seen, not saved").await;
    dot.until(|dot| dot.text() == "seen, not saved" && dot.modes == [1]).await;
    world.role(world.ada.account, "viewer").await;
    // The turn that stands before the lock has read the roles already; it is lost with its connection.
    sqlx::query("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
        .execute(&db)
        .await
        .unwrap();
    hold.rollback().await.unwrap();
    ada.until(|ada| ada.refused.first().is_some_and(|reason| reason == "role")).await;
    assert_eq!((world.text().await.as_str(), ada.acked), ("", 1));
    assert_eq!(ada.text(), "seen, not saved", "its author has it, and may download it");
    assert_eq!(Client::synced(&server, &world, &world.ben).await.text(), "");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_credential_that_nobody_can_look_at_keeps_its_owner_from_nothing(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    server.hangs.store(true, Ordering::Relaxed);
    // Its socket is to look at it again.
    world.rooms.access_changed(world.ada.account).await;
    ada.insert(0, "still here").await;
    ada.saved().await;
    assert_eq!(world.text().await, "still here");
}
