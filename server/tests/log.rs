//! The append, the one statement that every edit passes: who is let in, what is refused whole, what rides along.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::model::account::Caller;
use app::model::ids::{AccountId, ProposalId};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use reviewing::{World, member};
use server::clock::{Clock, fresh_id};
use server::db::log::{Appended, Batch, Plain, append, append_plain};
use sqlx::PgPool;
use uuid::Uuid;

/// An update that changes nothing, for what is looked at here is its row.
const NOTHING: &[u8] = &[0, 0];

/// Appends one row of an account.
async fn one(world: &World, proposal: ProposalId, account: Option<AccountId>, own: bool) -> Appended {
    let mut batch = Batch::default();
    batch.documents.push(proposal.0);
    batch.row(proposal, NOTHING, account, own, None, None);
    run(world, &batch).await.remove(0)
}

async fn run(world: &World, batch: &Batch) -> Vec<Appended> {
    let mut line = world.db.acquire().await.unwrap();
    append(&mut line, batch, Clock::system().now()).await.unwrap()
}

async fn set_state(world: &World, state: &str) {
    sqlx::query("update documents set state = $1").bind(state).execute(&world.db).await.unwrap();
}

/// Somebody whom all documents have as their committer.
async fn committer(world: &World) -> Uuid {
    let committer = fresh_id();
    sqlx::query("update documents set committer = $1").bind(committer).execute(&world.db).await.unwrap();
    committer
}

async fn head(world: &World, document: ProposalId) -> i64 {
    sqlx::query_scalar("select head($1)").bind(document.0).fetch_one(&world.db).await.unwrap()
}

/// Counts of what an append may leave behind.
async fn traces(world: &World) -> (i64, i64, i64, i64) {
    let ask = "select (select count(*) from updates), (select count(*) from contributions), (select count(*) from landed),
        (select sum(head(id))::bigint from documents)";
    sqlx::query_as(ask).fetch_one(&world.db).await.unwrap()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn only_members_who_may_write_are_let_in(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let suspended = member(&world.db, world.team, "Sam", "admin").await;
    sqlx::query("update accounts set suspended_at = now() where id = $1").bind(suspended.account.0).execute(&world.db).await.unwrap();
    let people: [(&Caller, bool); 7] = [
        (&world.eve, false),
        (&world.vi, false),
        (&world.bo, false),
        (&suspended, false),
        (&world.cy, true),
        (&world.ada, true),
        (&world.di, true),
    ];
    for (who, may) in people {
        for own in [false, true] {
            let before = traces(&world).await;
            let answer = one(&world, proposal, Some(who.account), own).await;
            assert_eq!(answer.refused.as_deref(), (!may).then_some("role"), "{} {own}", who.name);
            assert_eq!(answer.head.is_some(), may, "{}", who.name);
            assert_eq!(traces(&world).await == before, !may, "{}", who.name);
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_held_text_takes_the_servers_edits_and_a_closed_one_none(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    for (state, own, refused) in [
        ("open", false, None),
        ("open", true, None),
        ("held", false, Some("held")),
        ("held", true, None),
        ("closed", false, Some("closed")),
        ("closed", true, Some("closed")),
    ] {
        set_state(&world, state).await;
        let answer = one(&world, proposal, Some(world.ada.account), own).await;
        assert_eq!(answer.refused.as_deref(), refused, "{state}, the server's own: {own}");
        let server = one(&world, proposal, None, true).await;
        assert_eq!(server.refused.is_some(), state == "closed", "{state}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_document_is_written_whole_or_not_at_all_and_others_beside_it(db: PgPool) {
    let world = World::new(db).await;
    let (good, bad) = (world.draft().await, world.draft().await);
    let before = traces(&world).await;
    let mut batch = Batch::default();
    batch.documents.extend([good.0, bad.0]);
    batch.row(good, NOTHING, Some(world.ada.account), false, None, None);
    batch.claim(good, 5, world.ada.account);
    batch.row(bad, NOTHING, Some(world.ada.account), false, Some("version 1".into()), Some(7));
    batch.claim(bad, 6, world.ada.account);
    batch.row(bad, NOTHING, Some(world.bo.account), false, None, None);
    let mut answers = run(&world, &batch).await;
    answers.sort_by_key(|answer| answer.document != good.0);
    assert_eq!(answers[0], Appended { document: good.0, head: Some(2), refused: None });
    assert_eq!(answers[1], Appended { document: bad.0, head: None, refused: Some("role".into()) });
    let after = traces(&world).await;
    assert_eq!(after, (before.0 + 1, before.1 + 1, before.2, before.3 + 1));
    let base: i32 = sqlx::query_scalar("select base from proposals where id = $1").bind(bad.0).fetch_one(&world.db).await.unwrap();
    assert_eq!(base, 0, "what rides along stays behind too");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_cause_lands_once_and_brings_its_base_in_the_same_moment(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let arrival = |number: i32| {
        let mut batch = Batch::default();
        batch.documents.push(proposal.0);
        batch.row(proposal, NOTHING, None, true, Some(format!("version {number}")), Some(number));
        batch
    };
    let base = async || -> i32 { sqlx::query_scalar("select base from proposals").fetch_one(&world.db).await.unwrap() };
    assert_eq!(run(&world, &arrival(2)).await[0].head, Some(2));
    assert_eq!(base().await, 2);
    let before = traces(&world).await;
    assert_eq!(run(&world, &arrival(2)).await[0].refused.as_deref(), Some("landed"));
    assert_eq!(traces(&world).await, before);
    run(&world, &arrival(1)).await;
    assert_eq!(base().await, 2, "a base is never lowered");
    // Also when its row was compacted away.
    sqlx::query("delete from updates").execute(&world.db).await.unwrap();
    assert_eq!(run(&world, &arrival(2)).await[0].refused.as_deref(), Some("landed"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_yjs_client_stays_with_the_account_that_first_sent_it(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, other) = (world.draft().await, world.draft().await);
    let claim = |document: ProposalId, who: &Caller| {
        let mut batch = Batch::default();
        batch.documents.push(document.0);
        batch.row(document, NOTHING, Some(who.account), false, None, None);
        batch.claim(document, 77, who.account);
        batch
    };
    assert_eq!(run(&world, &claim(proposal, &world.cy)).await[0].head, Some(2));
    assert_eq!(run(&world, &claim(proposal, &world.ada)).await[0].refused.as_deref(), Some("client"));
    assert_eq!(run(&world, &claim(proposal, &world.cy)).await[0].head, Some(3));
    assert_eq!(run(&world, &claim(other, &world.ada)).await[0].head, Some(2), "another document is another matter");
    let row: (Uuid, i64) = sqlx::query_as("select account, first_seq from contributions where document = $1 and client = 77")
        .bind(proposal.0)
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!(row, (world.cy.account.0, 2), "and it is known since when");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_locked_elsewhere_or_gone_is_left_out_and_nobody_waits(db: PgPool) {
    let world = World::new(db).await;
    let (locked, free) = (world.draft().await, world.draft().await);
    let gone = ProposalId(fresh_id());
    let mut merge = world.db.begin().await.unwrap();
    sqlx::query("select from documents where id = $1 for update").bind(locked.0).execute(&mut *merge).await.unwrap();
    let committer = fresh_id();
    let mut batch = Batch { committer: Some(committer), ..Batch::default() };
    let mut plain = Plain::of(committer);
    for document in [locked, free, gone] {
        plain.rows(document, 2, [(NOTHING, world.ada.account)]);
        batch.documents.push(document.0);
        batch.row(document, NOTHING, Some(world.ada.account), false, None, None);
    }
    assert_eq!(run(&world, &batch).await, [Appended { document: free.0, head: Some(2), refused: None }]);
    let mut line = world.db.acquire().await.unwrap();
    assert_eq!(append_plain(&mut line, &plain, Clock::system().now()).await.unwrap(), [free]);
    merge.rollback().await.unwrap();
    assert_eq!(one(&world, locked, Some(world.ada.account), false).await.head, Some(2));
}

/// What the quick statement writes is what the judging one would have let in, whole; what it leaves out it does not touch.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn plain_rows_are_let_in_by_the_same_rules(db: PgPool) {
    let world = World::new(db).await;
    let (proposal, beside) = (world.draft().await, world.draft().await);
    let suspended = member(&world.db, world.team, "Sam", "admin").await;
    sqlx::query("update accounts set suspended_at = now() where id = $1").bind(suspended.account.0).execute(&world.db).await.unwrap();
    let people = [&world.ada, &world.cy, &world.di, &world.bo, &world.vi, &world.eve, &suspended];
    for state in ["open", "held", "closed"] {
        sqlx::query("update documents set state = $1 where id = $2").bind(state).bind(proposal.0).execute(&world.db).await.unwrap();
        for (first, second) in people.iter().flat_map(|first| people.iter().map(move |second| (first, second))) {
            let before = traces(&world).await;
            let mut plain = Plain::of(committer(&world).await);
            plain.rows(proposal, head(&world, proposal).await, [(NOTHING, first.account), (NOTHING, second.account)]);
            plain.rows(beside, head(&world, beside).await, [(NOTHING, world.ada.account)]);
            let mut line = world.db.acquire().await.unwrap();
            let written = append_plain(&mut line, &plain, Clock::system().now()).await.unwrap();
            let mut batch = Batch::default();
            batch.documents.push(proposal.0);
            batch.row(proposal, NOTHING, Some(first.account), false, None, None);
            batch.row(proposal, NOTHING, Some(second.account), false, None, None);
            let judged = run(&world, &batch).await.remove(0);
            let let_in = written.contains(&proposal);
            assert_eq!(let_in, judged.refused.is_none(), "{state} {} {}", first.name, second.name);
            assert!(written.contains(&beside), "one document does not hold up another");
            let rows = 1 + 4 * i64::from(let_in);
            assert_eq!(traces(&world).await, (before.0 + rows, before.1, before.2, before.3 + rows));
        }
    }
}

/// Whatever is appended by whomever, the log of every document is 1, 2, 3 … up to its head.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_log_is_dense_after_any_history(db: PgPool) {
    let world = World::new(db).await;
    let documents = [world.draft().await, world.draft().await, world.draft().await];
    let people = [&world.ada, &world.cy, &world.bo, &world.di];
    let mut runner = TestRunner::deterministic();
    let rows = proptest::collection::vec((0..3_usize, 0..4_usize, 1..5_i32), 1..6);
    for turn in 0..60 {
        let plan = rows.new_tree(&mut runner).unwrap().current();
        let mut batch = Batch::default();
        for (place, document) in documents.iter().enumerate() {
            let own: Vec<_> = plan.iter().filter(|(which, ..)| *which == place).collect();
            if !own.is_empty() {
                batch.documents.push(document.0);
            }
            for (_, who, count) in own {
                for nth in 0..*count {
                    let cause = (nth == 0 && turn % 7 == 0).then(|| format!("cause {}", turn % 3));
                    batch.row(*document, NOTHING, Some(people[*who].account), false, cause, None);
                }
            }
        }
        let mut line = world.db.acquire().await.unwrap();
        if turn % 2 == 0 {
            let mut plain = Plain::of(committer(&world).await);
            for document in documents {
                plain.rows(document, head(&world, document).await, plan.iter().map(|(_, who, _)| (NOTHING, people[*who].account)));
            }
            append_plain(&mut line, &plain, Clock::system().now()).await.unwrap();
        }
        // The same cause twice in one batch is an error of the whole turn, and leaves nothing either.
        let _ = append(&mut line, &batch, Clock::system().now()).await;
    }
    let holes: i64 = sqlx::query_scalar(
        "select count(*) from documents where head(id) <> (select count(*) from updates where document = id)
             or 1 <> (select coalesce(min(seq), 1) from updates where document = id)",
    )
    .fetch_one(&world.db)
    .await
    .unwrap();
    let heads: i64 = sqlx::query_scalar("select sum(head(id))::bigint from documents").fetch_one(&world.db).await.unwrap();
    assert_eq!(holes, 0);
    assert!(heads > 60, "{heads}: the histories came to something");
}

/// Whoever appended last knows where the log ends; everybody else is told so by the row, whatever they believe.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn plain_rows_are_written_by_whoever_appended_last_and_by_nobody_else(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let (one, other) = (fresh_id(), fresh_id());
    let take = async |committer: Option<Uuid>| {
        let mut batch = Batch { committer, ..Batch::default() };
        batch.documents.push(proposal.0);
        batch.row(proposal, NOTHING, Some(world.ada.account), false, None, None);
        run(&world, &batch).await.remove(0).head.unwrap()
    };
    let plain = async |committer: Uuid, head: i64| {
        let mut plain = Plain::of(committer);
        plain.rows(proposal, head, [(NOTHING, world.ada.account)]);
        let mut line = world.db.acquire().await.unwrap();
        append_plain(&mut line, &plain, Clock::system().now()).await.map(|written| written.len())
    };
    assert_eq!(plain(one, 1).await.unwrap(), 0, "nobody has taken it yet");
    assert_eq!(take(Some(one)).await, 2);
    assert_eq!(plain(one, 2).await.unwrap(), 1);
    assert_eq!(plain(other, 3).await.unwrap(), 0);
    assert_eq!(take(Some(other)).await, 4);
    assert_eq!(plain(one, 3).await.unwrap(), 0, "its row would have been the fourth");
    assert_eq!(plain(other, 4).await.unwrap(), 1);
    // Compaction changes neither who nor where.
    sqlx::query("insert into snapshots (document, seq, state, text_hash, created_at) values ($1, 5, '', '', now())")
        .bind(proposal.0)
        .execute(&world.db)
        .await
        .unwrap();
    sqlx::query("delete from updates").execute(&world.db).await.unwrap();
    assert_eq!(head(&world, proposal).await, 5);
    assert_eq!(plain(other, 5).await.unwrap(), 1);
    assert_eq!(take(None).await, 7);
    assert_eq!(plain(other, 6).await.unwrap(), 0, "somebody who has no name has appended");
}

/// Two who append at the same moment, again and again: the second waits for nothing, believes nothing old, and the log stays dense.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn committers_who_take_a_document_from_each_other_leave_it_dense(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let before = head(&world, proposal).await;
    let committer = async || {
        let (name, mut known, mut written) = (fresh_id(), None, 0);
        let mut line = world.db.acquire().await.unwrap();
        while written < 300 {
            if let Some(head) = known {
                let mut plain = Plain::of(name);
                plain.rows(proposal, head, [(NOTHING, world.ada.account), (NOTHING, world.cy.account)]);
                if append_plain(&mut line, &plain, Clock::system().now()).await.unwrap().len() == 1 {
                    (known, written) = (Some(head + 2), written + 2);
                    continue;
                }
            }
            let mut batch = Batch { committer: Some(name), ..Batch::default() };
            batch.documents.push(proposal.0);
            batch.row(proposal, NOTHING, Some(world.ada.account), false, None, None);
            if let [Appended { head: Some(head), .. }] = append(&mut line, &batch, Clock::system().now()).await.unwrap().as_slice() {
                (known, written) = (Some(*head), written + 1);
            }
        }
        written
    };
    let (one, other, third) = tokio::join!(committer(), committer(), committer());
    let (rows, first, last): (i64, i64, i64) = sqlx::query_as("select count(*), min(seq), max(seq) from updates where document = $1")
        .bind(proposal.0)
        .fetch_one(&world.db)
        .await
        .unwrap();
    assert_eq!((rows, first, last), (before + one + other + third, 1, rows));
}
