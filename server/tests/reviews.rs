//! Sending for review, and verdicts: who may give them, what becomes of them.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Proposals, Reviews};
use app::error::AppError;
use app::model::account::Caller;
use app::model::proposal::ProposalState;
use app::model::review::{Standing, Verdict};
use app::model::token::Scope;
use reviewing::{SLUG, TEXT, World, code, field, member};
use sqlx::PgPool;
use sqlx::types::Json;

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn sending_freezes_text_title_state_and_sections(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let row: (String, String, Vec<u8>, Json<Vec<app::model::section::Section>>, i64) =
        sqlx::query_as("select title, text, state, sections, seq from revisions where proposal = $1")
            .bind(proposal.0)
            .fetch_one(&world.db)
            .await
            .unwrap();
    assert_eq!((row.0.as_str(), row.1.as_str()), ("Ledger", TEXT));
    assert_eq!(server::rooms::lineage::text(&row.2).unwrap(), TEXT);
    assert_eq!(row.3.iter().map(|section| section.path.len()).max(), Some(2));
    assert_eq!(row.4, world.service.rooms().read(proposal).await.unwrap().seq);
    let page = world.service.proposal(&world.ada, SLUG, 1, 1).await.unwrap();
    assert_eq!((page.state, page.revisions.len()), (ProposalState::InReview, 1));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn sending_twice_without_a_change_answers_the_same_revision(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    assert_eq!(world.send(proposal).await, Ok(1));
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    assert_eq!(world.send(proposal).await, Ok(2));
    assert_eq!(world.send(proposal).await, Ok(2));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn another_title_makes_another_revision(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.approved().await;
    app::backend::Designs::rename_design(&world.service, &world.ada, SLUG, 1, "General ledger").await.unwrap();
    assert_eq!(world.send(proposal).await, Ok(2));
    assert!(!world.missing(proposal).await.is_empty(), "the approval was of the other title");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn two_who_send_at_once_get_one_revision(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    let (one, other) = tokio::join!(world.send(proposal), world.service.freeze_revision(&world.cy, proposal, vec![]));
    assert_eq!((one, other), (Ok(1), Ok(1)));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_empty_text_cannot_be_sent(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    world.write(&world.ada, proposal, " \n").await;
    assert_eq!(field(world.send(proposal).await), "");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn only_those_who_can_review_can_be_asked(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    for unable in [&world.vi, &world.eve] {
        let asked = world.service.freeze_revision(&world.ada, proposal, vec![world.bo.account, unable.account]).await;
        assert_eq!(field(asked), "reviewers");
    }
    let page = world.service.proposal(&world.ada, SLUG, 1, 1).await.unwrap();
    assert_eq!(page.state, ProposalState::Draft, "a refused request freezes nothing");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_verdict_stands_until_its_giver_gives_another(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    world.review(&world.bo, proposal, 1, Verdict::Comment).await.unwrap();
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    let board = world.service.review_board(&world.vi, proposal).await.unwrap();
    let told: Vec<_> = board.reviews.iter().map(|review| (review.verdict, review.standing.clone())).collect();
    assert_eq!(
        told,
        [(Verdict::Approve, Standing::Stands), (Verdict::Comment, Standing::Stands), (Verdict::RequestChanges, Standing::Replaced),]
    );
    assert_eq!(board.reviewers[0].verdict, Some((Verdict::Approve, 1)));
    assert_eq!(board.reviewers[0].asked_by.as_ref().map(|by| by.name.as_str()), Some("Ada"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_summary_is_rendered_and_harmless(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let summary = "**Good**, but <script>alert(1)</script><img src=x onerror=alert(1)>";
    world.service.submit_review(&world.bo, proposal, 1, Verdict::Comment, summary).await.unwrap();
    let review = world.service.review_board(&world.bo, proposal).await.unwrap().reviews.remove(0);
    assert_eq!(review.summary, summary);
    assert!(review.summary_html.contains("<strong>Good</strong>"), "{}", review.summary_html);
    assert!(!review.summary_html.contains("<script") && !review.summary_html.contains("<img"), "{}", review.summary_html);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_summary_over_the_limit_or_with_a_nul_is_refused(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    for summary in ["x".repeat(20_001), "a\0b".into()] {
        let answer = world.service.submit_review(&world.bo, proposal, 1, Verdict::Comment, &summary).await;
        assert_eq!(field(answer), "summary");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_draft_cannot_be_reviewed_and_a_missing_revision_is_not_there(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.draft().await;
    assert_eq!(field(world.review(&world.bo, proposal, 1, Verdict::Approve).await), "revision");
    world.send(proposal).await.unwrap();
    for revision in [0, 2, -1] {
        let answer = world.review(&world.bo, proposal, revision, Verdict::Approve).await;
        assert!(matches!(answer, Err(AppError::NotFound(_))), "{answer:?}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_older_revision_can_be_reviewed_and_keeps_its_verdict(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.send(proposal).await.unwrap();
    world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    let board = world.service.review_board(&world.bo, proposal).await.unwrap();
    assert_eq!((board.reviews[0].revision, &board.reviews[0].standing), (1, &Standing::Stands));
    assert!(!board.gate.met());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_takes_back_ones_own_verdict_and_nobody_elses(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let review = world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    let refused = world.service.withdraw_review(&world.di, review).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
    world.service.withdraw_review(&world.bo, review).await.unwrap();
    assert_eq!(code(world.service.withdraw_review(&world.bo, review).await), "not-standing");
    let board = world.service.review_board(&world.bo, proposal).await.unwrap();
    assert_eq!((&board.reviews[0].standing, board.reviewers[0].verdict), (&Standing::Withdrawn, None));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_admin_dismisses_with_a_reason_that_stays(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let review = world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    assert_eq!(field(world.service.dismiss_review(&world.di, review, " ").await), "reason");
    world.service.dismiss_review(&world.di, review, "On leave until May.").await.unwrap();
    let board = world.service.review_board(&world.vi, proposal).await.unwrap();
    let Standing::Dismissed { by, reason } = &board.reviews[0].standing else { panic!("{:?}", board.reviews[0]) };
    assert_eq!((by.name.as_str(), reason.as_str()), ("Di", "On leave until May."));
    assert_eq!(code(world.service.dismiss_review(&world.di, review, "Again.").await), "not-standing");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_lapsed_verdict_stays_on_record_and_demands_nothing(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    sqlx::query("update reviews set lapsed_at = now()").execute(&world.db).await.unwrap();
    let board = world.service.review_board(&world.ada, proposal).await.unwrap();
    assert_eq!(board.reviews[0].standing, Standing::Lapsed);
    assert!(board.gate.requirements[2].met);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_authors_approval_is_shown_and_does_not_count(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.review(&world.ada, proposal, 1, Verdict::Approve).await.unwrap();
    let board = world.service.review_board(&world.ada, proposal).await.unwrap();
    assert!(board.reviews[0].author);
    assert!(!board.gate.requirements[1].met);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_closed_proposal_takes_no_verdicts(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let review = world.review(&world.bo, proposal, 1, Verdict::RequestChanges).await.unwrap();
    world.service.close_proposal(&world.ada, proposal, "Overtaken.").await.unwrap();
    assert_eq!(code(world.review(&world.bo, proposal, 1, Verdict::Approve).await), "not-open");
    assert_eq!(code(world.service.withdraw_review(&world.bo, review).await), "not-open");
    assert_eq!(code(world.send(proposal).await), "not-open");
    assert_eq!(world.service.review_board(&world.bo, proposal).await.unwrap().reviews.len(), 1);
}

/// Who may what: 404 for strangers, 403 below the role, an answer from it on.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_use_case_asks_for_its_role(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let status = |answer: Result<(), AppError>| answer.map_or_else(|error| error.status(), |()| 200);
    let table: [(&Caller, [u16; 4]); 6] = [
        // (who, [board and gate, submit, dismiss, send])
        (&world.eve, [404, 404, 404, 404]),
        (&world.vi, [200, 403, 403, 403]),
        (&world.bo, [200, 200, 403, 403]),
        (&world.cy, [200, 200, 403, 200]),
        (&world.ada, [200, 200, 403, 200]),
        (&world.di, [200, 200, 200, 200]),
    ];
    for (who, [read, submit, dismiss, send]) in table {
        let service = &world.service;
        let review = world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
        let name = &who.name;
        assert_eq!(status(service.review_board(who, proposal).await.map(drop)), read, "board for {name}");
        assert_eq!(status(service.gate(who, proposal).await.map(drop)), read, "gate for {name}");
        assert_eq!(status(service.dismiss_review(who, review, "Why not.").await), dismiss, "dismiss by {name}");
        assert_eq!(status(world.review(who, proposal, 1, Verdict::Comment).await.map(drop)), submit, "submit by {name}");
        assert_eq!(status(service.freeze_revision(who, proposal, vec![]).await.map(drop)), send, "send by {name}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_reading_token_reviews_nothing_and_another_teams_token_sees_nothing(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let reading = Caller { token: Some((world.team, Scope::Read)), ..world.bo.clone() };
    assert!(world.service.gate(&reading, proposal).await.is_ok());
    let refused = world.review(&reading, proposal, 1, Verdict::Approve).await;
    assert!(matches!(refused, Err(AppError::Forbidden(_))), "{refused:?}");
    let elsewhere = app::model::ids::TeamId(server::clock::fresh_id());
    let bound = Caller { token: Some((elsewhere, Scope::Write)), ..world.bo.clone() };
    assert!(matches!(world.service.gate(&bound, proposal).await, Err(AppError::NotFound(_))));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_left_the_team_can_do_nothing_more(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let review = world.review(&world.bo, proposal, 1, Verdict::Approve).await.unwrap();
    sqlx::query("delete from members where account = $1").bind(world.bo.account.0).execute(&world.db).await.unwrap();
    assert!(matches!(world.service.withdraw_review(&world.bo, review).await, Err(AppError::NotFound(_))));
    let suspended = member(&world.db, world.team, "Sam", "admin").await;
    sqlx::query("update accounts set suspended_at = now() where id = $1").bind(suspended.account.0).execute(&world.db).await.unwrap();
    assert!(matches!(world.review(&suspended, proposal, 1, Verdict::Approve).await, Err(AppError::NotFound(_))));
}
