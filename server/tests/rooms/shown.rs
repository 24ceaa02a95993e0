//! What another person, a page or a program has been shown is on disk; one document that cannot be written holds up no other.

use std::time::Duration;

use server::rooms::log::Start;
use server::rooms::{Limits, lineage, wire};
use sqlx::{Connection, PgConnection, PgPool};

use crate::client::{Client, Server, document};
use crate::outlet::line;
use crate::support::{World, proposal, quick};

/// A database that is slow beyond all measure does not make the process degraded: the rule for healthy times is tested, at leisure.
fn patient() -> Limits {
    Limits { slow_commit: Duration::from_hours(1), lost_commit: Duration::from_hours(1), ..quick() }
}

/// Holds the log so that no append gets through until the answer is rolled back.
async fn blocked(db: &PgPool) -> PgConnection {
    let mut line = PgConnection::connect_with(&db.connect_options()).await.unwrap();
    sqlx::raw_sql("begin; lock table updates in exclusive mode").execute(&mut line).await.unwrap();
    line
}

/// Waits until the append stands before the lock.
async fn appending(db: &PgPool) {
    let waits = "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')";
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(db).await.unwrap() {
        tokio::task::yield_now().await;
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn nobody_is_shown_nor_told_anything_before_it_is_committed(db: PgPool) {
    let world = World::with(&db, patient()).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ada.saved().await;
    let (acked, seen) = (ada.acked, ben.updates);
    let block = blocked(&db).await;
    ada.insert(0, "on its way").await;
    ada.handled().await;
    appending(&db).await;

    // Who is there already, who comes now, and who asks for the text, all the same.
    let mut cem = Client::open(&server, &world, &world.cem).await;
    let reading = tokio::spawn({
        let (rooms, document) = (world.rooms.clone(), world.document);
        async move { rooms.read(document).await }
    });
    // Presence is not text, and comes back behind everything that the room has handled before it.
    ben.handled().await;
    cem.handled().await;
    assert_eq!((ben.updates, ben.text().as_str()), (seen, ""));
    assert_eq!((cem.synced, cem.text().as_str()), (0, ""));
    assert!(!reading.is_finished());
    assert_eq!((ada.acked, ada.modes.len(), world.rooms.degraded()), (acked, 0, false));

    drop(block);
    ada.saved().await;
    ben.until(|ben| ben.text() == "on its way").await;
    cem.until(|cem| cem.synced == 1 && cem.text() == "on its way").await;
    assert_eq!(reading.await.unwrap().unwrap().text, "on its way");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_was_refused_in_the_end_was_seen_by_nobody(db: PgPool) {
    let world = World::with(&db, patient()).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    let mut merge = db.begin().await.unwrap();
    sqlx::query("update documents set state = 'closed' where id = $1").bind(world.document.0).execute(&mut *merge).await.unwrap();
    ada.insert(0, "too late").await;
    ada.handled().await;
    let reading = tokio::spawn({
        let (rooms, document) = (world.rooms.clone(), world.document);
        async move { rooms.read(document).await }
    });
    ben.handled().await;
    assert_eq!(ben.text(), "");
    merge.commit().await.unwrap();
    ada.until(|ada| ada.refused == ["closed"]).await;
    assert_eq!(reading.await.unwrap().unwrap().text, "");
    ben.handled().await;
    assert_eq!((ben.text(), ada.text()), (String::new(), "too late".into()), "its author still has it");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn of_a_turn_that_fails_every_other_document_is_written(db: PgPool) {
    let world = World::new(&db).await;
    let (other, first) = (proposal(&db, world.team).await, proposal(&db, world.team).await);
    world.start(other, Start::Empty).await;
    world.start(first, Start::Empty).await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "create function refuse() returns trigger language plpgsql as $$ begin raise 'this disk has a hole'; end $$;
         create trigger refuse before insert on updates for each row when (new.document = '{other}') execute function refuse()",
    )))
    .execute(&db)
    .await
    .unwrap();
    let server = Server::start(&world).await;
    let mut lucky = Client::synced(&server, &world, &world.ada).await;
    let mut unlucky = Client::with(&server, other, &world.ben, document(), true).await;
    unlucky.until(|unlucky| unlucky.synced > 0).await;
    // While a turn stands before the lock, both documents' rows gather for the next.
    let block = blocked(&db).await;
    let mut earlier = Client::with(&server, first, &world.ada, document(), true).await;
    earlier.until(|earlier| earlier.synced > 0).await;
    earlier.insert(0, "earlier").await;
    appending(&db).await;
    lucky.insert(0, "written").await;
    unlucky.insert(0, "not written").await;
    lucky.handled().await;
    unlucky.handled().await;
    drop(block);
    earlier.saved().await;
    lucky.saved().await;
    assert_eq!(unlucky.until_closed().await, 1011, "its author is told, and keeps what they wrote");
    assert_eq!((unlucky.acked, world.text().await.as_str()), (1, "written"));
    assert_eq!(world.rooms.read(other).await.unwrap().text, "");
    sqlx::raw_sql("drop trigger refuse on updates").execute(&db).await.unwrap();
    let mut back = Client::with(&server, other, &world.ben, unlucky.doc, true).await;
    back.until(|back| back.acked == 1).await;
    assert_eq!(world.rooms.read(other).await.unwrap().text, "not written");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_log_is_dense_however_many_write_at_once(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    for word in 0..40 {
        ada.insert(0, &format!("a{word} ")).await;
        ben.insert(0, &format!("b{word} ")).await;
        if word % 10 == 0 {
            world.rooms.edit(world.document, own(&world, word)).await.unwrap();
        }
    }
    ada.saved().await;
    ben.saved().await;
    let (rows, first, last, head): (i64, i64, i64, i64) =
        sqlx::query_as("select count(*), min(seq), max(seq), head(document) from updates group by document").fetch_one(&db).await.unwrap();
    assert_eq!((rows, first, last, head), (84, 1, 84, 84));
    let fresh = Client::synced(&server, &world, &world.dot).await;
    assert_eq!(fresh.text(), world.text().await);
    assert_eq!(world.restarted().await.text().await, fresh.text());
}

/// An edit of the server's own, with a cause.
fn own(world: &World, nth: i32) -> server::rooms::ServerEdit {
    let change = lineage::advance(&[], &format!("s{nth} "), lineage::fresh_client()).unwrap();
    server::rooms::ServerEdit {
        account: Some(world.ben.account),
        cause: Some(format!("version {nth}")),
        change: server::rooms::Change::Update(change.update),
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn frames_are_acknowledged_by_their_number_on_their_own_connection(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut second = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "keep this").await;
    ada.insert(9, ".").await;
    ada.saved().await;
    second.until(|second| second.text() == "keep this.").await;
    // The same words deleted by both: the second deletion changes nothing, and is answered for all the same.
    ada.delete(0, 5).await;
    second.delete(0, 5).await;
    ada.saved().await;
    second.saved().await;
    assert_eq!((ada.acked, second.acked), (4, 2), "each its answer to step 1 and its edits");
    // Presence and questions are no edits.
    ada.raw(wire::step1(&[0])).await;
    ada.handled().await;
    assert_eq!(ada.acked, 4);
    assert_eq!(world.text().await, "this.");
}

/// A peer that joins while others type is sent nothing that builds on what it has not been sent yet.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_joins_in_the_middle_gets_the_text_first_and_then_what_follows(db: PgPool) {
    let world = World::with(&db, patient()).await;
    world.set("before ").await.unwrap();
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.saved().await;
    let block = blocked(&db).await;
    ada.insert(7, "one ").await;
    ada.handled().await;
    appending(&db).await;
    ada.insert(11, "two ").await;
    ada.handled().await;
    // Its answer shows "two", which is committed with the next turn …
    let (line, mut outlet) = line();
    let ben = world.rooms.connect(world.document, &world.ben, true, line).await.unwrap();
    assert!(ben.send(wire::step1(&[0])).await);
    assert!(ben.send(wire::awareness(&[1, 9, 1, 2, b'{', b'}'])).await);
    let mut frames = Vec::new();
    while !frames.iter().any(|frame: &bytes::Bytes| frame[0] == 1) {
        frames.extend(outlet.next().await);
    }
    // … and "three" with the same one, behind it.
    ada.insert(15, "three ").await;
    ada.delete(0, 1).await;
    ada.handled().await;
    drop(block);
    ada.saved().await;
    let doc = document();
    let mut seen = Vec::new();
    while seen.last().is_none_or(|text| text != "efore one two three ") {
        let Some(frame) = frames.first().cloned() else {
            frames.extend(outlet.next().await);
            continue;
        };
        frames.remove(0);
        if let wire::Message::Step2(update) | wire::Message::Update(update) = wire::parse(&frame).unwrap() {
            assert!(server::rooms::document::apply(&doc, update).is_ok(), "it needs what has not come yet");
            seen.push(server::rooms::document::text_of(&doc).unwrap());
        }
    }
    assert_eq!(seen[0], "before one two ", "the whole text first");
}
