//! What stands in the way (409), by the codes that programs rely on.

use app::model::role::Role;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::common::Answer;
use crate::program::World;

#[track_caller]
fn refused(answer: &Answer, code: &str) {
    assert_eq!((answer.status, answer.problem().as_str()), (409, code), "{}", answer.text);
}

/// A further proposal to change D-1.
async fn propose(world: &World) -> String {
    let made: Value = world.ada.post("/teams/payments/designs/1/proposals", json!({ "title": "A change" })).await.json();
    made["id"].as_str().expect("an id").into()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_merge_says_what_stands_in_its_way(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design("# One\n").await;
    refused(&world.merge(&proposal, 1).await, "not-in-review");
    assert_eq!(world.send(&proposal).await, 1);
    refused(&world.merge(&proposal, 1).await, "gate-not-met");
    world.write(&proposal, "# Two\n").await;
    refused(&world.merge(&proposal, 1).await, "text-moved-on");
    assert_eq!(world.send(&proposal).await, 2);
    refused(&world.merge(&proposal, 1).await, "not-newest-revision");
    for unknown in [0, 3] {
        let answer = world.merge(&proposal, unknown).await;
        assert_eq!((answer.status, answer.problem().as_str()), (404, "not-found"), "revision {unknown}");
    }
    world.review(&proposal, 2, "approve").await.ok();
    world.merge(&proposal, 2).await.ok();
    refused(&world.merge(&proposal, 2).await, "not-in-review");

    let (first, second) = (propose(&world).await, propose(&world).await);
    world.write(&first, "# Two, and more\n").await;
    world.write(&second, "# Two, and less\n").await;
    assert_eq!(world.send(&second).await, 1);
    world.merged(&first).await;
    // The job that brings the accepted version there has not run.
    refused(&world.merge(&second, 1).await, "base-moved");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_closed_proposal_says_that_it_is_not_open(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design("# One\n").await;
    world.send(&proposal).await;
    let close = async || world.ada.post(&format!("/proposals/{proposal}/close"), json!({ "reason": "Not now." })).await;
    close().await.ok();
    refused(&close().await, "not-open");
    refused(&world.review(&proposal, 1, "approve").await, "not-open");
    refused(&world.ada.post(&format!("/proposals/{proposal}/revisions"), json!({})).await, "not-open");
    refused(&world.merge(&proposal, 1).await, "not-in-review");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_design_says_why_nothing_can_be_proposed(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design("# One\n").await;
    let propose = async || world.ada.post("/teams/payments/designs/1/proposals", json!({ "title": "A change" })).await;
    refused(&propose().await, "not-accepted-yet");
    world.merged(&proposal).await;
    let admin = world.server.member(world.team, "admin", Role::Admin).await;
    admin.rpc("designs/archive", &[("team", "payments"), ("number", "1"), ("archived", "true")]).await.ok();
    refused(&propose().await, "archived");
}
