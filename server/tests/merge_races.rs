//! Merging while others edit, vote, discuss, close or merge in the same moment: every order of the locks is forced, none is waited for by time.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Proposals, Threads};
use app::error::AppError;
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use app::model::thread::Kind;
use reviewing::{TEXT, World, code, waiting_for_locks};
use server::db::log::{Batch, append};
use server::rooms::{RoomError, lineage};
use sqlx::PgPool;

/// Appends an edit of Ada's in `tx`, as the committer would.
async fn append_edit(world: &World, tx: &mut sqlx::PgConnection, proposal: ProposalId, text: &str) {
    let state = world.service.rooms().read(proposal).await.unwrap().state;
    let client = lineage::fresh_client();
    let update = lineage::advance(&state, text, client).unwrap().update;
    let mut batch = Batch::default();
    batch.documents.push(proposal.0);
    batch.row(proposal, &update, Some(world.ada.account), false, None, None);
    batch.claim(proposal, client, world.ada.account);
    let appended = append(tx, &batch, time::OffsetDateTime::UNIX_EPOCH).await.unwrap();
    assert!(appended[0].head.is_some(), "{appended:?}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_that_commits_while_a_merge_waits_refuses_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let mut tx = world.db.begin().await.unwrap();
    append_edit(&world, &mut tx, proposal, "Faster than you.").await;
    let merging = tokio::spawn({
        let world = world.clone();
        async move { world.service.merge_revision(&world.ada, proposal, 1).await }
    });
    waiting_for_locks(&world.db, 1).await;
    tx.commit().await.unwrap();
    assert_eq!(code(merging.await.unwrap()), "text-moved-on");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_edit_after_the_merge_has_the_row_is_refused(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    // Stands for a merge that has the document's row and has not committed: the committer passes over it and comes back.
    let mut tx = world.db.begin().await.unwrap();
    sqlx::query("update documents set state = 'closed' where id = $1").bind(proposal.0).execute(&mut *tx).await.unwrap();
    let writing = tokio::spawn({
        let world = world.clone();
        let change = server::rooms::Change::Text("Too late.".into());
        let edit = server::rooms::ServerEdit { account: Some(world.ada.account), cause: None, change };
        async move { world.service.rooms().edit(proposal, edit).await }
    });
    tokio::task::yield_now().await;
    tx.commit().await.unwrap();
    assert_eq!(writing.await.unwrap(), Err(RoomError::ReadOnly));
    let text: String = sqlx::query_scalar("select text from revisions").fetch_one(&world.db).await.unwrap();
    assert_eq!(text, TEXT);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_vote_that_commits_while_a_merge_waits_counts(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let mut tx = world.db.begin().await.unwrap();
    sqlx::query("update designs set changed_at = now()").execute(&mut *tx).await.unwrap();
    let merging = tokio::spawn({
        let world = world.clone();
        async move { world.service.merge_revision(&world.ada, proposal, 1).await }
    });
    waiting_for_locks(&world.db, 1).await;
    let vote = "insert into reviews (id, proposal, revision, account, verdict, at) values (gen_random_uuid(), $1, 1, $2, 'request_changes', now())";
    sqlx::query(vote).bind(proposal.0).bind(world.cy.account.0).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(code(merging.await.unwrap()), "gate-not-met");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn votes_threads_and_closing_wait_for_a_merge_and_come_too_late(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    // The merge stops at the document's row, the design's locked already.
    let mut tx = world.db.begin().await.unwrap();
    sqlx::query("select id from documents where id = $1 for update").bind(proposal.0).execute(&mut *tx).await.unwrap();
    let merging = tokio::spawn({
        let world = world.clone();
        async move { world.service.merge_revision(&world.ada, proposal, 1).await }
    });
    waiting_for_locks(&world.db, 1).await;
    let voting = tokio::spawn({
        let world = world.clone();
        async move { world.review(&world.cy, proposal, 1, Verdict::RequestChanges).await }
    });
    waiting_for_locks(&world.db, 2).await;
    let blocking = tokio::spawn({
        let world = world.clone();
        async move { world.service.change_kind(&world.bo, thread, Kind::Blocking).await }
    });
    waiting_for_locks(&world.db, 3).await;
    tx.commit().await.unwrap();
    assert_eq!(merging.await.unwrap().unwrap().version, 1);
    assert_eq!(code(voting.await.unwrap()), "not-open");
    blocking.await.unwrap().unwrap();
    let risks: serde_json::Value = sqlx::query_scalar("select risks from decisions").fetch_one(&world.db).await.unwrap();
    assert_eq!(risks[0]["kind"], "nit", "the record says what was open at the merge, not what it became afterwards");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_close_that_commits_while_a_merge_waits_refuses_it(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let mut tx = world.db.begin().await.unwrap();
    sqlx::query("select id from documents where id = $1 for update").bind(proposal.0).execute(&mut *tx).await.unwrap();
    let closing = tokio::spawn({
        let world = world.clone();
        async move { world.service.close_proposal(&world.ada, proposal, "Overtaken.").await }
    });
    waiting_for_locks(&world.db, 1).await;
    let merging = tokio::spawn({
        let world = world.clone();
        async move { world.service.merge_revision(&world.ada, proposal, 1).await }
    });
    waiting_for_locks(&world.db, 2).await;
    tx.commit().await.unwrap();
    closing.await.unwrap().unwrap();
    assert_eq!(code(merging.await.unwrap()), "not-in-review");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_merges_at_once_make_one_version(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let merge = || world.service.merge_revision(&world.ada, proposal, 1);
    let (one, other) = tokio::join!(merge(), merge());
    let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
    assert_eq!(won.unwrap().version, 1);
    assert_eq!(code(lost), "not-in-review");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn who_loses_their_role_while_they_wait_for_the_lock_neither_votes_nor_sends_nor_merges(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    let mut tx = world.db.begin().await.unwrap();
    sqlx::query("update designs set changed_at = now()").execute(&mut *tx).await.unwrap();
    let merging = tokio::spawn({
        let world = world.clone();
        async move { world.service.merge_revision(&world.ada, proposal, 1).await }
    });
    let voting = tokio::spawn({
        let world = world.clone();
        async move { world.review(&world.cy, proposal, 1, Verdict::Approve).await }
    });
    let sending = tokio::spawn({
        let world = world.clone();
        async move { world.send(proposal).await }
    });
    waiting_for_locks(&world.db, 3).await;
    sqlx::query("update members set role = 'viewer'").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let answers = [merging.await.unwrap().map(drop), voting.await.unwrap().map(drop), sending.await.unwrap().map(drop)];
    for answer in answers {
        assert!(matches!(answer, Err(AppError::Forbidden(_))), "{answer:?}");
    }
}
