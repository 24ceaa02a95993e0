//! `/sync/{proposal}`: every kind of message, said by everybody who may be there. Whoever may not write is refused message by message and reads
//! on. Frames that nobody honest sends are in `rooms/hostile.rs`, what cannot be written for other reasons in `rooms/online.rs`.

use app::model::token::Scope;
use server::rooms::wire;
use sqlx::PgPool;
use yrs::Transact;

use crate::sockets::{open_by_token, ready, synced};
use crate::table::Need::{self, Read, Write};
use crate::table::{Right, Who};
use crate::town::Town;
use crate::yjs::Client;

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Step1,
    /// With something that the server does not have.
    Step2,
    /// With nothing that the server does not have, as every provider answers.
    EmptyStep2,
    Update,
    Awareness,
    QueryAwareness,
    Unknown,
}

/// What each needs.
const TABLE: [(Kind, Need); 7] = [
    (Kind::Step1, Read),
    (Kind::Step2, Write),
    (Kind::EmptyStep2, Read),
    (Kind::Update, Write),
    // Everybody sees who is here, and that they are.
    (Kind::Awareness, Read),
    (Kind::QueryAwareness, Read),
    // A later client may say more than we understand.
    (Kind::Unknown, Read),
];

/// The kinds of a message of the protocol: one that is added is named here, or this does not compile, and then has a row in the table.
fn kinds(message: &wire::Message<'_>) -> &'static [Kind] {
    match message {
        wire::Message::Step1(_) => &[Kind::Step1],
        wire::Message::Step2(_) => &[Kind::Step2, Kind::EmptyStep2],
        wire::Message::Update(_) => &[Kind::Update],
        wire::Message::Awareness(_) => &[Kind::Awareness],
        wire::Message::QueryAwareness => &[Kind::QueryAwareness],
        wire::Message::Unknown => &[Kind::Unknown],
    }
}

/// Somebody at the document.
struct Seat {
    name: String,
    client: Client,
    rights: Box<dyn Fn(Need) -> Right>,
}

/// Everybody who may be there.
async fn seats(town: &Town) -> Vec<Seat> {
    let mut seats = Vec::new();
    for who in Who::MEMBERS {
        let client = synced(town, &town.browser(who).await).await;
        seats.push(Seat { name: format!("{who:?}"), client, rights: Box::new(move |need| need.of(who)) });
        for scope in [Scope::Read, Scope::Write] {
            let token = town.token(who, scope).await;
            let client = ready(open_by_token(town, &town.proposal.to_string(), &token).await).await;
            let name = format!("{who:?}'s program that may {}", scope.as_str());
            seats.push(Seat { name, client, rights: Box::new(move |need| need.of_program(who, scope)) });
        }
    }
    seats
}

#[test]
fn every_kind_of_message_has_a_row() {
    let every = [
        wire::Message::Step1(&[]),
        wire::Message::Step2(&[]),
        wire::Message::Update(&[]),
        wire::Message::Awareness(&[]),
        wire::Message::QueryAwareness,
        wire::Message::Unknown,
    ];
    for kind in every.iter().flat_map(kinds) {
        assert!(TABLE.iter().any(|(row, _)| row == kind), "nobody says who may send {kind:?}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_message_is_taken_from_those_whom_the_table_names_and_harms_nobody_else(db: PgPool) {
    let town = Town::new(db).await;
    let mut ada = synced(&town, &town.ada.browser).await;
    ada.handled().await;
    for (kind, need) in TABLE {
        // Those who write change what the others have to be told, so everybody comes anew.
        for mut seat in seats(&town).await {
            let before = town.text().await;
            let taken = (seat.rights)(need) == Right::Granted;
            say(&mut seat.client, kind, &mut ada).await;
            let writes = taken && need == Write;
            assert_eq!(town.text().await != before, writes, "{kind:?} by {}", seat.name);
            let refused: &[&str] = if taken { &[] } else { &["role"] };
            assert_eq!(seat.client.refused, refused, "{kind:?} by {}", seat.name);
            unharmed(&town, &mut ada, &mut seat.client).await;
        }
    }
}

/// Says it, and waits until it has been taken or refused.
async fn say(client: &mut Client, kind: Kind, ada: &mut Client) {
    let me = client.doc.client_id().get();
    match kind {
        Kind::Step1 => {
            let before = client.synced;
            client.raw(wire::step1(&[0])).await;
            client.until(|client| client.synced > before).await;
        }
        Kind::Step2 => {
            let update = written(client);
            client.sent += 1;
            client.raw(wire::step2(&update)).await;
            settled(client).await;
        }
        Kind::EmptyStep2 => {
            client.sent += 1;
            client.raw(wire::step2(wire::NOTHING)).await;
            client.saved().await;
        }
        Kind::Update => {
            client.insert(0, "mine ").await;
            settled(client).await;
        }
        Kind::Awareness => {
            client.present(me, 1, r#"{"cursor":3}"#).await;
            ada.until(|ada| ada.people.get(&me).is_some_and(|(_, state)| state["cursor"] == 3)).await;
        }
        Kind::QueryAwareness => {
            let ada = ada.doc.client_id().get();
            client.people.clear();
            client.raw(vec![3]).await;
            client.until(|client| client.people.contains_key(&ada)).await;
        }
        Kind::Unknown => {
            client.raw(vec![77, 1, 2]).await;
            client.handled().await;
        }
    }
}

/// Something typed, as an update that is not sent.
fn written(client: &Client) -> Vec<u8> {
    let mut edit = client.doc.transact_mut();
    yrs::Text::insert(&client.text, &mut edit, 0, "mine ");
    edit.encode_update_v1()
}

/// Acknowledged, or refused and never acknowledged.
async fn settled(client: &mut Client) {
    client.until(|client| client.acked == client.sent || !client.refused.is_empty()).await;
    client.handled().await;
    assert!(client.refused.is_empty() || client.acked < client.sent, "a refused edit is never acknowledged");
}

/// Somebody honest goes on writing, and whoever was refused reads it.
async fn unharmed(town: &Town, ada: &mut Client, other: &mut Client) {
    ada.insert(0, "!").await;
    ada.saved().await;
    let text = town.text().await;
    ada.until(|ada| ada.text() == text).await;
    other.until(|other| other.text().contains('!')).await;
    ada.delete(0, 1).await;
    ada.saved().await;
}
