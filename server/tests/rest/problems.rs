//! Errors: RFC 9457 problem details, the same shape whatever refused.

use bytes::Bytes;
use http::StatusCode;
use http_body_util::{BodyExt, Full};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::common::Answer;
use crate::program::World;

/// A request, and the status and code it is refused with.
type Case = (&'static str, RequestBuilder, u16, &'static str);

/// What all problems have in common.
#[track_caller]
fn details(name: &str, answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"), "{name}: {}", answer.text);
    let problem: Value = serde_json::from_str(&answer.text).expect("a problem");
    let title = StatusCode::from_u16(status).expect("a status").canonical_reason();
    assert_eq!(problem["status"], status, "{name}");
    assert_eq!(problem["code"], code, "{name}: {}", answer.text);
    assert_eq!(problem["type"], format!("urn:quorum:problem:{code}"), "{name}");
    assert_eq!(problem["title"].as_str(), title, "{name}");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{name}: {}", answer.text);
    assert!(!answer.text.contains("sqlx") && !answer.text.contains("src/"), "{name}: {}", answer.text);
}

/// What the description says a request may be answered; none where it is no operation's.
fn responses<'a>(description: &'a Value, request: &reqwest::Request) -> Option<&'a Value> {
    let path: Vec<&str> = request.url().path().split('/').collect();
    let matches = |template: &str| {
        let template: Vec<&str> = template.split('/').collect();
        template.len() == path.len() && template.iter().zip(&path).all(|(part, given)| part.starts_with('{') || part == given)
    };
    let (_, verbs) = description["paths"].as_object().expect("paths").iter().find(|(template, _)| matches(template))?;
    Some(&verbs.get(request.method().as_str().to_lowercase())?["responses"])
}

/// A body whose length is not announced: one that is mapped does not know it.
fn in_pieces(text: String) -> reqwest::Body {
    reqwest::Body::wrap(Full::new(Bytes::from(text)).map_frame(|frame| frame))
}

/// Requests that never reach a use case: what is wrong with them is HTTP's.
fn of_http(world: &World, proposal: &str) -> Vec<Case> {
    let close = || world.ada.request(Method::POST, &format!("/proposals/{proposal}/close"));
    let json = || close().header("content-type", "application/json");
    let (long, file) = ("a".repeat(70 << 10), "a".repeat(6 << 20));
    let import = || world.ada.request(Method::POST, "/teams/payments/designs").header("content-type", "application/json");
    let nobody = world.server.browser();
    vec![
        ("half of a body", json().body("{\"reason\": \"No"), 400, "malformed"),
        ("no body", json(), 400, "malformed"),
        ("bytes that are no text", json().body(&b"{\"reason\": \"\xff\"}"[..]), 400, "malformed"),
        ("no token", nobody.bare(Method::GET, &format!("/api/v1/proposals/{proposal}/text")), 401, "signed-out"),
        ("another method", world.ada.request(Method::DELETE, &format!("/proposals/{proposal}/gate")), 405, "method-not-allowed"),
        ("a long reason", close().json(&json!({ "reason": long })), 413, "too-large"),
        ("a long reason in pieces", json().body(in_pieces(format!("{{\"reason\": \"{long}\"}}"))), 413, "too-large"),
        ("a large file", import().body(format!("{{\"markdown\": \"{file}\"}}")), 413, "too-large"),
        ("a large file in pieces", import().body(in_pieces(format!("{{\"markdown\": \"{file}\"}}"))), 413, "too-large"),
        ("plain text", close().header("content-type", "text/plain").body("{\"reason\": \"No.\"}"), 415, "unsupported-media-type"),
        ("a body of no kind", close().body("{\"reason\": \"No.\"}"), 415, "unsupported-media-type"),
        ("no address", world.ada.request(Method::GET, "/proposals"), 404, "not-found"),
        ("an id that is none", world.ada.request(Method::GET, "/proposals/first/gate"), 404, "not-found"),
        ("a number that is none", world.ada.request(Method::GET, "/teams/payments/designs/D-1/text"), 404, "not-found"),
    ]
}

/// Requests that a use case refuses, or whose fields are not what the address takes.
fn of_the_product(world: &World, proposal: &str) -> Vec<Case> {
    let post = |path: &str, body: Value| world.ada.request(Method::POST, path).json(&body);
    let of = |verb: &str| format!("/proposals/{proposal}/{verb}");
    let elsewhere = format!("/proposals/{}/gate", world.team);
    let file = "a".repeat((5 << 20) + 1);
    let review = json!({ "revision": 1, "verdict": "approve" });
    vec![
        ("a reader's change", world.reader.request(Method::POST, &of("close")).json(&json!({ "reason": "No." })), 403, "forbidden"),
        ("a commenter's change", world.bo.request(Method::POST, &of("close")).json(&json!({ "reason": "No." })), 403, "forbidden"),
        ("nothing of that id", world.ada.request(Method::GET, &elsewhere), 404, "not-found"),
        ("no such team", world.ada.request(Method::GET, "/teams/nowhere/designs"), 404, "not-found"),
        ("no such design", world.ada.request(Method::GET, "/teams/payments/designs/99/text"), 404, "not-found"),
        ("nothing accepted", world.ada.request(Method::GET, "/teams/payments/designs/1/text"), 404, "not-accepted-yet"),
        ("a gate not met", post(&of("merge"), json!({ "revision": 1 })), 409, "not-in-review"),
        ("a file over the limit", post("/teams/payments/designs", json!({ "markdown": file })), 413, "too-large"),
        ("a field missing", post(&of("close"), json!({})), 422, "invalid"),
        ("a field of another kind", post(&of("merge"), json!({ "revision": "one" })), 422, "invalid"),
        ("a reason of nothing", post(&of("close"), json!({ "reason": " " })), 422, "invalid"),
        ("no verdict", post(&of("reviews"), json!({ "revision": 1, "verdict": "maybe" })), 422, "invalid"),
        ("a review of a draft", post(&of("reviews"), review), 422, "invalid"),
        ("U+0000", post("/teams/payments/designs", json!({ "markdown": "a\0b" })), 422, "invalid"),
    ]
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_refusal_is_told_in_the_same_shape(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design("# Ledger\n").await;
    let description: Value = world.server.browser().get("/api/v1/openapi.json").await.json();
    for (name, request, status, code) in of_http(&world, &proposal).into_iter().chain(of_the_product(&world, &proposal)) {
        if let Some(request) = request.try_clone() {
            let responses = responses(&description, &request.build().expect("a request"));
            assert!(responses.is_none_or(|responses| responses[status.to_string()].is_object()), "{name}: {status} is not documented");
        }
        details(name, &Answer::of(request).await, status, code);
    }
    let text = world.ada.get(&format!("/proposals/{proposal}/text")).await;
    assert_eq!((text.text.as_str(), world.server.count("designs").await), ("# Ledger\n", 1), "nothing was changed");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_refusal_names_the_field_it_is_about(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design("# Ledger\n").await;
    for (verb, body, field) in [
        ("close", json!({ "reason": "" }), "reason"),
        ("reviews", json!({ "revision": 1, "verdict": "maybe" }), "verdict"),
        ("reviews", json!({ "revision": 1, "verdict": "approve" }), "revision"),
        ("revisions", json!({ "reviewers": ["@security"] }), "reviewers"),
    ] {
        let answer = world.ada.post(&format!("/proposals/{proposal}/{verb}"), body).await;
        let problem: Value = serde_json::from_str(&answer.text).expect("a problem");
        assert_eq!((answer.status, &problem["field"]), (422, &field.into()), "{}", answer.text);
    }
    let whole = world.ada.post(&format!("/proposals/{proposal}/close"), json!({})).await;
    assert!(!whole.text.contains("\"field\""), "about the whole: {}", whole.text);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn without_its_database_rest_says_that_it_is_away(db: PgPool) {
    let world = World::new(db).await;
    world.server.db.close().await;
    let answer = world.ada.get("/me").await;
    details("no database", &answer, 503, "unavailable");
}
