//! "Your turn": what puts something into whose inbox, and what takes it out.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Inboxes, Proposals, Reviews, Threads};
use app::error::AppError;
use app::model::account::Caller;
use app::model::review::Verdict;
use app::model::thread::Kind;
use app::model::token::Scope;
use reviewing::{World, member};
use server::bus::Hint;
use sqlx::PgPool;

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_request_waits_until_the_newest_revision_is_reviewed(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    assert_eq!(world.waiting(&world.bo).await, ["Ada asked you to review revision 1"]);
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.send(proposal).await.unwrap();
    assert_eq!(world.waiting(&world.bo).await, ["Ada asked you to review revision 2"]);
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.waiting(&world.bo).await.len(), 1, "revision 1 is not what they were asked for");
    world.review(&world.bo, proposal, 2, Verdict::Comment).await.unwrap();
    assert_eq!(world.waiting(&world.bo).await, [] as [String; 0]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_new_revision_asks_everybody_again_who_was_asked_or_whose_verdict_stands(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.review(&world.cy, proposal, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(world.waiting(&world.bo).await, [] as [String; 0]);
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.service.freeze_revision(&world.ada, proposal, vec![]).await.unwrap();
    for who in [&world.bo, &world.cy] {
        assert_eq!(world.waiting(who).await, ["Ada asked you to review revision 2"]);
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_verdict_waits_for_the_author_until_they_send_again(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(world.waiting(&world.ada).await, ["Bo requested changes on revision 1"]);
    world.review(&world.di, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.waiting(&world.ada).await, ["Di approved revision 1"], "one entry a proposal, the newest verdict");
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.send(proposal).await.unwrap();
    assert_eq!(world.waiting(&world.ada).await, [] as [String; 0]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_verdict_waits_for_everybody_who_wrote_but_not_for_its_giver(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    world.write(&world.cy, proposal, "# Ledger\n\nTogether.\n").await;
    world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, 1, Verdict::Comment).await.unwrap();
    assert_eq!(world.waiting(&world.ada).await, ["Cy reviewed revision 1"]);
    assert_eq!(world.waiting(&world.cy).await, [] as [String; 0]);
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    assert_eq!(world.waiting(&world.cy).await, ["Bo approved revision 1"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_reply_waits_for_everybody_else_in_the_thread_until_they_answer(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Question).await;
    assert_eq!(world.waiting(&world.ada).await, ["Bo started a discussion on “twice”"]);
    assert_eq!(world.waiting(&world.bo).await, [] as [String; 0]);
    world.service.reply(&world.cy, thread, "For the audit.").await.unwrap();
    assert_eq!(world.waiting(&world.bo).await, ["Cy replied on “twice”"]);
    assert_eq!(world.waiting(&world.ada).await, ["Cy replied on “twice”"], "one entry a thread, the newest word");
    world.service.reply(&world.ada, thread, "And for the tax office.").await.unwrap();
    assert_eq!(world.waiting(&world.ada).await, [] as [String; 0]);
    assert_eq!(world.waiting(&world.cy).await, ["Ada replied on “twice”"]);
    world.service.resolve_thread(&world.bo, thread, true).await.unwrap();
    assert_eq!(world.waiting(&world.bo).await, [] as [String; 0]);
    assert_eq!(world.waiting(&world.cy).await.len(), 1, "somebody else's resolving is not one's own");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merge_leaves_nothing_waiting(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.thread(&world.cy, proposal, "twice", Kind::Nit).await;
    world.review(&world.di, proposal, 1, Verdict::Approve).await.unwrap();
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    for who in [&world.ada, &world.bo, &world.cy, &world.di] {
        assert_eq!(world.waiting(who).await, [] as [String; 0]);
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_puts_away_ones_own_entries_only(db: PgPool) {
    let world = World::new(db).await;
    world.sent().await;
    let item = world.service.inbox(&world.bo, None).await.unwrap().items.remove(0);
    assert_eq!(item.link, "/teams/payments/designs/1/proposals/1/review");
    assert_eq!((item.design.as_str(), item.title.as_str(), item.team.as_str()), ("D-1", "Ledger", "payments"));
    for stranger in [&world.ada, &world.eve] {
        let answer = Inboxes::put_away(&world.service, stranger, item.id).await;
        assert!(matches!(answer, Err(AppError::NotFound(_))), "{answer:?}");
    }
    let reading = Caller { token: Some((world.team, Scope::Read)), ..world.bo.clone() };
    assert!(matches!(Inboxes::put_away(&world.service, &reading, item.id).await, Err(AppError::Forbidden(_))));
    Inboxes::put_away(&world.service, &world.bo, item.id).await.unwrap();
    Inboxes::put_away(&world.service, &world.bo, item.id).await.unwrap();
    assert_eq!(world.waiting(&world.bo).await, [] as [String; 0]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_happens_in_a_team_one_has_left_does_not_wait(db: PgPool) {
    let world = World::new(db).await;
    world.sent().await;
    sqlx::query("delete from members where account = $1").bind(world.bo.account.0).execute(&world.db).await.unwrap();
    assert_eq!(world.waiting(&world.bo).await, [] as [String; 0]);
    assert_eq!(server::db::inbox::count(&world.db, world.bo.account).await.unwrap(), 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_long_inbox_comes_in_pages_newest_first(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = "insert into threads (id, team, design, proposal, origin, kind, created_at)
        select gen_random_uuid(), $1, design, id, id, 'nit', now() from proposals, generate_series(1, 60)";
    sqlx::query(thread).bind(world.team.0).execute(&world.db).await.unwrap();
    let entry = "insert into inbox (id, account, team, proposal, thread, reason, at)
        select gen_random_uuid(), $1, $2, $3, id, 'reply', now() from threads";
    sqlx::query(entry).bind(world.bo.account.0).bind(world.team.0).bind(proposal.0).execute(&world.db).await.unwrap();
    let first = world.service.inbox(&world.bo, None).await.unwrap();
    let second = world.service.inbox(&world.bo, first.next.clone()).await.unwrap();
    assert_eq!((first.items.len(), second.items.len(), second.next), (50, 10, None));
    assert!(first.items.iter().all(|item| second.items.iter().all(|other| other.id != item.id)));
    assert_eq!(server::db::inbox::count(&world.db, world.bo.account).await.unwrap(), 60);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn pages_are_told_when_an_inbox_changes(db: PgPool) {
    let world = World::new(db).await;
    let mut hints = world.service.bus().listen();
    world.sent().await;
    let told = async {
        loop {
            if hints.recv().await.unwrap() == (Hint::Inbox { account: world.bo.account }) {
                break;
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), told).await.expect("Bo's pages are told");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn somebody_removed_is_not_asked_again(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let sam = member(&world.db, world.team, "Sam", "commenter").await;
    world.service.freeze_revision(&world.ada, proposal, vec![sam.account]).await.unwrap();
    sqlx::query("update members set role = 'viewer' where account = $1").bind(sam.account.0).execute(&world.db).await.unwrap();
    sqlx::query("update inbox set done_at = now()").execute(&world.db).await.unwrap();
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.service.freeze_revision(&world.ada, proposal, vec![]).await.unwrap();
    assert_eq!(world.waiting(&sam).await, [] as [String; 0]);
    assert!(world.service.review_board(&world.ada, proposal).await.unwrap().reviewers.iter().any(|who| who.person.name == "Sam"));
    assert!(world.service.candidates(&world.ada, proposal, "Sam").await.unwrap().is_empty());
}
