//! Writing together through sockets.

use std::sync::atomic::Ordering;

use server::bus::Hint;
use sqlx::PgPool;
use yrs::{Doc, ReadTxn, StateVector, Transact, Update, updates::decoder::Decode};

use crate::client::{Client, Server, document};
use crate::support::World;

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_people_see_each_others_edits_and_each_is_told_that_theirs_are_saved(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ada.insert(0, "Hello 💡").await;
    ben.until(|ben| ben.text() == "Hello 💡").await;
    ben.delete(0, 6).await;
    ada.until(|ada| ada.text() == "💡").await;
    ada.saved().await;
    ben.saved().await;
    assert_eq!(world.text().await, "💡");
    assert_eq!(ada.updates, 1, "an author is not sent their own edit");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_first_openers_at_once_see_the_text_once(db: PgPool) {
    let world = World::new(&db).await;
    world.set("first").await.unwrap();
    let world = world.restarted().await;
    let server = Server::start(&world).await;
    let (ada, ben) = tokio::join!(Client::synced(&server, &world, &world.ada), Client::synced(&server, &world, &world.ben));
    assert_eq!((ada.text().as_str(), ben.text().as_str()), ("first", "first"));
    assert_eq!(world.rooms.open(), 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn edits_made_offline_arrive_when_their_author_returns(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "online ").await;
    ada.saved().await;
    let Client { doc, text, .. } = ada;
    {
        let mut edit = doc.transact_mut();
        yrs::Text::insert(&text, &mut edit, 7, "offline");
        yrs::Text::remove_range(&text, &mut edit, 0, 2);
    }
    let mut back = Client::with(&server, world.document, &world.ada, doc, true).await;
    back.until(|back| back.sent == 1 && back.acked == 1).await;
    assert_eq!(world.text().await, "line offline");
    // The answer to step 1 repeats all deletions ever; nothing new in it is no new row.
    let rows = world.rows().await;
    let Client { doc, .. } = back;
    let mut again = Client::with(&server, world.document, &world.ada, doc, true).await;
    again.until(|again| again.sent == 1 && again.acked == 1).await;
    assert_eq!(world.rows().await, rows);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn readers_are_refused_per_message_and_stay(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "text").await;
    ada.delete(0, 1).await;
    ada.saved().await;
    for reader in [&world.cem, &world.dot] {
        let mut reader = Client::synced(&server, &world, reader).await;
        reader.until(|reader| reader.acked == 1).await;
        assert_eq!(reader.refused.len(), 0, "an answer with nothing new is no write");
        reader.insert(0, "mine").await;
        reader.until(|reader| reader.refused == ["role"]).await;
        reader.handled().await;
        assert_eq!(reader.acked, 1);
        ada.insert(3, "!").await;
        reader.until(|reader| reader.text().ends_with('!')).await;
        ada.delete(3, 1).await;
        ada.saved().await;
    }
    // Without `acks` the frame is dropped in silence.
    let mut plain = Client::with(&server, world.document, &world.dot, document(), false).await;
    plain.until(|plain| plain.synced > 0).await;
    plain.insert(0, "mine").await;
    plain.handled().await;
    assert_eq!((plain.refused.len(), plain.acked), (0, 0));
    assert_eq!(world.text().await, "ext");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn strangers_and_unknown_documents_are_turned_away(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    assert_eq!(Client::open(&server, &world, &world.eve).await.until_closed().await, 4404);
    let nowhere = app::model::ids::ProposalId(server::clock::fresh_id());
    assert_eq!(Client::with(&server, nowhere, &world.ada, document(), true).await.until_closed().await, 4404);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_change_of_role_reaches_open_sockets(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    world.role(world.ada.account, "viewer").await;
    world.rooms.access_changed(world.ada.account).await;
    ada.insert(0, "kept apart").await;
    ada.until(|ada| ada.refused == ["role"]).await;
    // Allowed again, the server asks for what it refused.
    world.role(world.ada.account, "editor").await;
    world.rooms.access_changed(world.ada.account).await;
    ada.until(|ada| ada.asked == 2).await;
    ada.saved().await;
    assert_eq!(world.text().await, "kept apart");
    world.role(world.ada.account, "").await;
    world.bus.tell(Hint::Access { account: world.ada.account });
    assert_eq!(ada.until_closed().await, 4403);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_signed_out_session_loses_its_sockets(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    server.signed_out.store(true, Ordering::Relaxed);
    world.rooms.access_changed(world.ada.account).await;
    assert_eq!(ada.until_closed().await, 4401);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_revocation_that_only_the_database_knows_refuses_the_append(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    world.role(world.ada.account, "commenter").await;
    ada.insert(0, "too late").await;
    ada.until(|ada| ada.refused.first().is_some_and(|reason| reason == "role")).await;
    ben.insert(0, "in time").await;
    ben.saved().await;
    assert_eq!(ben.text(), "in time");
    assert_eq!(world.text().await, "in time");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_is_refused_when_the_document_was_closed_meanwhile_and_kept_when_it_reopens(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    for (state, text) in [("held", "one "), ("closed", "two ")] {
        world.state(state).await;
        let before = ada.sent;
        ada.insert(0, text).await;
        ada.until(|ada| ada.refused.last().is_some_and(|reason| reason == state)).await;
        ada.handled().await;
        assert!(ada.acked <= before, "never acknowledged");
        world.state("open").await;
        world.rooms.refresh(world.document).await;
        ada.saved().await;
        assert!(world.text().await.starts_with(text));
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn nothing_is_taken_behind_a_refused_deletion_before_the_answer_that_repeats_it(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let (mut ada, mut ben) = (Client::synced(&server, &world, &world.ada).await, Client::synced(&server, &world, &world.ben).await);
    ada.insert(0, "once").await;
    ada.saved().await;
    world.role(world.ada.account, "viewer").await;
    world.rooms.access_changed(world.ada.account).await;
    ada.delete(0, 4).await;
    ada.until(|ada| ada.refused == ["role"]).await;
    // She may write again, and takes the deletion back; of that deletion her page does not tell.
    ada.answers = false;
    let before = ada.asked;
    world.role(world.ada.account, "editor").await;
    world.rooms.access_changed(world.ada.account).await;
    ada.until(|ada| ada.asked > before).await;
    // More often than a client may send what lacks something: each lacks only what was passed over.
    for (at, letter) in (0..).zip(["o", "n", "c", "e"]) {
        ada.insert(at, letter).await;
    }
    ada.handled().await;
    assert_eq!(world.text().await, "once");
    // Her document comes back by another connection, which does.
    let mut again = Client::with(&server, world.document, &world.ada, ada.doc.clone(), true).await;
    again.saved().await;
    ben.until(|ben| ben.text() == "once").await;
    assert_eq!((again.text(), world.text().await), ("once".to_owned(), "once".to_owned()));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn carriage_returns_and_nul_are_removed_at_once(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "one\r\n💡\0two\r\n").await;
    ada.until(|ada| ada.text() == "one\n💡two\n").await;
    assert_eq!(world.text().await, "one\n💡two\n");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn halves_of_surrogate_pairs_do_not_divide_people(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ada.insert(0, "a👩‍👩‍👧b").await;
    ben.until(|ben| ben.text() == "a👩‍👩‍👧b").await;
    // Both cut the first emoji in half, at the same time.
    ada.insert(2, "x").await;
    ben.delete(1, 1).await;
    ada.saved().await;
    ben.saved().await;
    ada.until(|ada| ada.updates > 0 || ada.text() == ben.text()).await;
    let text = world.text().await;
    let fresh = Client::synced(&server, &world, &world.dot).await;
    assert_eq!(fresh.text(), text);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn presence_carries_the_sessions_name_whatever_was_claimed(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    let mut ben = Client::synced(&server, &world, &world.ben).await;
    ada.present(7, 1, r#"{"user":{"name":"Ben","account":"x"},"cursor":3}"#).await;
    ben.until(|ben| ben.people.contains_key(&7)).await;
    let (_, state) = &ben.people[&7];
    assert_eq!(state["user"]["name"], "Ada");
    assert_eq!(state["user"]["account"], world.ada.account.0.to_string());
    assert_eq!(state["cursor"], 3);
    // Not Ben's to speak for, nor a second client, nor too much.
    ben.present(8, 1, "{}").await;
    ben.present(7, 9, r#"{"cursor":99}"#).await;
    ben.present(7, 9, "null").await;
    ben.present(9, 1, "{}").await;
    ada.present(7, 2, &format!(r#"{{"cursor":"{}"}}"#, "x".repeat(3000))).await;
    ada.present(7, 3, r#"{"cursor":4}"#).await;
    ben.until(|ben| ben.people[&7].0 == 3).await;
    assert_eq!(ben.people[&7].1["cursor"], 4);
    assert!(!ben.people.contains_key(&9));
    drop(ada);
    ben.until(|ben| ben.people[&7].1.is_null()).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_yjs_client_belongs_to_the_account_that_first_sent_it(db: PgPool) {
    let world = World::new(&db).await;
    let server = Server::start(&world).await;
    let mut ada = Client::synced(&server, &world, &world.ada).await;
    ada.insert(0, "Ada's").await;
    ada.saved().await;
    // Ben's browser has Ada's structs and goes on under her client id.
    let twin = Doc::with_client_id(ada.doc.client_id().get());
    let state = ada.doc.transact().encode_state_as_update_v1(&StateVector::default());
    twin.get_or_insert_text("content");
    twin.transact_mut().apply_update(Update::decode_v1(&state).unwrap()).unwrap();
    let mut ben = Client::with(&server, world.document, &world.ben, twin, true).await;
    ben.until(|ben| ben.synced > 0 && ben.acked == 1).await;
    ben.insert(0, "not ").await;
    ben.until(|ben| ben.refused == ["client"]).await;
    assert_eq!(world.text().await, "Ada's");
}
