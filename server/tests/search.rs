//! Search: what is found, how it is shown, and when a text is indexed.

#[path = "common/reviewing.rs"]
mod reviewing;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::backend::{Designs, Import, Proposals};
use app::model::design::{DesignFilter, DesignLine};
use app::model::page::Page;
use reviewing::{SLUG, TEXT, World, service};
use server::clock::Clock;
use sqlx::PgPool;
use time::Duration;

async fn search(world: &World, words: &str) -> Page<DesignLine> {
    let filter = DesignFilter { search: words.into(), ..Default::default() };
    world.service.list_designs(&world.vi, SLUG, filter).await.unwrap()
}

async fn found(world: &World, words: &str) -> Vec<i32> {
    search(world, words).await.items.into_iter().map(|line| line.number).collect()
}

async fn import(world: &World, title: &str, text: &str) {
    let import = Import { title: title.into(), markdown: text.into() };
    world.service.import_design(&world.ada, SLUG, import).await.unwrap();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_word_must_be_there_and_may_be_unfinished(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "# One\n\nPayments are booked in src/rooms.rs by ledger-db.\n\n# Two\n\nRefunds.\n").await;
    for words in ["ledger", "LEDG", "paym book", "rooms", "rooms.rs", "ledger-db", "refund", "  payments,  "] {
        assert_eq!(found(&world, words).await, [1], "{words}");
    }
    for words in ["ayments", "payments refunds", "nothing", "&|!", "':* | a"] {
        assert_eq!(found(&world, words).await, [0_i32; 0], "{words}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_title_counts_more_than_a_heading_and_a_heading_more_than_a_text(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "First", "Words about retries.\n").await;
    import(&world, "Second", "# Retries\n\nWords.\n").await;
    import(&world, "Retries", "Words.\n").await;
    assert_eq!(found(&world, "retr").await, [3, 2, 1]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_number_finds_its_design_before_all_that_mention_it(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    import(&world, "Because of D-1", "See D-1.\n").await;
    for words in ["D-1", "d1", "1"] {
        assert_eq!(found(&world, words).await.first(), Some(&1), "{words}");
    }
    assert_eq!(found(&world, "D-1").await, [1, 2]);
    assert_eq!(found(&world, "D-2").await, [2]);
    assert_eq!(found(&world, "D-3").await, [0_i32; 0]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_best_passage_is_shown_escaped_with_marks(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "# One\n\nNothing here.\n\n# Two\n\nA <b>needle</b> & 'hay'.\n").await;
    let snippet = search(&world, "needle").await.items.remove(0).snippet.unwrap();
    assert!(snippet.contains("A &lt;b&gt;<mark>needle</mark>&lt;/b&gt; &amp; &#39;hay&#39;."), "{snippet}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn other_teams_and_the_archive_stay_out(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", TEXT).await;
    let filter = DesignFilter { search: "ledger".into(), ..Default::default() };
    assert!(world.service.list_designs(&world.eve, "elsewhere", filter.clone()).await.unwrap().items.is_empty());
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    assert_eq!(found(&world, "ledger").await, [0_i32; 0]);
    let archived = DesignFilter { archived: true, ..filter };
    assert_eq!(world.service.list_designs(&world.vi, SLUG, archived).await.unwrap().items.len(), 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn renaming_is_found_at_once(db: PgPool) {
    let world = World::new(db).await;
    import(&world, "Ledger", "Words.\n").await;
    world.service.rename_design(&world.ada, SLUG, 1, "Clearing").await.unwrap();
    assert_eq!((found(&world, "ledger").await, found(&world, "clear").await), (vec![], vec![1]));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_live_text_is_indexed_when_it_rests_and_the_design_shows_that_it_changed(db: PgPool) {
    let mut world = World::new(db).await;
    let ahead = Arc::new(AtomicI64::new(0));
    let (system, seconds) = (Clock::system(), ahead.clone());
    world.service = service(&world.db, Clock::of(move || system.now() + Duration::seconds(seconds.load(Ordering::SeqCst))));
    let (_, proposal) = world.design().await;
    let before = search(&world, "ledger").await.items.remove(0).changed;
    ahead.store(60, Ordering::SeqCst);
    world.write(&world.ada, proposal, &format!("{TEXT}\nA paragraph about sharding.\n")).await;
    assert_eq!(world.service.index_quiet().await, Ok(0), "somebody is still writing");
    assert_eq!(found(&world, "sharding").await, [0_i32; 0]);
    ahead.store(66, Ordering::SeqCst);
    assert_eq!(world.service.index_quiet().await, Ok(1));
    let line = search(&world, "sharding").await.items.remove(0);
    assert!(line.changed - before >= Duration::seconds(59));
    assert_eq!(world.service.index_quiet().await, Ok(0), "nothing changed since");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_was_written_a_moment_before_a_design_was_archived_is_found_in_the_archive(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design().await;
    world.write(&world.ada, proposal, &format!("{TEXT}\nA paragraph about sharding.\n")).await;
    world.service.archive_design(&world.di, SLUG, 1, true).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    let filter = DesignFilter { search: "sharding".into(), archived: true, ..Default::default() };
    assert_eq!(world.service.list_designs(&world.vi, SLUG, filter).await.unwrap().items.len(), 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn when_a_proposal_is_closed_the_accepted_text_is_found_again(db: PgPool) {
    let world = World::new(db).await;
    let first = world.approved().await;
    world.service.merge(&world.ada, first, 1).await.unwrap();
    let (second, _) = world.service.propose(&world.ada, SLUG, 1, "Shards", "").await.unwrap();
    world.write(&world.ada, second, "Sharding instead.\n").await;
    world.service.close_proposal(&world.ada, second, "Not now.").await.unwrap();
    world.service.reopen_proposal(&world.ada, second).await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!((found(&world, "sharding").await, found(&world, "entries").await), (vec![1], vec![]));
    world.service.close_proposal(&world.ada, second, "Not now.").await.unwrap();
    world.service.run_due_jobs().await.unwrap();
    assert_eq!((found(&world, "sharding").await, found(&world, "entries").await), (vec![], vec![1]));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn results_come_in_pages_without_doubles(db: PgPool) {
    let world = World::new(db).await;
    sqlx::query(
        "with made as (
             insert into designs (id, team, number, title, state, created_at, changed_at)
             select gen_random_uuid(), $1, n, 'Queue ' || n, 'proposed', now(), now() from generate_series(1, 120) as n
             returning id, team, title
         )
         insert into search_sections (design, ordinal, team, heading, body) select id, 0, team, title, '' from made",
    )
    .bind(world.team.0)
    .execute(&world.db)
    .await
    .unwrap();
    let (mut numbers, mut after) = (Vec::new(), None);
    loop {
        let filter = DesignFilter { search: "que".into(), after, ..Default::default() };
        let page = world.service.list_designs(&world.vi, SLUG, filter).await.unwrap();
        numbers.extend(page.items.iter().map(|line| line.number));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=120).collect::<Vec<_>>());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_section_is_indexed_as_far_as_a_hundred_kilobytes_and_the_next_from_its_beginning(db: PgPool) {
    let world = World::new(db).await;
    // Emoji, so that the cut falls into a character.
    let long = "💡 ".repeat(30_000);
    import(&world, "Long", &format!("# One\n\nearly {long} late\n\n# Two\n\nafterwards\n")).await;
    for (word, shown) in [("early", true), ("late", false), ("afterwards", true)] {
        assert_eq!(found(&world, word).await == [1], shown, "{word}");
    }
    let largest: i32 = sqlx::query_scalar("select max(octet_length(body)) from search_sections").fetch_one(&world.db).await.unwrap();
    assert!((99_990..=100_000).contains(&largest), "{largest}");
    let rows: i64 = sqlx::query_scalar("select count(*) from search_sections").fetch_one(&world.db).await.unwrap();
    assert_eq!(rows, 3, "the title and one row a section");
}
