//! The live documents, asked by the server itself: texts, edits, places, lineage, new documents.

use app::model::ids::ProposalId;
use server::clock::fresh_id;
use server::rooms::log::{Start, text_at_head};
use server::rooms::{Change, Range, RoomError, ServerEdit, lineage};
use sqlx::PgPool;

use crate::support::{World, proposal};

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_is_read_back_and_survives_a_restart(db: PgPool) {
    let world = World::new(&db).await;
    assert_eq!(world.set("# Ledger\n\nOne 💡 idea.\n").await, Ok(1));
    assert_eq!(world.set("# Ledger\n\nTwo 💡💡 ideas.\n").await, Ok(2));
    assert_eq!(world.text().await, "# Ledger\n\nTwo 💡💡 ideas.\n");
    let world = world.restarted().await;
    let reading = world.rooms.read(world.document).await.unwrap();
    assert_eq!((reading.text.as_str(), reading.seq), ("# Ledger\n\nTwo 💡💡 ideas.\n", 2));
    assert_eq!(lineage::text(&reading.state).unwrap(), reading.text);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_unknown_document_is_not_found_and_not_kept_open(db: PgPool) {
    let world = World::new(&db).await;
    assert_eq!(world.rooms.read(ProposalId(fresh_id())).await.unwrap_err(), RoomError::NotFound);
    assert_eq!(world.rooms.open(), 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_with_a_cause_lands_once(db: PgPool) {
    let world = World::new(&db).await;
    world.set("one two").await.unwrap();
    let edit = |text: &str| ServerEdit { account: None, cause: Some("version 7".into()), change: Change::Text(text.into()) };
    let (first, second) =
        tokio::join!(world.rooms.edit(world.document, edit("one 2")), world.rooms.edit(world.document, edit("one 2 two")));
    assert_eq!(first, second);
    let text = world.text().await;
    let world = world.restarted().await;
    assert_eq!(world.rooms.edit(world.document, edit("1 2")).await, first);
    assert_eq!(world.text().await, text);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_held_document_takes_quorums_own_edits_and_a_closed_one_none(db: PgPool) {
    let world = World::new(&db).await;
    world.state("held").await;
    world.rooms.refresh(world.document).await;
    // What a person asks for is theirs, whoever makes the edit.
    assert_eq!(world.set("by a person").await, Err(RoomError::ReadOnly));
    let own = ServerEdit { account: None, cause: None, change: Change::Text("held".into()) };
    assert_eq!(world.rooms.edit(world.document, own).await, Ok(1));
    world.state("closed").await;
    // Known only to the database: the append finds out.
    assert_eq!(world.set("closed").await, Err(RoomError::ReadOnly));
    assert_eq!(world.text().await, "held");
    // Known to the room.
    assert_eq!(world.set("closed").await, Err(RoomError::ReadOnly));
    world.state("open").await;
    world.rooms.refresh(world.document).await;
    assert_eq!(world.set("open").await, Ok(2));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_person_who_may_not_write_cannot_be_written_for(db: PgPool) {
    let world = World::new(&db).await;
    world.role(world.ada.account, "commenter").await;
    assert_eq!(world.set("by a commenter").await, Err(RoomError::ReadOnly));
    assert_eq!(world.text().await, "");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn places_follow_their_text_and_are_none_where_it_resolves_to_nothing(db: PgPool) {
    let world = World::new(&db).await;
    world.set("The 💡 ledger writes first.").await.unwrap();
    let seq = world.rooms.read(world.document).await.unwrap().seq;
    let ranges = world.rooms.anchor(world.document, seq, vec![(7, 13), (4, 6), (100, 120)]).await.unwrap();
    assert_eq!(ranges[2], None, "beyond the end");
    world.set("Always: the 💡 ledger writes first.").await.unwrap();
    let kept: Vec<Range> = ranges.iter().flatten().cloned().collect();
    let (reading, places) = world.rooms.resolve(world.document, kept).await.unwrap();
    let utf16: Vec<u16> = reading.text.encode_utf16().collect();
    let shown: Vec<_> =
        places.iter().map(|place| place.map(|(from, to)| String::from_utf16(&utf16[from as usize..to as usize]).unwrap())).collect();
    assert_eq!(shown, [Some("ledger".into()), Some("💡".into())]);
    let nonsense = Range { start: vec![9, 9], end: vec![] };
    assert_eq!(world.rooms.resolve(world.document, vec![nonsense]).await.unwrap().1, [None]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn places_of_an_older_text_are_found_in_it_and_hold_in_the_newer(db: PgPool) {
    let world = World::new(&db).await;
    let seq = world.set("alpha beta gamma").await.unwrap();
    world.set("new words before alpha beta gamma").await.unwrap();
    let ranges = world.rooms.anchor(world.document, seq, vec![(6, 10)]).await.unwrap();
    let (_, places) = world.rooms.resolve(world.document, ranges.into_iter().flatten().collect()).await.unwrap();
    assert_eq!(places, [Some((23, 27))]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_fork_makes_no_author_and_an_import_makes_one(db: PgPool) {
    let world = World::new(&db).await;
    let version = lineage::advance(&[], "accepted text\n", lineage::fresh_client()).unwrap();
    let fork = proposal(&db, world.team).await;
    world.start(fork, Start::Fork(&version.state)).await;
    let import = proposal(&db, world.team).await;
    world.start(import, Start::Written(&version.state, world.ada.account)).await;
    for (document, authors) in [(fork, 0), (import, 1)] {
        assert_eq!(world.rooms.read(document).await.unwrap().text, "accepted text\n");
        let found: i64 =
            sqlx::query_scalar("select count(*) from contributions where document = $1").bind(document.0).fetch_one(&db).await.unwrap();
        assert_eq!(found, authors);
        let mut transaction = db.begin().await.unwrap();
        assert_eq!(text_at_head(&mut transaction, document).await.unwrap().0, "accepted text\n");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merged_version_arrives_beside_live_edits_and_raises_the_base(db: PgPool) {
    let world = World::new(&db).await;
    let one = lineage::advance(&[], "alpha beta gamma\n", lineage::fresh_client()).unwrap();
    let two = lineage::advance(&one.state, "alpha BETA gamma\n", lineage::fresh_client()).unwrap();
    let fork = proposal(&db, world.team).await;
    world.start(fork, Start::Fork(&one.state)).await;
    let mine = ServerEdit { account: Some(world.ada.account), cause: None, change: Change::Text("alpha beta gamma delta\n".into()) };
    world.rooms.edit(fork, mine).await.unwrap();
    let arrival =
        || ServerEdit { account: None, cause: Some("version 2".into()), change: Change::Version { number: 2, update: two.update.clone() } };
    assert_eq!(world.rooms.edit(fork, arrival()).await, Ok(2));
    assert_eq!(world.rooms.edit(fork, arrival()).await, Ok(2), "a retried job");
    assert_eq!(world.rooms.read(fork).await.unwrap().text, "alpha BETA gamma delta\n");
    let base: i32 = sqlx::query_scalar("select base from proposals where id = $1").bind(fork.0).fetch_one(&db).await.unwrap();
    assert_eq!(base, 2);
}

#[test]
fn a_lineage_steps_from_text_to_text() {
    let mut state = Vec::new();
    for text in ["", "one\n", "one 💡\n", "👩‍👩‍👧 one 💡 two\n", "two\n", ""] {
        let step = lineage::advance(&state, text, lineage::fresh_client()).unwrap();
        assert_eq!(lineage::text(&step.state).unwrap(), text);
        state = step.state;
    }
}
