//! The sample team: loaded once, by the operator, with a review under way that waits for them.

#[path = "common/reviewing.rs"]
mod reviewing;

use app::backend::{Accounts, Designs, Inboxes, Proposals, Teams};
use app::error::AppError;
use app::model::account::Caller;
use app::model::design::{DesignFilter, DesignState};
use app::model::proposal::ProposalState;
use app::model::revision::Side;
use reviewing::{World, code};
use server::sample::{Stage, designs};
use sqlx::PgPool;

async fn operator(world: &World) -> Caller {
    sqlx::query("update accounts set operator = true where id = $1").bind(world.eve.account.0).execute(&world.db).await.unwrap();
    Caller { operator: true, ..world.eve.clone() }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn it_is_loaded_once_and_only_by_the_operator(db: PgPool) {
    let world = World::new(db).await;
    assert!(matches!(world.service.load_sample(&world.di).await, Err(AppError::Forbidden(_))));
    let operator = operator(&world).await;
    let slug = world.service.load_sample(&operator).await.unwrap();
    let members = world.service.members(&operator, &slug, None).await.unwrap().items;
    assert_eq!(members.len(), 3);
    assert_eq!(code(world.service.load_sample(&operator).await), "sample-loaded");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_design_is_as_far_as_it_is_said_to_be(db: PgPool) {
    let world = World::new(db).await;
    let operator = operator(&world).await;
    let slug = world.service.load_sample(&operator).await.unwrap();
    for (number, sample) in (1..).zip(designs()) {
        let page = world.service.design(&operator, &slug, number).await.unwrap();
        let newest = &page.proposals[0];
        let expected = match sample.stage {
            Stage::Draft => (DesignState::Proposed, ProposalState::Draft, 0, false),
            Stage::InReview { .. } => (DesignState::Proposed, ProposalState::InReview, 2, false),
            Stage::Approved { .. } => (DesignState::Proposed, ProposalState::InReview, 1, false),
            Stage::Accepted { .. } => (DesignState::Accepted, ProposalState::Merged, 1, false),
            Stage::ChangeProposed { .. } => (DesignState::Accepted, ProposalState::Draft, 0, false),
            Stage::Withdrawn { .. } => (DesignState::Proposed, ProposalState::Closed, 0, true),
        };
        assert_eq!((page.state, newest.state, newest.revision, page.archived), expected, "{}", sample.title);
        let live = world.service.text(&operator, newest.id, false).await.unwrap();
        assert_eq!(String::from_utf8(live).unwrap(), sample.newest(), "{}", sample.title);
        let read = world.service.read(&operator, newest.id, Side::Live).await.unwrap();
        assert!(!read.headings.is_empty());
    }
    let listed = world.service.list_designs(&operator, &slug, DesignFilter::default()).await.unwrap().items;
    assert_eq!(listed.len(), designs().iter().filter(|sample| !matches!(sample.stage, Stage::Withdrawn { .. })).count());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_review_waits_for_whoever_loaded_it(db: PgPool) {
    let world = World::new(db).await;
    let operator = operator(&world).await;
    world.service.load_sample(&operator).await.unwrap();
    assert!(!world.service.inbox(&operator, None).await.unwrap().items.is_empty());
}
