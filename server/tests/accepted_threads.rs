//! Open threads after the merge: they go on in the accepted text, each where it was, and stay with its words in later versions.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Proposals, Threads};
use app::model::ids::{ProposalId, ThreadId};
use app::model::review::Verdict;
use app::model::thread::{Anchor, Kind, NewThread, Place};
use reviewing::{SLUG, TEXT, World};
use server::rooms::Range;
use server::rooms::document::Document;
use sqlx::PgPool;

/// Where an accepted thread is in a version's own document; none: in no place of it.
async fn held(world: &World, thread: ThreadId, version: i32) -> Option<String> {
    let (start, end): (Option<Vec<u8>>, Option<Vec<u8>>) =
        sqlx::query_as("select anchor_start, anchor_end from threads where id = $1 and proposal is null")
            .bind(thread.0)
            .fetch_one(&world.db)
            .await
            .unwrap();
    let state: Vec<u8> =
        sqlx::query_scalar("select state from versions where number = $1").bind(version).fetch_one(&world.db).await.unwrap();
    let mut document = Document::open([state.as_slice()]).unwrap();
    let text: Vec<u16> = document.text().unwrap().encode_utf16().collect();
    let (from, to) = document.resolve(&[Range { start: start?, end: end? }]).unwrap().remove(0)?;
    Some(String::from_utf16(&text[from as usize..to as usize]).unwrap())
}

async fn start(world: &World, proposal: ProposalId, from: u32, to: u32) -> ThreadId {
    let seq = world.service.rooms().read(proposal).await.unwrap().seq;
    let place = if from == to { Place::Whole } else { Place::Offsets { seq, from, to } };
    let new = NewThread { proposal, place, quote: String::new(), kind: Kind::Question, body: "Why?".into() };
    world.service.start_thread(&world.bo, new).await.unwrap()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn each_goes_on_exactly_where_it_was_and_later_versions_carry_it_along(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let text = "# Ledger 💡\n\nEvery 👩‍👩‍👧 payment is written twice. Every payment.\n";
    world.write(&world.ada, proposal, text).await;
    let units = |words: &str, nth: usize| {
        let at = text.match_indices(words).nth(nth).unwrap().0;
        let from = u32::try_from(text[..at].encode_utf16().count()).unwrap();
        (from, from + u32::try_from(words.encode_utf16().count()).unwrap())
    };
    let places = [("💡", 0), ("👩‍👩‍👧 payment", 0), ("payment", 1), ("twice", 0)];
    let mut threads = Vec::new();
    for (words, nth) in places {
        let (from, to) = units(words, nth);
        threads.push((start(&world, proposal, from, to).await, words));
    }
    world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    for (thread, words) in &threads {
        assert_eq!(held(&world, *thread, 1).await.as_deref(), Some(*words));
    }

    let (second, _) = world.service.propose(&world.ada, SLUG, 1, "Preface", "").await.unwrap();
    world.write(&world.ada, second, &format!("Preface 💡.\n\n{}", text.replace(" twice", ""))).await;
    world.send(second).await.unwrap();
    world.review(&world.bo, second, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, second, 1).await.unwrap();
    for (thread, words) in &threads {
        let expected = if *words == "twice" { "" } else { words };
        assert_eq!(held(&world, *thread, 2).await.as_deref(), Some(expected), "the versions are one lineage");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_about_the_whole_and_a_detached_one_go_on_as_they_are(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let whole = start(&world, proposal, 0, 0).await;
    let lost = world.thread(&world.bo, proposal, "Every payment is written twice.", Kind::Question).await;
    let text = TEXT.replace("Every payment is written twice.", "");
    world.write(&world.ada, proposal, &text).await;
    world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    let rows: Vec<(uuid::Uuid, bool, bool, bool)> =
        sqlx::query_as("select id, proposal is null, anchor_start is null, detached from threads order by created_at")
            .fetch_all(&world.db)
            .await
            .unwrap();
    assert_eq!(rows, [(whole.0, true, true, false), (lost.0, true, true, true)]);
    let listed = world.service.threads(&world.bo, proposal).await.unwrap();
    assert_eq!(listed.iter().map(|thread| &thread.anchor).collect::<Vec<_>>(), [&Anchor::Whole, &Anchor::Detached]);
    assert_eq!(listed[1].quote, "Every payment is written twice.");
    let risks = world.service.decision(&world.vi, SLUG, 1, 1).await.unwrap().risks;
    assert_eq!(risks.len(), 2, "both are on the record");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_whose_range_was_emptied_and_whose_words_are_back_is_found_at_the_merge(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let thread = world.thread(&world.bo, proposal, "Every payment is written twice.", Kind::Question).await;
    // Deleted and undone before anybody looked: the words are other characters to Yjs.
    world.write(&world.ada, proposal, &TEXT.replace("Every payment is written twice.", "")).await;
    world.write(&world.ada, proposal, TEXT).await;
    world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, 1, Verdict::Approve).await.unwrap();
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    assert_eq!(held(&world, thread, 1).await.as_deref(), Some("Every payment is written twice."));
}
