//! Proposals: read, compared, held, put back, closed, reopened, and what is merged beside them.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Proposals};
use app::error::AppError;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::proposal::ProposalState;
use app::model::review::Verdict;
use app::model::revision::Side;
use reviewing::{SLUG, TEXT, World, code, field, member};
use server::clock::Clock;
use server::db::log::{Batch, append};
use server::rooms::{Change, RoomError, ServerEdit};
use sqlx::PgPool;

fn edit(who: &Caller, text: &str) -> ServerEdit {
    ServerEdit { account: Some(who.account), cause: None, change: Change::Text(text.into()) }
}

/// Why the log would refuse what Ada types now; nothing is kept of it.
async fn refusal(world: &World, proposal: ProposalId) -> Option<String> {
    let mut batch = Batch::default();
    batch.documents.push(proposal.0);
    // The empty update.
    batch.row(proposal, &[0, 0], Some(world.ada.account), false, None, None);
    let mut tx = world.db.begin().await.unwrap();
    append(&mut tx, &batch, Clock::system().now()).await.unwrap().remove(0).refused
}

async fn state(world: &World, number: i32) -> ProposalState {
    world.service.proposal(&world.vi, SLUG, 1, number).await.unwrap().state
}

/// Sends, approves and merges a proposal that stands on the newest version.
async fn accept(world: &World, proposal: ProposalId) {
    let revision = world.send(proposal).await.unwrap();
    world.review(&world.bo, proposal, revision, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, revision).await.unwrap();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn each_side_reads_as_it_was(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.write(&world.ada, proposal, "# Ledger\n\nLater.\n").await;
    let read = async |side| world.service.read(&world.vi, proposal, side).await;
    let accepted = read(Side::Accepted).await.unwrap();
    assert_eq!((accepted.length, accepted.seq), (0, None), "a new design stands on the empty text");
    assert!(read(Side::Revision(1)).await.unwrap().html.contains("Every payment"));
    let live = read(Side::Live).await.unwrap();
    assert!(live.html.contains("Later.") && live.seq == Some(2));
    assert_eq!(live.headings.len(), 1);
    assert!(matches!(read(Side::Revision(9)).await, Err(AppError::NotFound(_))));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_comparison_says_what_changed_in_text_and_title(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let compare = async |from, to| world.service.compare(&world.vi, proposal, from, to).await.unwrap();
    let same = compare(Side::Revision(1), Side::Live).await;
    assert_eq!((same.places, same.titles), (0, None));
    world.write(&world.ada, proposal, &TEXT.replace("twice", "once")).await;
    world.service.rename_design(&world.ada, SLUG, 1, "Journal").await.unwrap();
    let changed = compare(Side::Revision(1), Side::Live).await;
    assert_eq!((changed.places, changed.titles), (1, Some(("Ledger".into(), "Journal".into()))));
    assert!(changed.rendered.contains("<ins") && changed.source.contains("source-diff"));
    assert_eq!(compare(Side::Accepted, Side::Live).await.titles, None, "nothing accepted has no title");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_held_text_cannot_be_written_until_it_is_released(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    assert_eq!(code(world.service.hold(&world.ada, proposal, true).await), "not-in-review");
    world.send(proposal).await.unwrap();
    world.service.hold(&world.cy, proposal, true).await.unwrap();
    world.service.hold(&world.ada, proposal, true).await.unwrap();
    let page = world.service.proposal(&world.ada, SLUG, 1, 1).await.unwrap();
    assert_eq!(page.held_by.as_ref().map(|who| who.name.as_str()), Some("Cy"), "who held it first holds it");
    assert!(!page.writable());
    assert_eq!(refusal(&world, proposal).await.as_deref(), Some("held"));
    assert_eq!(code(world.service.put_back(&world.ada, proposal, 1).await), "held");
    world.service.hold(&world.ada, proposal, false).await.unwrap();
    assert_eq!(refusal(&world, proposal).await, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn putting_back_is_an_edit_of_its_own_that_makes_an_author(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let before = world.write(&world.ada, proposal, "Something else.").await;
    world.service.put_back(&world.cy, proposal, 1).await.unwrap();
    assert_eq!(world.text(proposal).await, TEXT);
    assert!(world.service.rooms().read(proposal).await.unwrap().seq > before, "nothing is erased from the log");
    assert!(world.service.proposal(&world.cy, SLUG, 1, 1).await.unwrap().wrote);
    let entry = world.service.history(&world.vi, SLUG, 1, None).await.unwrap().items.remove(0);
    assert_eq!(entry.what, "put the text of P-1 back to revision 1");
    assert_eq!(entry.link.as_deref(), Some("/teams/payments/designs/1/proposals/1/read"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_closed_proposal_is_read_only_until_it_is_reopened_as_it_was(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    assert_eq!(field(world.service.close_proposal(&world.ada, proposal, " ").await), "reason");
    world.service.close_proposal(&world.cy, proposal, "Overtaken by events.").await.unwrap();
    assert_eq!(code(world.service.close_proposal(&world.cy, proposal, "Again.").await), "not-open");
    let page = world.service.proposal(&world.vi, SLUG, 1, 1).await.unwrap();
    assert_eq!((page.state, page.close_reason.as_deref()), (ProposalState::Closed, Some("Overtaken by events.")));
    assert_eq!(world.service.rooms().edit(proposal, edit(&world.ada, "No.")).await, Err(RoomError::ReadOnly));
    assert_eq!(world.text(proposal).await, TEXT);
    world.service.reopen_proposal(&world.ada, proposal).await.unwrap();
    assert_eq!(state(&world, 1).await, ProposalState::InReview, "it had been sent");
    assert_eq!(code(world.service.reopen_proposal(&world.ada, proposal).await), "not-closed");
    world.write(&world.ada, proposal, "Yes.").await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_proposals_merged_one_after_the_other_never_undo_each_other(db: PgPool) {
    let world = World::new(db).await;
    let first = world.draft().await;
    accept(&world, first).await;
    let (left, _) = world.service.propose(&world.ada, SLUG, 1, "Left", "").await.unwrap();
    let (right, _) = world.service.propose(&world.ada, SLUG, 1, "Right", "").await.unwrap();
    world.write(&world.ada, left, &TEXT.replace("twice", "three times")).await;
    world.write(&world.ada, right, &TEXT.replace("One table", "Two tables")).await;
    accept(&world, left).await;

    // The job is held back: right still stands on version 1 and cannot be merged.
    let revision = world.send(right).await.unwrap();
    world.review(&world.bo, right, revision, Verdict::Approve).await.unwrap();
    assert_eq!(code(world.service.merge(&world.ada, right, revision).await), "base-moved");
    let page = world.service.proposal(&world.vi, SLUG, 1, 3).await.unwrap();
    assert_eq!((page.base, page.version), (1, 2));

    world.service.run_due_jobs().await.unwrap();
    let both = TEXT.replace("twice", "three times").replace("One table", "Two tables");
    assert_eq!(world.text(right).await, both);
    assert_eq!(world.service.proposal(&world.vi, SLUG, 1, 3).await.unwrap().base, 2);
    accept(&world, right).await;
    assert_eq!(world.service.accepted_text(&world.vi, SLUG, 1, false).await.unwrap(), both.as_bytes());
    let sentences = world.service.history(&world.vi, SLUG, 1, None).await.unwrap().items;
    let arrived = sentences.iter().find(|entry| entry.what == "brought version 2 into P-3").unwrap();
    assert_eq!(arrived.who, None, "nobody did it");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_version_arrives_once_however_often_the_job_runs(db: PgPool) {
    let world = World::new(db).await;
    let first = world.draft().await;
    accept(&world, first).await;
    let (left, _) = world.service.propose(&world.ada, SLUG, 1, "Left", "").await.unwrap();
    let (right, _) = world.service.propose(&world.ada, SLUG, 1, "Right", "").await.unwrap();
    world.write(&world.ada, left, &TEXT.replace("twice", "three times")).await;
    accept(&world, left).await;
    world.service.run_due_jobs().await.unwrap();
    let once = (world.text(right).await, world.service.rooms().read(right).await.unwrap().seq);
    // As after a process that died between the edit and the end of its job.
    sqlx::query("update jobs set done_at = null, run_at = now()").execute(&world.db).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!((world.text(right).await, world.service.rooms().read(right).await.unwrap().seq), once);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_reopened_proposal_catches_up_with_every_version_it_missed(db: PgPool) {
    let world = World::new(db).await;
    let first = world.draft().await;
    accept(&world, first).await;
    let (closed, number) = world.service.propose(&world.ada, SLUG, 1, "Closed", "").await.unwrap();
    world.service.close_proposal(&world.ada, closed, "Later.").await.unwrap();
    for word in ["three times", "four times"] {
        let (other, _) = world.service.propose(&world.ada, SLUG, 1, word, "").await.unwrap();
        world.write(&world.ada, other, &TEXT.replace("twice", word)).await;
        accept(&world, other).await;
        world.service.run_due_jobs().await.unwrap();
    }
    assert_eq!(world.text(closed).await, TEXT);
    world.service.reopen_proposal(&world.ada, closed).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!(world.text(closed).await, TEXT.replace("twice", "four times"));
    assert_eq!(world.service.proposal(&world.vi, SLUG, 1, number).await.unwrap().base, 3);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_job_that_fails_is_tried_again_later(db: PgPool) {
    let world = World::new(db).await;
    let first = world.draft().await;
    accept(&world, first).await;
    let (open, _) = world.service.propose(&world.ada, SLUG, 1, "Open", "").await.unwrap();
    let (other, _) = world.service.propose(&world.ada, SLUG, 1, "Other", "").await.unwrap();
    world.write(&world.ada, other, &TEXT.replace("twice", "once")).await;
    accept(&world, other).await;
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    let waiting: (i32, Option<String>) =
        sqlx::query_as("select attempts, last_error from jobs where done_at is null").fetch_one(&world.db).await.unwrap();
    assert!(waiting.0 == 1 && waiting.1.is_some(), "{waiting:?}");
    world.service.archive_design(&world.di, SLUG, 1, false).await.unwrap();
    sqlx::query("update jobs set run_at = now() where done_at is null").execute(&world.db).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!(world.text(open).await, TEXT.replace("twice", "once"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn those_who_may_review_are_found_by_name_or_address(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    member(&world.db, world.team, "100%", "commenter").await;
    let names = async |like: &str| -> Vec<String> {
        let found = world.service.candidates(&world.ada, proposal, like).await.unwrap();
        found.into_iter().map(|member| member.name).collect()
    };
    assert_eq!(names("").await, ["100%", "Bo", "Cy", "Di", "Ada"], "a viewer cannot review, and an author's approval would not count");
    assert_eq!(names("B").await, ["Bo"]);
    assert_eq!(names("%").await, ["100%"], "what is typed is no pattern");
    assert_eq!(names("cy@EXAMPLE").await, ["Cy"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn programs_name_reviewers_by_address(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let find = async |named: &[&str]| {
        let named = named.iter().map(|&name| name.into()).collect();
        world.service.find_reviewers(&world.ada, proposal, named).await
    };
    assert_eq!(find(&["BO@example.org", " cy@example.org ", "bo@example.org"]).await, Ok(vec![world.bo.account, world.cy.account]));
    for refused in ["@security", "nobody@example.org", "eve@example.org", "vi@example.org"] {
        assert_eq!(field(find(&[refused]).await), "reviewers", "{refused}");
    }
}
