//! Decision records: what they keep, for ever.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::Designs;
use app::error::AppError;
use app::model::review::Verdict;
use app::model::thread::Kind;
use reviewing::{SLUG, World};
use sqlx::PgPool;

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_decision_keeps_votes_gate_risks_and_text(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let not_yet = "Not yet.";
    app::backend::Reviews::submit_review(&world.service, &world.cy, proposal, 1, Verdict::RequestChanges, not_yet).await.unwrap();
    world.review(&world.ada, proposal, 1, Verdict::Approve).await.unwrap();
    world.write(&world.ada, proposal, "# Ledger\n\nEvery payment is written twice, **checked**.\n").await;
    world.send(proposal).await.unwrap();
    world.review(&world.cy, proposal, 2, Verdict::Approve).await.unwrap();
    world.thread(&world.bo, proposal, "twice", Kind::Question).await;
    world.service.merge_revision(&world.ada, proposal, 2).await.unwrap();

    let decision = world.service.decision_record(&world.vi, SLUG, 1, 1).await.unwrap();
    let votes: Vec<_> = decision.votes.iter().map(|vote| (vote.by.name.as_str(), vote.revision, vote.verdict, vote.counted)).collect();
    assert_eq!(votes, [("Cy", 1, Verdict::RequestChanges, false), ("Ada", 1, Verdict::Approve, false), ("Cy", 2, Verdict::Approve, true),]);
    assert_eq!(decision.votes[0].summary, "Not yet.");
    assert!(decision.gate.met() && decision.gate.requirements.len() == 6);
    assert_eq!((decision.risks.len(), decision.risks[0].quote.as_str(), decision.risks[0].by.as_str()), (1, "twice", "Bo"));
    assert_eq!((decision.proposal, decision.revision, decision.version, decision.title.as_str()), (1, 2, 1, "Ledger"));
    assert_eq!((decision.by.name.as_str(), decision.content_hash.len()), ("Ada", 64));
    assert!(decision.text.html.contains("<strong"), "{}", decision.text.html);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_decision_stays_as_it_was_when_people_change_their_names(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    sqlx::query("update accounts set name = 'Somebody else'").execute(&world.db).await.unwrap();
    let decision = world.service.decision_record(&world.vi, SLUG, 1, 1).await.unwrap();
    assert_eq!((decision.votes[0].by.name.as_str(), decision.votes[0].by.id), ("Bo", Some(world.bo.account)));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn decisions_are_listed_newest_first_for_members_only(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    assert!(world.service.decisions(&world.vi, SLUG, 1, None).await.unwrap().items.is_empty());
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    let (second, _) = world.service.propose(&world.ada, SLUG, 1, "Shorter", "").await.unwrap();
    world.write(&world.ada, second, "# Ledger\n\nShort.\n").await;
    world.send(second).await.unwrap();
    world.review(&world.bo, second, 1, Verdict::Approve).await.unwrap();
    world.service.merge_revision(&world.ada, second, 1).await.unwrap();
    let page = world.service.decisions(&world.vi, SLUG, 1, None).await.unwrap();
    assert_eq!(page.items.iter().map(|line| line.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(page.next, None);
    assert!(matches!(world.service.decisions(&world.eve, SLUG, 1, None).await, Err(AppError::NotFound(_))));
    assert!(matches!(world.service.decision(&world.eve, SLUG, 1, 1).await, Err(AppError::NotFound(_))));
    assert!(matches!(world.service.decision(&world.vi, SLUG, 1, 3).await, Err(AppError::NotFound(_))));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_design_with_a_decision_cannot_be_deleted(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    world.service.merge_revision(&world.ada, proposal, 1).await.unwrap();
    assert!(world.service.delete_design(&world.di, SLUG, 1, "Ledger").await.is_err());
    assert!(world.service.decision_record(&world.di, SLUG, 1, 1).await.is_ok());
}
