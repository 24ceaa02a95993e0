//! What was accepted arrives in the design's other open proposals: every one, in order, once, whatever else happens to them.

#[path = "common/reviewing.rs"]
mod reviewing;

use std::time::Duration;

use app::backend::{Designs, Proposals};
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use reviewing::{SLUG, TEXT, World, code};
use server::clock::Clock;
use sqlx::PgPool;

/// A design with an accepted text, nothing else open.
async fn accepted(world: &World) {
    let proposal = world.approved().await;
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
}

async fn propose(world: &World, title: &str) -> ProposalId {
    world.service.propose(&world.ada, SLUG, 1, title, "").await.unwrap().0
}

/// A proposal that makes one change, merged; its job is not done yet.
async fn accept(world: &World, from: &str, to: &str) {
    let proposal = propose(world, to).await;
    let text = world.text(proposal).await.replace(from, to);
    world.write(&world.ada, proposal, &text).await;
    let revision = world.send(proposal).await.unwrap();
    world.review(&world.bo, proposal, revision, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, revision).await.unwrap();
}

async fn base(world: &World, proposal: ProposalId) -> i32 {
    sqlx::query_scalar("select base from proposals where id = $1").bind(proposal.0).fetch_one(&world.db).await.unwrap()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn several_versions_arrive_in_their_order_beside_what_was_written_meanwhile(db: PgPool) {
    let world = World::new(db).await;
    accepted(&world).await;
    let open = propose(&world, "Open").await;
    world.write(&world.cy, open, &TEXT.replace("entries", "rows")).await;
    for (from, to) in [("twice", "three times"), ("three times", "four times"), ("# Ledger", "# Journal")] {
        accept(&world, from, to).await;
        assert_eq!(base(&world, open).await, 1, "the job is held back");
    }
    world.service.run_due_jobs().await.unwrap();
    let expected = TEXT.replace("entries", "rows").replace("twice", "four times").replace("# Ledger", "# Journal");
    assert_eq!((world.text(open).await, base(&world, open).await), (expected.clone(), 4));
    let causes: Vec<String> =
        sqlx::query_scalar("select cause from landed where document = $1 order by seq").bind(open.0).fetch_all(&world.db).await.unwrap();
    assert_eq!(causes, ["version 2", "version 3", "version 4"]);

    let revision = world.send(open).await.unwrap();
    world.review(&world.bo, open, revision, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, open, revision).await.unwrap();
    assert_eq!(world.service.accepted_text(&world.vi, SLUG, 1, false).await.unwrap(), expected.as_bytes());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_version_arrives_in_a_held_text_too(db: PgPool) {
    let world = World::new(db).await;
    accepted(&world).await;
    let held = propose(&world, "Held").await;
    world.write(&world.ada, held, &TEXT.replace("entries", "rows")).await;
    world.send(held).await.unwrap();
    world.service.hold(&world.ada, held, true).await.unwrap();
    accept(&world, "twice", "once").await;
    world.service.run_due_jobs().await.unwrap();
    assert_eq!((world.text(held).await, base(&world, held).await), (TEXT.replace("entries", "rows").replace("twice", "once"), 2));
    assert_eq!(code(world.service.merge(&world.ada, held, 1).await), "text-moved-on");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merged_or_closed_proposal_keeps_its_text_as_it_was(db: PgPool) {
    let world = World::new(db).await;
    accepted(&world).await;
    let closed = propose(&world, "Closed").await;
    world.service.close_proposal(&world.ada, closed, "Not now.").await.unwrap();
    let merged: uuid::Uuid = sqlx::query_scalar("select id from proposals where state = 'merged'").fetch_one(&world.db).await.unwrap();
    accept(&world, "twice", "once").await;
    world.service.run_due_jobs().await.unwrap();
    for proposal in [closed, ProposalId(merged)] {
        assert_eq!(world.text(proposal).await, TEXT);
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_proposal_that_cannot_take_a_version_keeps_it_from_no_other(db: PgPool) {
    let world = World::new(db).await;
    accepted(&world).await;
    let (broken, sound) = (propose(&world, "Broken").await, propose(&world, "Sound").await);
    accept(&world, "twice", "once").await;
    // What it forked from is damaged, so nobody can write in it.
    let flip = "update snapshots set crc = crc # 1 where document = $1";
    sqlx::query(flip).bind(broken.0).execute(&world.db).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!((world.text(sound).await, base(&world, sound).await), (TEXT.replace("twice", "once"), 2));
    assert_eq!(base(&world, broken).await, 1);
    let waiting: i64 =
        sqlx::query_scalar("select count(*) from jobs where kind = 'arrive' and done_at is null").fetch_one(&world.db).await.unwrap();
    assert_eq!(waiting, 1, "the job goes on trying");
    sqlx::query(flip).bind(broken.0).execute(&world.db).await.unwrap();
    sqlx::query("update jobs set run_at = now() - interval '1 second' where done_at is null").execute(&world.db).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!((world.text(broken).await, base(&world, broken).await), (TEXT.replace("twice", "once"), 2));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_proposal_opened_while_a_job_waits_stands_on_the_newest_version_and_gets_it_no_second_time(db: PgPool) {
    let world = World::new(db).await;
    accepted(&world).await;
    accept(&world, "twice", "twice, twice").await;
    let fresh = propose(&world, "Fresh").await;
    world.service.run_due_jobs().await.unwrap();
    assert_eq!((world.text(fresh).await, base(&world, fresh).await), (TEXT.replace("twice", "twice, twice"), 2));
    let rows: i64 = sqlx::query_scalar("select head($1)").bind(fresh.0).fetch_one(&world.db).await.unwrap();
    assert_eq!(rows, 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_workers_at_once_bring_a_version_once(db: PgPool) {
    let world = World::new(db).await;
    accepted(&world).await;
    let open = propose(&world, "Open").await;
    accept(&world, "twice", "once and again").await;
    let (one, other) = tokio::join!(world.service.run_due_jobs(), world.service.run_due_jobs());
    one.unwrap();
    other.unwrap();
    // The same job twice: as after a worker whose lease ran out while it was still at it.
    sqlx::query(
        "insert into jobs (kind, payload, run_at) select kind, payload, run_at - interval '1 hour' from jobs where kind = 'arrive'",
    )
    .execute(&world.db)
    .await
    .unwrap();
    let (one, other) = tokio::join!(world.service.run_due_jobs(), world.service.run_due_jobs());
    assert!(one.unwrap() + other.unwrap() >= 2);
    let (head, landed): (i64, i64) = sqlx::query_as("select head($1), (select count(*) from landed where document = $1)")
        .bind(open.0)
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!((head, landed, world.text(open).await), (1, 1, TEXT.replace("twice", "once and again")));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_job_whose_worker_died_is_taken_again_when_its_lease_is_over(db: PgPool) {
    let world = World::new(db).await;
    accepted(&world).await;
    let open = propose(&world, "Open").await;
    accept(&world, "twice", "once").await;
    sqlx::query("update jobs set done_at = now() where kind = 'index'").execute(&world.db).await.unwrap();
    let now = Clock::system().now() + Duration::from_secs(1);
    let lease = time::Duration::minutes(5);
    assert!(server::db::jobs::take(&world.db, now, lease).await.unwrap().is_some_and(|job| job.kind == "arrive" && job.attempts == 1));
    assert!(server::db::jobs::take(&world.db, now, lease).await.unwrap().is_none(), "it is somebody's");
    world.service.run_due_jobs().await.unwrap();
    assert_eq!(world.text(open).await, TEXT);
    let later = now + lease + Duration::from_secs(1);
    assert!(server::db::jobs::take(&world.db, later, lease).await.unwrap().is_some_and(|job| job.attempts == 2));
}
