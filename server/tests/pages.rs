//! Lists that grow for ever come in pages: each row once, in order, and a link to a further page that cannot be read is said to be so.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Inboxes, Proposals, Threads};
use app::error::Result;
use app::model::page::Page;
use app::model::review::Verdict;
use reviewing::{SLUG, World, field};
use sqlx::PgPool;

/// Every row's number, page after page, and the pages' lengths.
async fn all<T>(fetch: impl AsyncFn(Option<String>) -> Result<Page<T>>, number: impl Fn(&T) -> i32) -> (Vec<i32>, Vec<usize>) {
    let (mut numbers, mut lengths, mut after) = (Vec::new(), Vec::new(), None);
    loop {
        let page = fetch(after).await.unwrap();
        numbers.extend(page.items.iter().map(&number));
        lengths.push(page.items.len());
        after = page.next;
        if after.is_none() {
            return (numbers, lengths);
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_designs_proposals_come_fifty_a_page_newest_first(db: PgPool) {
    let world = World::new(db).await;
    world.design().await;
    let more = "insert into proposals (id, design, number, title, base, created_at)
        select gen_random_uuid(), id, n, 'Change ' || n, 0, now() from designs, generate_series(2, 120) n";
    sqlx::query(more).execute(&world.db).await.unwrap();
    let (numbers, lengths) = all(async |after| world.service.list_proposals(&world.vi, SLUG, 1, after).await, |line| line.number).await;
    assert_eq!(numbers, (1..=120).rev().collect::<Vec<_>>());
    assert_eq!(lengths, [50, 50, 20]);
    assert_eq!(world.service.design(&world.vi, SLUG, 1).await.unwrap().proposals.len(), 50, "and the page of the design shows the first");
    assert_eq!(field(world.service.list_proposals(&world.vi, SLUG, 1, Some("nonsense".into())).await), "after");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_designs_decisions_come_fifty_a_page_newest_first(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    sqlx::raw_sql(
        "insert into versions (design, number, title, text, content_hash, sections, update, state, created_at)
             select design, n, title, text, content_hash, sections, update, state, now() from versions, generate_series(2, 101) n;
         insert into decisions (design, version, proposal, revision, why, votes, gate, risks, merged_by, merged_at)
             select design, n, proposal, revision, why, votes, gate, risks, merged_by, now() from decisions, generate_series(2, 101) n;",
    )
    .execute(&world.db)
    .await
    .unwrap();
    let (numbers, lengths) = all(async |after| world.service.decisions(&world.vi, SLUG, 1, after).await, |line| line.version).await;
    assert_eq!(numbers, (1..=101).rev().collect::<Vec<_>>());
    assert_eq!(lengths, [50, 50, 1]);
    assert_eq!(field(world.service.decisions(&world.vi, SLUG, 1, Some("nonsense".into())).await), "after");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_page_that_is_full_to_the_last_row_has_no_next(db: PgPool) {
    let world = World::new(db).await;
    world.design().await;
    let more = "insert into proposals (id, design, number, title, base, created_at)
        select gen_random_uuid(), id, n, 'Change ' || n, 0, now() from designs, generate_series(2, 50) n";
    sqlx::query(more).execute(&world.db).await.unwrap();
    let page = world.service.list_proposals(&world.vi, SLUG, 1, None).await.unwrap();
    assert_eq!((page.items.len(), page.next), (50, None));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn links_that_were_tampered_with_are_refused_everywhere(db: PgPool) {
    let world = World::new(db).await;
    world.design().await;
    for word in ["", "x", "1.x", "99999999999999999999999999.00000000000000000000000000000000", "-1.x", "\0"] {
        let after = || Some(word.to_owned());
        assert_eq!(field(world.service.history(&world.vi, SLUG, 1, after()).await), "after", "{word:?}");
        assert_eq!(field(world.service.inbox(&world.vi, after()).await), "after", "{word:?}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_proposals_lists_are_bounded_where_they_are_added_to(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let thread = world.thread(&world.bo, proposal, "twice", app::model::thread::Kind::Nit).await;
    let comments = "insert into comments (id, thread, author, body, created_at) select gen_random_uuid(), $1, $2, 'x', now() from generate_series(1, 499)";
    sqlx::query(comments).bind(thread.0).bind(world.bo.account.0).execute(&world.db).await.unwrap();
    assert_eq!(reviewing::code(world.service.reply(&world.ada, thread, "One more.").await), "too-many-comments");
    let reviews = "insert into reviews (id, proposal, revision, account, verdict, at)
        select gen_random_uuid(), $1, 1, $2, 'comment', now() from generate_series(1, 100)";
    sqlx::query(reviews).bind(proposal.0).bind(world.bo.account.0).execute(&world.db).await.unwrap();
    assert_eq!(reviewing::code(world.review(&world.bo, proposal, 1, Verdict::Comment).await), "too-many-reviews");
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    let revisions = "insert into revisions (proposal, number, title, text, content_hash, sections, state, seq, base, created_at)
        select proposal, n, title, text, content_hash, sections, state, seq, base, now() from revisions, generate_series(2, 250) n";
    sqlx::query(revisions).execute(&world.db).await.unwrap();
    assert_eq!(world.service.proposal(&world.vi, SLUG, 1, 1).await.unwrap().revisions.len(), 200);
}
