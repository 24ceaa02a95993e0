//! Merging: what it writes, and what refuses it.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Proposals, Reviews, Threads};
use app::error::AppError;
use app::model::design::DesignState;
use app::model::gate::RequirementName;
use app::model::proposal::ProposalState;
use app::model::review::Verdict;
use app::model::thread::{Anchor, Kind};
use reviewing::{SLUG, TEXT, World, code};
use server::rooms::{RoomError, lineage};
use sqlx::PgPool;

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merge_makes_the_revision_the_accepted_text_byte_for_byte(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let merged = world.service.merge_revision(&world.cy, proposal, 1).await.unwrap();
    assert_eq!(merged.version, 1);
    let accepted = world.service.accepted_text(&world.vi, SLUG, 1, false).await.unwrap();
    assert_eq!(accepted, TEXT.as_bytes());
    let (text, state, update): (String, Vec<u8>, Vec<u8>) =
        sqlx::query_as("select text, state, update from versions").fetch_one(&world.db).await.unwrap();
    assert_eq!(text, TEXT);
    assert_eq!(lineage::text(&state).unwrap(), TEXT);
    assert_eq!(lineage::text(&update).unwrap(), TEXT, "the first update starts from the empty document");
    let page = world.service.design(&world.vi, SLUG, 1).await.unwrap();
    assert_eq!((page.state, page.version, page.decided), (DesignState::Accepted, 1, true));
    let frame = world.service.proposal(&world.ada, SLUG, 1, 1).await.unwrap();
    assert_eq!((frame.state, frame.merged_version), (ProposalState::Merged, Some(1)));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_second_version_builds_on_the_first_under_another_client(db: PgPool) {
    let world = World::new(db).await;
    let first = world.approved().await;
    world.service.merge_revision(&world.ada, first, 1).await.unwrap();
    let (second, _) = world.service.propose(&world.ada, SLUG, 1, "Three times", "Safer.").await.unwrap();
    let text = TEXT.replace("twice", "three times");
    world.write(&world.ada, second, &text).await;
    world.send(second).await.unwrap();
    world.review(&world.bo, second, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.service.merge_revision(&world.ada, second, 1).await.unwrap().version, 2);
    let rows: Vec<(Vec<u8>, Vec<u8>)> =
        sqlx::query_as("select update, state from versions order by number").fetch_all(&world.db).await.unwrap();
    let clients = |state: &[u8]| lineage::clients(state).unwrap().len();
    assert_eq!((clients(&rows[0].1), clients(&rows[1].1)), (1, 2));
    assert_eq!(lineage::text(&rows[1].1).unwrap(), text);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merged_text_is_read_only_for_good(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    let edit =
        server::rooms::ServerEdit { account: Some(world.ada.account), cause: None, change: server::rooms::Change::Text("Gone.".into()) };
    assert_eq!(world.service.rooms().edit(proposal, edit).await, Err(RoomError::ReadOnly));
    assert_eq!(world.text(proposal).await, TEXT);
    assert_eq!(code(world.service.merge_revision(&world.ada, proposal, 1).await), "not-in-review");
    assert_eq!(code(world.send(proposal).await), "not-open");
    assert!(world.service.reopen_proposal(&world.ada, proposal).await.is_err());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_refusal_has_its_code_and_says_what_can_be_done(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let merge = async |revision: i32| world.service.merge_revision(&world.ada, proposal, revision).await;
    assert_eq!(code(merge(1).await), "not-in-review");
    world.send(proposal).await.unwrap();
    let refused = merge(1).await;
    let message = refused.clone().unwrap_err().to_string();
    assert_eq!(code(refused), "gate-not-met");
    assert_eq!(message, "It cannot be merged yet. Nobody has approved revision 1 yet.");
    assert!(matches!(merge(2).await, Err(AppError::NotFound(_))));
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    let refused = merge(1).await;
    assert!(refused.clone().unwrap_err().to_string().contains("put the text back to revision 1"));
    assert_eq!(code(refused), "text-moved-on");
    world.send(proposal).await.unwrap();
    assert_eq!(code(merge(1).await), "not-newest-revision");
    world.review(&world.bo, proposal, 2, Verdict::Approve).await.unwrap();
    sqlx::query("update designs set version = 1").execute(&world.db).await.unwrap();
    assert_eq!(code(merge(2).await), "base-moved");
    sqlx::query("update designs set version = 0").execute(&world.db).await.unwrap();
    world.service.close_proposal(&world.ada, proposal, "Not now.").await.unwrap();
    assert_eq!(code(merge(2).await), "not-in-review");
    world.service.reopen_proposal(&world.ada, proposal).await.unwrap();
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    assert_eq!(code(merge(2).await), "archived");
    world.service.archive_design(&world.di, SLUG, 1, false).await.unwrap();
    assert_eq!(merge(2).await.unwrap().version, 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_refused_merge_changes_nothing(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let counts = async || -> (i64, i64, i64) {
        let ask = "select (select count(*) from versions), (select count(*) from decisions), (select count(*) from jobs)";
        sqlx::query_as(ask).fetch_one(&world.db).await.unwrap()
    };
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap_err();
    assert_eq!(counts().await, (0, 0, 0));
    world.write(&world.ada, proposal, "Still open.").await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn only_editors_and_admins_merge(db: PgPool) {
    let world = World::new(db).await;
    for (who, status) in [(&world.eve, 404), (&world.vi, 403), (&world.bo, 403), (&world.cy, 200), (&world.di, 200)] {
        let (_, proposal) = world.design().await;
        world.send(proposal).await.unwrap();
        world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
        let answer = world.service.merge_revision(who, proposal, 1).await;
        assert_eq!(answer.as_ref().map_or_else(AppError::status, |_| 200), status, "{} {answer:?}", who.name);
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_held_proposal_can_be_merged_and_is_held_no_more(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.service.hold(&world.ada, proposal, true).await.unwrap();
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    assert_eq!(world.service.proposal(&world.ada, SLUG, 1, 1).await.unwrap().held_by, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn open_threads_go_on_in_the_accepted_text_and_resolved_ones_stay(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let open = world.thread(&world.bo, proposal, "One table", Kind::Question).await;
    let settled = world.thread(&world.bo, proposal, "twice", Kind::Blocking).await;
    world.service.resolve_thread(&world.ada, settled, true).await.unwrap();
    let before = world.service.threads(&world.bo, proposal).await.unwrap();
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    let homes: Vec<(uuid::Uuid, bool, Vec<u8>, Vec<u8>)> =
        sqlx::query_as("select id, proposal is null, anchor_start, anchor_end from threads order by id")
            .fetch_all(&world.db)
            .await
            .unwrap();
    assert_eq!(homes.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>(), [(open.0, true), (settled.0, false)]);
    let state: Vec<u8> = sqlx::query_scalar("select state from versions").fetch_one(&world.db).await.unwrap();
    let range = server::rooms::Range { start: homes[0].2.clone(), end: homes[0].3.clone() };
    let at = server::rooms::document::Document::open([state.as_slice()]).unwrap().resolve(&[range]).unwrap()[0].unwrap();
    assert_eq!(&TEXT[at.0 as usize..at.1 as usize], "One table");
    let after = world.service.threads(&world.bo, proposal).await.unwrap();
    let places = |threads: &[app::model::thread::Thread]| -> Vec<_> {
        threads
            .iter()
            .map(|thread| (thread.id, matches!(thread.anchor, Anchor::At { changed: false, .. }), offsets(&thread.anchor)))
            .collect()
    };
    assert_eq!(places(&before), places(&after), "the merged proposal's page still shows them where they were");
    world.service.reply(&world.ada, open, "Two, later.").await.unwrap();
    assert_eq!(code(world.service.reply(&world.ada, settled, "Thanks.").await), "not-open");
}

fn offsets(anchor: &Anchor) -> Option<(u32, u32)> {
    if let Anchor::At { from, to, .. } = anchor { Some((*from, *to)) } else { None }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merge_asks_for_the_versions_arrival_elsewhere(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    let (kind, version, design): (String, i32, String) =
        sqlx::query_as("select kind, (payload->>'version')::int, payload->>'design' from jobs").fetch_one(&world.db).await.unwrap();
    let page = world.service.design(&world.ada, SLUG, 1).await.unwrap();
    assert_eq!((kind.as_str(), version, design), ("arrive", 1, page.id.to_string()));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_title_that_nobody_approved_is_not_merged(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.service.rename_design(&world.ada, SLUG, 1, "Something else").await.unwrap();
    assert_eq!(world.missing(proposal).await, [RequirementName::TextAsRevised]);
    assert_eq!(code(world.service.merge_revision(&world.ada, proposal, 1).await), "text-moved-on");
    assert_eq!(world.send(proposal).await, Ok(2), "the title is part of what is frozen");
    assert_eq!(world.missing(proposal).await, [RequirementName::Approved]);
    world.service.rename_design(&world.ada, SLUG, 1, "Ledger").await.unwrap();
    assert_eq!(world.missing(proposal).await, [RequirementName::Approved, RequirementName::TextAsRevised]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_proposals_merged_one_after_the_other_never_undo_each_other(db: PgPool) {
    let world = World::new(db).await;
    let first = world.approved().await;
    world.service.merge_revision(&world.ada, first, 1).await.unwrap();
    let mut open = Vec::new();
    for (from, to) in [("twice", "three times"), ("One table", "Two tables")] {
        let (proposal, _) = world.service.propose(&world.ada, SLUG, 1, to, "").await.unwrap();
        world.write(&world.ada, proposal, &TEXT.replace(from, to)).await;
        world.send(proposal).await.unwrap();
        world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
        open.push(proposal);
    }
    world.service.merge_revision(&world.ada, open[0], 1).await.unwrap();
    // No worker runs here: the job is held back.
    assert_eq!(code(world.service.merge_revision(&world.ada, open[1], 1).await), "base-moved");
    let gate = world.service.gate(&world.ada, open[1]).await.unwrap();
    assert_eq!(gate.missing(), "Version 2 was accepted meanwhile and has not arrived here yet.");

    let update: Vec<u8> = sqlx::query_scalar("select update from versions where number = 2").fetch_one(&world.db).await.unwrap();
    let change = server::rooms::Change::Version { number: 2, update };
    let arrival = server::rooms::ServerEdit { account: None, cause: Some("version 2".into()), change };
    world.service.rooms().edit(open[1], arrival).await.unwrap();
    assert_eq!(code(world.service.merge_revision(&world.ada, open[1], 1).await), "text-moved-on");
    assert_eq!(world.send(open[1]).await, Ok(2));
    assert_eq!(code(world.service.merge_revision(&world.ada, open[1], 2).await), "gate-not-met");
    world.review(&world.bo, open[1], 2, Verdict::Approve).await.unwrap();
    assert_eq!(world.service.merge_revision(&world.ada, open[1], 2).await.unwrap().version, 3);
    let both = TEXT.replace("twice", "three times").replace("One table", "Two tables");
    assert_eq!(world.service.accepted_text(&world.vi, SLUG, 1, false).await.unwrap(), both.as_bytes());
}
