//! What a removed account leaves behind: everything it did, under the name "former member", and nothing that still speaks for it.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Designs, Inboxes, Proposals, Reviews, Threads};
use app::model::account::{Caller, Person};
use app::model::gate::RequirementName::Approved;
use app::model::review::{Standing, Verdict};
use app::model::thread::Kind;
use reviewing::{SLUG, World};
use sqlx::PgPool;

const GONE: &str = "former member";

async fn remove(world: &World, who: &Caller) {
    sqlx::query("delete from accounts where id = $1").bind(who.account.0).execute(&world.db).await.unwrap();
}

fn gone() -> Person {
    Person { id: None, name: GONE.into() }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_they_wrote_sent_and_discussed_stays_without_their_name(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let thread = world.thread(&world.ada, proposal, "twice", Kind::Blocking).await;
    world.service.resolve_thread(&world.ada, thread, true).await.unwrap();
    world.thread(&world.ada, proposal, "One table", Kind::Blocking).await;
    let before = world.text(proposal).await;
    remove(&world, &world.ada).await;

    assert_eq!(world.text(proposal).await, before);
    let design = world.service.design(&world.vi, SLUG, 1).await.unwrap();
    assert_eq!((design.owner, &design.proposals[0].by), (gone(), &gone()));
    let page = world.service.proposal(&world.vi, SLUG, 1, 1).await.unwrap();
    assert_eq!((page.by, &page.revisions[0].by), (gone(), &gone()));
    let history = world.service.history(&world.vi, SLUG, 1, None).await.unwrap().items;
    assert!(history.iter().all(|entry| entry.who == Some(gone())), "{history:?}");
    let threads = world.service.threads(&world.vi, proposal).await.unwrap();
    assert!(threads.iter().all(|thread| thread.comments[0].by == gone() && !thread.comments[0].mine));
    assert!(threads.iter().any(|thread| thread.resolved.as_ref().is_some_and(|resolved| resolved.by == gone())));
    let gate = world.service.gate(&world.vi, proposal).await.unwrap();
    assert!(gate.missing().contains("A blocking thread of former member is open."), "{}", gate.missing());
    let waiting = world.service.inbox(&world.bo, None).await.unwrap().items;
    assert!(!waiting.is_empty() && waiting.iter().all(|item| item.who == gone()));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn their_verdicts_are_shown_and_count_for_nothing(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.review(&world.cy, proposal, 1, Verdict::RequestChanges).await.unwrap();
    let dismissed = world.review(&world.di, proposal, 1, Verdict::RequestChanges).await.unwrap();
    world.service.dismiss_review(&world.di, dismissed, "Mine, by mistake.").await.unwrap();
    for who in [&world.bo, &world.cy, &world.di] {
        remove(&world, who).await;
    }
    assert_eq!(missing(&world, proposal).await, [Approved], "neither the approval nor the demands stand");
    let board = world.service.review_board(&world.ada, proposal).await.unwrap();
    assert_eq!(board.reviews.len(), 3);
    assert!(board.reviews.iter().all(|review| review.by == gone()));
    let by = board.reviews.iter().find_map(|review| match &review.standing {
        Standing::Dismissed { by, reason } => Some((by.clone(), reason.as_str())),
        _ => None,
    });
    assert_eq!(by, Some((gone(), "Mine, by mistake.")));
    assert!(board.reviewers.is_empty(), "nobody of them can be asked");
}

/// The gate's lines that are not met, as Ada sees them.
async fn missing(world: &World, proposal: app::model::ids::ProposalId) -> Vec<app::model::gate::RequirementName> {
    let gate = world.service.gate(&world.ada, proposal).await.unwrap();
    gate.requirements.into_iter().filter(|requirement| !requirement.met).map(|requirement| requirement.name).collect()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn decisions_keep_their_votes_and_lose_their_names(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.review(&world.cy, proposal, 1, Verdict::Comment).await.unwrap();
    world.thread(&world.bo, proposal, "twice", Kind::Question).await;
    world.thread(&world.cy, proposal, "entries", Kind::Nit).await;
    world.service.merge(&world.ada, proposal, 1).await.unwrap();
    remove(&world, &world.bo).await;
    remove(&world, &world.ada).await;
    let decision = world.service.decision(&world.vi, SLUG, 1, 1).await.unwrap();
    let votes: Vec<_> = decision.votes.iter().map(|vote| (vote.by.name.as_str(), vote.verdict, vote.counted)).collect();
    assert_eq!(votes, [(GONE, Verdict::Approve, true), ("Cy", Verdict::Comment, false)]);
    let risks: Vec<_> = decision.risks.iter().map(|risk| (risk.quote.as_str(), risk.by.as_str())).collect();
    assert_eq!(risks, [("entries", "Cy"), ("twice", GONE)]);
    assert_eq!((decision.by, decision.authors), (gone(), vec![gone()]));
    assert_eq!(world.service.decisions(&world.vi, SLUG, 1, None).await.unwrap().items[0].by, gone());
}
