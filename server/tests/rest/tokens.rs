//! Tokens at every address: which are none, and which may not.

use app::model::token::{Scope, Token};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::PgPool;
use time::Duration;

use crate::common::Answer;
use crate::program::World;

/// Every operation: method and address.
async fn operations(world: &World) -> Vec<(Method, String)> {
    let description: Value = world.server.browser().get("/api/v1/openapi.json").await.json();
    let named = |path: &str| path.replace("{slug}", "payments").replace("{number}", "1").replace("{id}", &world.team.to_string());
    let of = |(path, verbs): (&String, &Value)| {
        let verbs: Vec<_> = verbs.as_object().expect("verbs").keys().map(|verb| verb.to_uppercase().parse().expect("a method")).collect();
        verbs.into_iter().map(|verb| (verb, named(path))).collect::<Vec<_>>()
    };
    description["paths"].as_object().expect("paths").iter().flat_map(of).collect()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_that_is_expired_revoked_or_unknown_opens_no_address(db: PgPool) {
    let world = World::new(db).await;
    let ada = &world.ada.person;
    let revoked = world.server.token(ada, world.team, Scope::Write).await;
    let listed: Vec<Token> = ada.rpc("tokens/list", &[]).await.json();
    ada.rpc("tokens/revoke", &[("token", &listed[0].id.to_string())]).await.ok();
    let form = [("team", "payments"), ("name", "ci"), ("scope", "write"), ("days", "1")];
    let expired: String = ada.rpc("tokens/create", &form).await.json();
    world.server.pass(Duration::days(1) + Duration::seconds(1));
    let unknown = format!("quorum_{}", "a".repeat(32));
    let operations = operations(&world).await;
    assert!(operations.len() > 10);
    for (method, path) in operations {
        for authorization in [
            format!("Bearer {revoked}"),
            format!("Bearer {expired}"),
            format!("Bearer {unknown}"),
            format!("Basic {}", world.ada.token),
            world.ada.token.clone(),
            "Bearer".into(),
        ] {
            let request = world.server.browser().bare(method.clone(), &path).header("authorization", &authorization);
            let answer = Answer::of(request).await;
            let told = (answer.status, answer.problem(), answer.header("www-authenticate"));
            assert_eq!(told, (401, "signed-out".into(), "Bearer"), "{method} {path} with {authorization}");
        }
        let answer = Answer::of(world.server.browser().bare(method.clone(), &format!("{path}?token={}", world.ada.token))).await;
        assert_eq!(answer.status, 401, "{method} {path}: addresses end up in logs, so no token is read there");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_that_may_only_read_reads_and_changes_nothing(db: PgPool) {
    let world = World::new(db).await;
    let (_, proposal) = world.design("# Ledger\n").await;
    world.reader.get(&format!("/proposals/{proposal}/text")).await.ok();
    for (path, body) in [
        ("/teams/payments/designs".to_owned(), json!({ "markdown": "# Mine\n" })),
        (format!("/proposals/{proposal}/revisions"), json!({ "reviewers": ["bo@example.org"] })),
        (format!("/proposals/{proposal}/close"), json!({ "reason": "No." })),
    ] {
        let answer = world.reader.post(&path, body).await;
        assert_eq!((answer.status, answer.problem().as_str()), (403, "forbidden"), "{path}");
        assert!(answer.text.contains("may only read"), "it says how to change that: {}", answer.text);
    }
    let counts = (world.server.count("designs").await, world.server.count("revisions").await);
    assert_eq!(counts, (1, 0));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn reviewers_who_cannot_be_asked_are_named(db: PgPool) {
    let world = World::new(db).await;
    world.server.member(world.team, "vi", app::model::role::Role::Viewer).await;
    world.server.stranger("eve").await;
    let (_, proposal) = world.design("# Ledger\n").await;
    for unable in ["@security", "eve@example.org", "vi@example.org", "nobody"] {
        let send = json!({ "reviewers": ["bo@example.org", unable] });
        let answer = world.ada.post(&format!("/proposals/{proposal}/revisions"), send).await;
        assert_eq!((answer.status, answer.problem().as_str()), (422, "invalid"), "{unable}");
        let problem: Value = serde_json::from_str(&answer.text).expect("a problem");
        assert_eq!(problem["field"], "reviewers");
        assert!(problem["detail"].as_str().expect("a detail").contains(unable), "{}", answer.text);
    }
    assert_eq!(world.server.count("revisions").await, 0, "nobody is asked when somebody cannot be");
}
