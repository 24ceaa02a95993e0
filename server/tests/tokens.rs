//! Bearer tokens of programs, and the part of REST that every noun shares.

mod common;

use app::backend::Teams;
use app::error::AppError;
use app::model::role::Role;
use app::model::token::{Scope, Token};
use common::{Answer, Server};
use reqwest::Method;
use serde_json::Value;
use sqlx::PgPool;
use time::Duration;

async fn me(server: &Server, token: &str) -> Answer {
    Answer::of(server.browser().bare(Method::GET, "/api/v1/me").bearer_auth(token)).await
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_speaks_for_its_maker_in_its_team(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let ada = server.member(team, "ada", Role::Editor).await;
    let form = [("team", "payments"), ("name", "ci"), ("scope", "write")];
    let secret: String = ada.rpc("tokens/create", &form).await.json();
    assert!(secret.starts_with("quorum_") && secret.len() == "quorum_".len() + 32, "{secret}");
    let speaker: Value = me(&server, &secret).await.json();
    assert_eq!(
        speaker,
        serde_json::json!({
            "name": "ada", "email": "ada@example.org", "team": "payments", "role": "editor", "scope": "write",
            "device_copies": true,
        })
    );
    let listed: Vec<Token> = ada.rpc("tokens/list", &[]).await.json();
    assert!(secret.starts_with(&listed[0].hint) && listed[0].hint.len() < 16);
    assert!(listed[0].used.is_some());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_that_is_revoked_expired_or_unknown_is_nobodys(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (ada, bob) = (server.member(team, "ada", Role::Editor).await, server.member(team, "bob", Role::Editor).await);
    let revoked = server.token(&ada, team, Scope::Read).await;
    let listed: Vec<Token> = ada.rpc("tokens/list", &[]).await.json();
    let id = listed[0].id.to_string();
    assert_eq!(bob.rpc("tokens/revoke", &[("token", &id)]).await.status, 404);
    me(&server, &revoked).await.ok();
    ada.rpc("tokens/revoke", &[("token", &id)]).await.ok();

    let expired: String = ada.rpc("tokens/create", &[("team", "payments"), ("name", "ci"), ("scope", "read"), ("days", "30")]).await.json();
    me(&server, &expired).await.ok();
    server.pass(Duration::days(30) + Duration::seconds(1));
    let unknown = format!("quorum_{}", "a".repeat(32));
    for token in [revoked.as_str(), &expired, &unknown, "", "quorum_", "Bearer"] {
        let answer = me(&server, token).await;
        assert_eq!((answer.status, answer.problem().as_str(), answer.header("www-authenticate")), (401, "signed-out", "Bearer"), "{token}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_dies_with_its_owners_access(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (admin, ada) = (server.member(team, "admin", Role::Admin).await, server.member(team, "ada", Role::Editor).await);
    server.make_operator(&admin).await;
    let token = server.token(&ada, team, Scope::Write).await;
    let account = ada.account.to_string();
    for (suspended, status) in [("true", 401), ("false", 200)] {
        admin.rpc("teams/suspend", &[("account", &account), ("suspended", suspended)]).await.ok();
        assert_eq!(me(&server, &token).await.status, status);
    }
    admin.rpc("teams/remove_member", &[("team", "payments"), ("account", &account)]).await.ok();
    assert_eq!(me(&server, &token).await.status, 401);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_is_of_no_use_outside_its_team_and_never_manages_people(db: PgPool) {
    let server = Server::start(db).await;
    let (team, other) = (server.team("payments").await, server.team("other").await);
    let ada = server.member(team, "ada", Role::Admin).await;
    server.join(other, &ada, Role::Admin).await;
    let caller = async |scope| {
        let token = server.token(&ada, team, scope).await;
        app::backend::Tokens::token_caller(&server.service, &token).await.expect("a caller")
    };
    let write = caller(Scope::Write).await;
    assert!(server.service.team(&write, "payments").await.is_ok());
    assert!(matches!(server.service.team(&write, "other").await, Err(AppError::NotFound(_))));
    for caller in [&write, &caller(Scope::Read).await] {
        assert!(matches!(server.service.invite(caller, "payments", None, Role::Admin).await, Err(AppError::Forbidden(_))));
        assert!(matches!(server.service.remove_member(caller, "payments", ada.account).await, Err(AppError::Forbidden(_))));
        assert!(matches!(app::backend::Tokens::tokens(&server.service, caller).await, Err(AppError::Forbidden(_))));
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_opens_no_page_and_a_cookie_opens_no_rest(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let ada = server.member(team, "ada", Role::Admin).await;
    let token = server.token(&ada, team, Scope::Write).await;
    let page = Answer::of(server.browser().bare(Method::POST, "/rpc/accounts/sessions").bearer_auth(token)).await;
    assert_eq!(page.status, 401);
    assert_eq!(ada.browser.get("/api/v1/me").await.status, 401);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn only_a_hash_of_a_token_is_kept(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let ada = server.member(team, "ada", Role::Editor).await;
    let token = server.token(&ada, team, Scope::Write).await;
    let dump: String = sqlx::query_scalar("select json_agg(t)::text from tokens t").fetch_one(&server.db).await.expect("a copy");
    assert!(!dump.contains(&token["quorum_".len() + 8..]));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn tokens_are_made_only_for_ones_own_teams(db: PgPool) {
    let server = Server::start(db).await;
    server.team("payments").await;
    let ada = server.stranger("ada").await;
    assert_eq!(ada.rpc("tokens/create", &[("team", "payments"), ("name", "ci"), ("scope", "read")]).await.status, 404);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn rest_says_what_is_wrong_in_problem_details(db: PgPool) {
    let server = Server::start(db).await;
    let browser = server.browser();
    assert_eq!(browser.get("/api/v1/nothing").await.problem(), "not-found");
    assert_eq!(browser.get("/api/").await.status, 404);
    let wrong = Answer::of(browser.bare(Method::DELETE, "/api/v1/me")).await;
    assert_eq!((wrong.status, wrong.header("allow")), (405, "GET,HEAD"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn rest_describes_itself(db: PgPool) {
    let server = Server::start(db).await;
    let description: Value = server.browser().get("/api/v1/openapi.json").await.json();
    assert_eq!(description["components"]["securitySchemes"]["token"]["scheme"], "bearer");
    assert_eq!(description["security"][0]["token"], serde_json::json!([]));
    assert!(description["paths"]["/api/v1/me"]["get"]["responses"]["401"].is_object());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_account_has_a_hundred_tokens_at_most(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (ada, bob) = (server.member(team, "ada", Role::Editor).await, server.member(team, "bob", Role::Editor).await);
    for _ in 0..100 {
        server.token(&ada, team, Scope::Read).await;
    }
    let create = [("team", "payments"), ("name", "one more"), ("scope", "read")];
    let refusal = ada.rpc("tokens/create", &create).await.error();
    assert!(matches!(&refusal, AppError::Conflict { code, .. } if code == "too-many-tokens"), "{refusal:?}");
    bob.rpc("tokens/create", &create).await.ok();
    let listed: Vec<Token> = ada.rpc("tokens/list", &[]).await.json();
    assert_eq!(listed.len(), 100);
    ada.rpc("tokens/revoke", &[("token", &listed[0].id.to_string())]).await.ok();
    ada.rpc("tokens/create", &create).await.ok();
}
