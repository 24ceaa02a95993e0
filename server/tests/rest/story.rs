//! The story, as two programs tell it: nothing but REST is asked.

use serde_json::{Value, json};
use sqlx::PgPool;

use crate::common::Answer;
use crate::program::World;

/// As it is sent: line ends of two kinds, letters outside the basic plane, white space, no newline at the end.
const SENT: &str = "# Ledger 💡\r\n\r\nEvery payment\t is written twice.  \r\nÉtienne &amp; <b>Söhne</b>\n\n```\ncode\n```\nthe end";

/// As it is kept.
const KEPT: &str = "# Ledger 💡\n\nEvery payment\t is written twice.  \nÉtienne &amp; <b>Söhne</b>\n\n```\ncode\n```\nthe end";

#[track_caller]
fn exactly(answer: &Answer, text: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (200, "text/markdown; charset=utf-8"));
    assert_eq!(answer.text, text);
}

/// Whether a gate is met, and the names of what is not.
async fn gate(world: &World, proposal: &str) -> (bool, Vec<String>) {
    let gate: Value = world.bo.get(&format!("/proposals/{proposal}/gate")).await.json();
    let lines = gate["requirements"].as_array().expect("requirements");
    for line in lines {
        let met = line["met"].as_bool().expect("met or not");
        assert!(!line["why"].as_str().expect("a reason").is_empty(), "{line}");
        assert_eq!(line["who"].as_str().expect("somebody").is_empty(), met, "{line}");
    }
    let missing = lines.iter().filter(|line| line["met"] == false).map(|line| line["name"].as_str().expect("a name").to_owned());
    (gate["met"].as_bool().expect("met or not"), missing.collect())
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_design_goes_from_a_file_to_an_accepted_text_through_rest_alone(db: PgPool) {
    let world = World::new(db).await;
    let made = world.ada.post("/teams/payments/designs", json!({ "title": "Ledger", "markdown": SENT })).await;
    assert_eq!(made.status, 201);
    let made: Value = made.json();
    let id = made["proposal"]["id"].as_str().expect("an id").to_owned();
    assert_eq!(made, json!({ "number": 1, "proposal": { "id": id, "number": 1 } }));
    exactly(&world.bo.get(&format!("/proposals/{id}/text")).await, KEPT);
    let early = world.bo.get("/teams/payments/designs/1/text").await;
    assert_eq!((early.status, early.problem().as_str()), (404, "not-accepted-yet"));
    assert_eq!(gate(&world, &id).await, (false, ["in_review", "approved", "text_as_revised"].map(String::from).into()));

    let send = json!({ "reviewers": ["bo@example.org"] });
    for _ in 0..2 {
        let sent: Value = world.ada.post(&format!("/proposals/{id}/revisions"), send.clone()).await.json();
        assert_eq!(sent, json!({ "revision": 1 }), "sent twice without a change it is the same");
    }
    let review = world.review(&id, 1, "request_changes").await;
    assert_eq!(review.status, 201);
    assert!(review.json::<Value>()["id"].as_str().expect("an id").parse::<uuid::Uuid>().is_ok());
    assert_eq!(gate(&world, &id).await, (false, ["approved", "no_changes_requested"].map(String::from).into()));
    world.review(&id, 1, "comment").await.ok();
    world.review(&id, 1, "approve").await.ok();
    assert_eq!(gate(&world, &id).await, (true, vec![]));

    let merged = world.merge(&id, 1).await;
    assert_eq!((merged.status, merged.json::<Value>()), (200, json!({ "version": 1 })));
    exactly(&world.bo.get("/teams/payments/designs/1/text").await, KEPT);
    exactly(&world.bo.get(&format!("/proposals/{id}/text")).await, KEPT);

    let change = world.ada.post("/teams/payments/designs/1/proposals", json!({ "title": "Once", "why": "Twice is slow." })).await;
    assert_eq!(change.status, 201);
    let change: Value = change.json();
    let id = change["id"].as_str().expect("an id").to_owned();
    assert_eq!(change, json!({ "id": id, "number": 2 }));
    exactly(&world.bo.get(&format!("/proposals/{id}/text")).await, KEPT);
    let closed = world.ada.post(&format!("/proposals/{id}/close"), json!({ "reason": "It is fast enough." })).await;
    assert_eq!((closed.status, closed.text.as_str()), (204, ""));
    exactly(&world.bo.get("/teams/payments/designs/1/text").await, KEPT);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_accepted_text_is_the_revisions_byte_for_byte_while_the_live_one_goes_on(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design(SENT).await;
    world.merged(&proposal).await;
    let change: Value = world.ada.post("/teams/payments/designs/1/proposals", json!({ "title": "More" })).await.json();
    let change = change["id"].as_str().expect("an id");
    world.write(change, "👩‍👩‍👧 other\n").await;
    exactly(&world.bo.get(&format!("/proposals/{change}/text")).await, "👩‍👩‍👧 other\n");
    exactly(&world.bo.get("/teams/payments/designs/1/text").await, KEPT);
    world.merged(change).await;
    exactly(&world.bo.get("/teams/payments/designs/1/text").await, "👩‍👩‍👧 other\n");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_title_may_be_left_to_the_text(db: PgPool) {
    let world = World::new(db).await;
    world.design("---\ntitle: From the front matter\n---\n# Heading\n").await;
    world.design("# From the heading\n").await;
    world.design("no heading\n").await;
    let list: Value = world.reader.get("/teams/payments/designs").await.json();
    let titles: Vec<_> = list["items"].as_array().expect("items").iter().map(|item| item["title"].as_str().expect("a title")).collect();
    assert_eq!(titles, ["Untitled design", "From the heading", "From the front matter"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_file_of_megabytes_comes_in_by_both_doors(db: PgPool) {
    let world = World::new(db).await;
    let file = format!("# Large\n\n{}", "A line of about fifty letters, again and again.\n".repeat(62_000));
    assert!(file.len() > 2_900_000, "more than frameworks take unasked: {}", file.len());
    let (_, proposal) = world.design(&file).await;
    let text = world.bo.get(&format!("/proposals/{proposal}/text")).await;
    assert!(text.status == 200 && text.text == file, "the same bytes come back");
    let page = world.ada.person.browser.request(reqwest::Method::POST, "/rpc/designs/import");
    Answer::of(page.json(&json!({ "team": "payments", "title": "", "markdown": file }))).await.ok();
}
