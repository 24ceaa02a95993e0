//! What a merged, a closed and an archived proposal refuse, use case by use case, and that nothing of it leaves a trace.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Proposals, Reviews, Threads, Timelines};
use app::error::AppError;
use app::model::ids::{CommentId, ProposalId, ReviewId, ThreadId};
use app::model::reaction::Reaction;
use app::model::review::Verdict;
use app::model::revision::Side;
use app::model::thread::{Kind, NewThread, Place};
use reviewing::{SLUG, TEXT, World};
use server::rooms::{Change, RoomError, ServerEdit};
use sqlx::PgPool;

/// A proposal with everything that can be changed about it.
struct Full {
    proposal: ProposalId,
    /// Open, of Bo's.
    open: ThreadId,
    /// Resolved, of Bo's.
    settled: ThreadId,
    comment: CommentId,
    review: ReviewId,
}

async fn full(world: &World) -> Full {
    let proposal = world.sent().await;
    let open = world.thread(&world.bo, proposal, "One table", Kind::Nit).await;
    let settled = world.thread(&world.bo, proposal, "twice", Kind::Question).await;
    world.service.resolve_thread(&world.ada, settled, true).await.unwrap();
    let comment = world.service.reply(&world.bo, settled, "Thanks.").await.unwrap();
    world.service.react(&world.bo, comment, Reaction::Eyes, true).await.unwrap();
    let review = world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    Full { proposal, open, settled, comment, review }
}

/// Everything that would change it, by people who may.
async fn every_change(world: &World, full: &Full) -> Vec<(&'static str, Option<AppError>)> {
    let (service, ada, bo, di) = (&world.service, &world.ada, &world.bo, &world.di);
    let &Full { proposal, settled, comment, review, .. } = full;
    let new = NewThread { proposal, place: Place::Whole, quote: String::new(), kind: Kind::Nit, body: "Hm.".into() };
    vec![
        ("send for review", service.send_for_review(ada, proposal, vec![bo.account]).await.err()),
        ("hold", service.hold(ada, proposal, true).await.err()),
        ("release", service.hold(ada, proposal, false).await.err()),
        ("put back", service.put_back(ada, proposal, 1).await.err()),
        ("restore", service.restore_text(ada, proposal, Side::Version(0)).await.err()),
        ("merge", service.merge(ada, proposal, 1).await.err()),
        ("close", service.close_proposal(ada, proposal, "Done with it.").await.err()),
        ("review", world.review(&world.cy, proposal, 1, Verdict::RequestChanges).await.err()),
        ("withdraw", service.withdraw_review(bo, review).await.err()),
        ("dismiss", service.dismiss_review(di, review, "No longer here.").await.err()),
        ("start a thread", service.start_thread(bo, new).await.err()),
        ("reply", service.reply(bo, settled, "And?").await.err()),
        ("reopen a thread", service.resolve_thread(bo, settled, false).await.err()),
        ("change its kind", service.change_kind(bo, settled, Kind::Blocking).await.err()),
        ("react", service.react(bo, comment, Reaction::Heart, true).await.err()),
        ("take a reaction back", service.react(bo, comment, Reaction::Eyes, false).await.err()),
        ("edit a comment", service.edit_comment(bo, comment, "No thanks.").await.err()),
    ]
}

/// All rows that tell of a proposal, as one text.
async fn rows(world: &World) -> String {
    let all = "select json_build_object(
        'proposals', (select json_agg(p order by id) from proposals p), 'documents', (select json_agg(d order by id) from documents d),
        'updates', (select json_agg(u order by document, seq) from updates u), 'revisions', (select json_agg(r order by number) from revisions r),
        'reviews', (select json_agg(r order by id) from reviews r), 'threads', (select json_agg(t order by id) from threads t),
        'comments', (select json_agg(c order by id) from comments c), 'reactions', (select json_agg(r) from reactions r),
        'wordings', (select json_agg(w) from earlier_wordings w), 'decisions', (select json_agg(d) from decisions d),
        'requests', (select json_agg(r order by account) from review_requests r), 'history', (select json_agg(h order by id) from history h)
    )::text";
    sqlx::query_scalar(all).fetch_one(&world.db).await.unwrap()
}

/// Nothing can be changed, by an edit neither, and everything can be read.
async fn refuses_everything(world: &World, full: &Full, code: &str) {
    let before = rows(world).await;
    for (what, refusal) in every_change(world, full).await {
        let refusal = refusal.unwrap_or_else(|| panic!("{what} went through"));
        let AppError::Conflict { code: told, .. } = &refusal else { panic!("{what}: {refusal:?}") };
        // A merge and what is about verdicts say more exactly what is the matter.
        assert!(told == code || (what == "merge" && told == "not-in-review"), "{what}: {told}");
    }
    for account in [Some(world.ada.account), None] {
        let edit = ServerEdit { account, cause: None, change: Change::Text("Changed.".into()) };
        assert_eq!(world.service.rooms().edit(full.proposal, edit).await, Err(RoomError::ReadOnly));
    }
    assert_eq!(rows(world).await, before);
    assert_eq!(world.service.text(&world.vi, full.proposal, false).await.unwrap(), TEXT.as_bytes());
    for side in [Side::Live, Side::Revision(1)] {
        assert!(world.service.read(&world.vi, full.proposal, side).await.unwrap().html.contains("Every payment"));
    }
    assert_eq!(world.service.review_board(&world.vi, full.proposal).await.unwrap().reviews.len(), 1);
    assert_eq!(world.service.threads(&world.vi, full.proposal).await.unwrap().len(), 2);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_closed_proposal_refuses_every_change_until_it_is_reopened(db: PgPool) {
    let world = World::new(db).await;
    let full = full(&world).await;
    world.service.close_proposal(&world.ada, full.proposal, "Not now.").await.unwrap();
    refuses_everything(&world, &full, "not-open").await;
    let page = world.service.proposal(&world.ada, SLUG, 1, 1).await.unwrap();
    assert!(!page.writable() && page.close_reason.as_deref() == Some("Not now."));
    world.service.reopen_proposal(&world.ada, full.proposal).await.unwrap();
    assert_eq!(world.missing(full.proposal).await, [], "votes and threads are as they were");
    world.service.merge(&world.ada, full.proposal, 1).await.unwrap();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merged_proposal_refuses_every_change_for_good(db: PgPool) {
    let world = World::new(db).await;
    let full = full(&world).await;
    world.service.merge(&world.ada, full.proposal, 1).await.unwrap();
    refuses_everything(&world, &full, "not-open").await;
    let reopened = world.service.reopen_proposal(&world.ada, full.proposal).await;
    assert_eq!(reviewing::code(reopened), "not-open");
    // What was open goes on in the accepted text, and only there.
    world.service.reply(&world.ada, full.open, "Two, later.").await.unwrap();
    world.service.resolve_thread(&world.bo, full.open, true).await.unwrap();
    assert_eq!(world.service.proposal(&world.vi, SLUG, 1, 1).await.unwrap().open_threads, 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_archived_design_refuses_every_change_until_it_is_taken_out(db: PgPool) {
    let world = World::new(db).await;
    let full = full(&world).await;
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    refuses_everything(&world, &full, "archived").await;
    assert_eq!(reviewing::code(world.service.rename_design(&world.ada, SLUG, 1, "Other").await), "archived");
    world.service.archive_design(&world.di, SLUG, 1, false).await.unwrap();
    world.service.merge(&world.ada, full.proposal, 1).await.unwrap();
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    assert_eq!(reviewing::code(world.service.propose(&world.ada, SLUG, 1, "More", "").await), "archived");
    assert_eq!(reviewing::code(world.service.reply(&world.ada, full.open, "More.").await), "archived");
    assert!(world.service.decision(&world.vi, SLUG, 1, 1).await.is_ok(), "decisions stay");
}
