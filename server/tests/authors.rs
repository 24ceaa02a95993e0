//! Who counts as an author of a revision: whoever has an update of their own in it, however small, and nobody else.

#[path = "common/outlet.rs"]
mod outlet;
#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Proposals};
use app::model::account::Caller;
use app::model::gate::RequirementName::{Approved, TextAsRevised};
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use outlet::line;
use reviewing::{SLUG, TEXT, World};
use server::rooms::document::Document;
use server::rooms::{lineage, wire};
use sqlx::PgPool;

/// The names of those who have written in a document up to its newest revision.
async fn authors(world: &World, proposal: ProposalId) -> Vec<String> {
    let seq: i64 = sqlx::query_scalar("select coalesce(max(seq), 0) from revisions where proposal = $1")
        .bind(proposal.0)
        .fetch_one(&world.db)
        .await
        .unwrap();
    let authors = server::db::authors::until(&world.db, proposal, seq).await.unwrap();
    authors.into_iter().map(|author| author.name).collect()
}

/// Somebody makes the live text this in their browser, and waits until it is saved.
async fn type_in_browser(world: &World, who: &Caller, proposal: ProposalId, text: &str) {
    let state = world.service.rooms().read(proposal).await.unwrap().state;
    let update = lineage::advance(&state, text, lineage::fresh_client()).unwrap().update;
    let (line, mut outlet) = line();
    let peer = world.service.rooms().connect(proposal, who, true, line).await.unwrap();
    assert!(peer.send(wire::update(&update)).await);
    let saved = wire::committed(1);
    while outlet.next().await.expect("the connection stays") != saved {}
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_only_deletes_is_an_author(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    type_in_browser(&world, &world.cy, proposal, &TEXT.replace("Every payment is written twice.", "")).await;
    assert!(world.service.proposal(&world.cy, SLUG, 1, 1).await.unwrap().wrote, "the page says that their approval will not count");
    world.send(proposal).await.unwrap();
    assert_eq!(authors(&world, proposal).await, ["Ada", "Cy"]);
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_who_only_delete_are_two_authors(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    for (who, text) in [(&world.cy, "Ledger\n\nEvery payment"), (&world.di, "Ledger\n\nEvery"), (&world.cy, "Ledger\n")] {
        type_in_browser(&world, who, proposal, text).await;
    }
    world.send(proposal).await.unwrap();
    assert_eq!(authors(&world, proposal).await, ["Ada", "Cy", "Di"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn putting_back_a_shorter_text_makes_an_author(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.write(&world.ada, proposal, &format!("{TEXT}\nMore.\n")).await;
    world.service.put_back(&world.cy, proposal, 1).await.unwrap();
    assert!(world.service.proposal(&world.cy, SLUG, 1, 1).await.unwrap().wrote);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_that_was_undone_still_made_an_author(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    type_in_browser(&world, &world.cy, proposal, &format!("{TEXT}x")).await;
    type_in_browser(&world, &world.cy, proposal, TEXT).await;
    world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_writes_after_a_revision_was_sent_is_no_author_of_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    world.write(&world.cy, proposal, "Mine.").await;
    assert_eq!(world.missing(proposal).await, [TextAsRevised]);
    world.service.put_back(&world.ada, proposal, 1).await.unwrap();
    assert_eq!(world.missing(proposal).await, [], "revision 1 is what Cy read and had no part in");
    assert_eq!(authors(&world, proposal).await, ["Ada"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_version_that_arrives_makes_nobody_an_author_and_takes_nobody_off_the_list(db: PgPool) {
    let world = World::new(db).await;
    let first = world.approved().await;
    world.service.merge(&world.ada, first, 1).await.unwrap();
    let (left, _) = world.service.propose(&world.ada, SLUG, 1, "Left", "").await.unwrap();
    let (right, _) = world.service.propose(&world.cy, SLUG, 1, "Right", "").await.unwrap();
    world.write(&world.di, right, &TEXT.replace("One table", "Two tables")).await;
    world.write(&world.ada, left, &TEXT.replace("twice", "once")).await;
    world.send(left).await.unwrap();
    world.review(&world.bo, left, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, left, 1).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    world.send(right).await.unwrap();
    assert_eq!(authors(&world, right).await, ["Di"], "neither Cy, who forked it, nor Ada, whose version arrived");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn authors_are_known_when_their_edits_are_compacted_away(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    type_in_browser(&world, &world.cy, proposal, &TEXT.replace("## Storage\n", "")).await;
    world.send(proposal).await.unwrap();
    let reading = world.service.rooms().read(proposal).await.unwrap();
    let mut tx = world.db.begin().await.unwrap();
    let hash = server::rooms::log::text_hash(&reading.text);
    let snapshot = server::db::log::Snapshot::new(reading.seq, reading.state.clone(), hash);
    server::db::log::insert_snapshot(&mut *tx, proposal, &snapshot, server::clock::Clock::system().now()).await.unwrap();
    server::db::log::remove_covered(&mut tx, proposal, reading.seq).await.unwrap();
    tx.commit().await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from updates").fetch_one(&world.db).await.unwrap();
    assert_eq!((left, authors(&world, proposal).await), (0, vec!["Ada".into(), "Cy".into()]));
    assert_eq!(Document::open([reading.state.as_slice()]).unwrap().text().unwrap(), reading.text);
}
