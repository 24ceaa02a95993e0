//! What opens pages without a network: the page that stands in for all others, and the service worker. What they do is tested in a browser.

mod common;

use app::model::account::Me;
use app::model::role::Role;
use app::model::team::Team;
use app::model::token::Scope;
use common::{Answer, Server};
use reqwest::Method;
use serde_json::Value;
use sqlx::PgPool;

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_page_that_stands_in_is_the_same_for_everybody(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let mut pages = Vec::new();
    for browser in [server.browser(), ada.browser.clone()] {
        let page = browser.get("/offline").await;
        let policy = page.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        assert!(page.text.contains(&format!("nonce=\"{nonce}\"")) && !page.text.contains("{{"), "{}", page.text);
        assert!(page.set_cookie().is_none() && page.header("cache-control") == "no-store");
        pages.push((nonce.clone(), page.text.replace(&nonce, "")));
    }
    assert_ne!(pages[0].0, pages[1].0);
    assert_eq!(pages[0].1, pages[1].1);
    assert!(!pages[1].1.contains("ada"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_service_worker_is_looked_for_anew_and_may_only_ask_us(db: PgPool) {
    let server = Server::start(db).await;
    let worker = server.browser().get("/service-worker.js").await;
    assert_eq!((worker.status, worker.header("cache-control")), (200, "public, no-cache"));
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    let policy = worker.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; connect-src 'self';"), "{policy}");
    let page = server.browser().get("/sign-in").await;
    assert!(page.header("content-security-policy").contains("worker-src 'self'"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_admin_decides_whether_devices_keep_copies_and_every_page_and_program_is_told(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (admin, bob) = (server.member(team, "admin", Role::Admin).await, server.member(team, "bob", Role::Editor).await);
    server.join(server.team("other").await, &bob, Role::Admin).await;
    let token = server.token(&bob, team, Scope::Read).await;
    for allowed in [true, false, true] {
        let form = [("team", "payments"), ("allowed", if allowed { "true" } else { "false" })];
        assert_eq!(bob.rpc("teams/device_copies", &form).await.status, 403);
        admin.rpc("teams/device_copies", &form).await.ok();

        let me: Option<Me> = bob.rpc("accounts/me", &[]).await.json();
        let told: Vec<_> = me.expect("bob").teams.into_iter().map(|team| (team.slug, team.device_copies)).collect();
        assert_eq!(told, [("other".to_owned(), true), ("payments".to_owned(), allowed)]);
        let team: Team = bob.rpc("teams/get", &[("team", "payments")]).await.json();
        assert_eq!(team.device_copies, allowed);
        let program: Value = Answer::of(server.browser().bare(Method::GET, "/api/v1/me").bearer_auth(&token)).await.json();
        assert_eq!(program["device_copies"], allowed);
    }
}
