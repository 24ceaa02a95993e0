//! The gate over real rows: what opens it, what closes it.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Reviews, Teams, Threads};
use app::model::gate::RequirementName::{Approved, BaseCurrent, InReview, NoBlockingThread, NoChangesRequested, TextAsRevised};
use app::model::review::{Standing, Verdict};
use app::model::role::Role;
use app::model::thread::Kind;
use reviewing::{SLUG, TEXT, World};
use sqlx::PgPool;

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_draft_misses_review_and_approval_and_an_approved_revision_nothing(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    assert_eq!(world.missing(proposal).await, [InReview, Approved, TextAsRevised]);
    world.send(proposal).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_typed_letter_closes_it_and_taking_it_back_opens_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.write(&world.ada, proposal, &format!("{TEXT}!")).await;
    assert_eq!(world.missing(proposal).await, [TextAsRevised]);
    world.write(&world.ada, proposal, TEXT).await;
    assert_eq!(world.missing(proposal).await, []);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_new_revision_makes_the_approval_stale(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.send(proposal).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
    world.write(&world.ada, proposal, TEXT).await;
    assert_eq!(world.send(proposal).await, Ok(3));
    assert_eq!(world.missing(proposal).await, [], "revision 3 reads as revision 1, which Bo approved");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_writes_loses_their_approval(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
    world.write(&world.cy, proposal, "# Ledger\n\nMine.\n").await;
    world.write(&world.ada, proposal, "# Ledger\n\nOurs.\n").await;
    world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, 2, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
    world.write(&world.ada, proposal, TEXT).await;
    world.send(proposal).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved], "revision 3 reads as revision 1, but Cy is an author of it");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_request_for_changes_outlives_new_revisions_until_its_giver_or_an_admin_ends_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let demand = world.review(&world.cy, proposal, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(world.missing(proposal).await, [NoChangesRequested]);
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.send(proposal).await.unwrap();
    world.review(&world.bo, proposal, 2, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, [NoChangesRequested]);
    world.service.dismiss_review(&world.di, demand, "Settled in the meeting.").await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
    world.review(&world.cy, proposal, 2, Verdict::RequestChanges).await.unwrap();
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, [NoChangesRequested], "approving revision 1 does not answer what was asked of revision 2");
    world.review(&world.cy, proposal, 2, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_blocking_thread_closes_it_until_resolved_or_made_something_else(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Blocking).await;
    world.thread(&world.bo, proposal, "One table", Kind::Question).await;
    assert_eq!(world.missing(proposal).await, [NoBlockingThread]);
    world.service.resolve_thread(&world.ada, thread, true).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
    world.service.resolve_thread(&world.bo, thread, false).await.unwrap();
    assert_eq!(world.missing(proposal).await, [NoBlockingThread]);
    world.service.change_kind(&world.bo, thread, Kind::Nit).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_detached_blocking_thread_is_still_open(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    world.thread(&world.bo, proposal, "twice", Kind::Blocking).await;
    world.write(&world.ada, proposal, "Something else.").await;
    world.service.threads(&world.bo, proposal).await.unwrap();
    assert!(world.missing(proposal).await.contains(&NoBlockingThread));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_accepted_version_that_has_not_arrived_closes_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    sqlx::query("update designs set version = 1").execute(&world.db).await.unwrap();
    assert_eq!(world.missing(proposal).await, [BaseCurrent]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_somebody_said_lapses_when_they_leave_the_team_and_does_not_come_back_with_them(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.review(&world.cy, proposal, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(world.missing(proposal).await, [NoChangesRequested]);
    world.service.remove_member(&world.cy, SLUG, world.cy.account).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
    world.service.put_in(world.team, world.cy.account, Role::Editor).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
    // The approval goes the same way.
    world.service.remove_member(&world.di, SLUG, world.bo.account).await.unwrap();
    world.service.put_in(world.team, world.bo.account, Role::Commenter).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
    let board = world.service.review_board(&world.vi, proposal).await.unwrap();
    assert!(board.reviews.len() == 2 && board.reviews.iter().all(|review| review.standing == Standing::Lapsed), "on record");
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, []);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_request_for_changes_that_is_withdrawn_demands_nothing_and_brings_back_no_approval(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let demand = world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved, NoChangesRequested]);
    world.service.withdraw_review(&world.bo, demand).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_approval_of_an_older_revision_never_counts_for_a_newer_one(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.send(proposal).await.unwrap();
    // Given after revision 2 was sent, by somebody who still looked at the older one.
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.missing(proposal).await, [Approved]);
    let board = world.service.review_board(&world.vi, proposal).await.unwrap();
    assert_eq!((board.reviews[0].revision, &board.reviews[0].standing), (1, &Standing::Stands), "it is kept where it was given");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_open_on_another_proposal_closes_no_gate(db: PgPool) {
    let world = World::new(db).await;
    let (one, other) = (world.approved().await, world.approved().await);
    world.thread(&world.bo, other, "twice", Kind::Blocking).await;
    world.review(&world.cy, other, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(world.missing(one).await, []);
    assert_eq!(world.missing(other).await, [NoChangesRequested, NoBlockingThread]);
}
