//! Signed-in browsers: how sessions begin, are seen, and end.

mod common;

use app::error::AppError;
use app::model::account::SignedIn;
use common::{PASSWORD, Server};
use sqlx::PgPool;
use time::Duration;

fn field(error: &AppError) -> &str {
    match error {
        AppError::Invalid { field, .. } => field,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_session_id_planted_before_sign_in_is_worth_nothing_after(db: PgPool) {
    let server = Server::start(db).await;
    server.stranger("ada").await;
    let planted = format!("quorum={}", tower_sessions::session::Id::default());
    let victim = server.browser().with_cookie(&planted);
    victim.sign_in("ada@example.org", PASSWORD).await.ok();
    assert_eq!(victim.who().await.as_deref(), Some("ada"));
    assert_ne!(victim.cookies(), Some(planted.clone()));
    assert_eq!(server.browser().with_cookie(&planted).who().await, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn signing_in_again_gives_a_new_session_and_ends_the_former(db: PgPool) {
    let server = Server::start(db).await;
    let (ada, _bob) = (server.stranger("ada").await, server.stranger("bob").await);
    let before = ada.browser.cookies().expect("a cookie");
    ada.browser.sign_in("bob@example.org", PASSWORD).await.ok();
    assert_eq!(ada.browser.who().await.as_deref(), Some("bob"));
    assert_eq!(server.browser().with_cookie(&before).who().await, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn after_signing_out_the_cookie_is_worth_nothing(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let cookie = ada.browser.cookies().expect("a cookie");
    let answer = ada.rpc("accounts/sign_out", &[]).await;
    assert_eq!(answer.set_cookie().as_deref(), Some("quorum=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    assert_eq!(server.browser().with_cookie(&cookie).who().await, None);
    assert_eq!(server.browser().with_cookie(&cookie).rpc("accounts/sessions", &[]).await.error(), AppError::SignedOut);
    assert_eq!(server.count("sessions").await, 0);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_visitor_who_does_not_sign_in_gets_no_session(db: PgPool) {
    let server = Server::start(db).await;
    let browser = server.browser();
    assert_eq!(browser.get("/").await.set_cookie(), None);
    browser.rpc("accounts/empty", &[]).await.ok();
    assert_eq!((browser.cookies(), server.count("sessions").await), (None, 0));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_unused_session_ends_after_fourteen_days_and_a_used_one_after_ninety(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    for _ in 0..8 {
        server.pass(Duration::days(11));
        assert!(ada.browser.who().await.is_some());
    }
    server.pass(Duration::days(3));
    assert_eq!(ada.browser.who().await, None);
    let idle = server.signed_in(ada.account).await;
    server.pass(Duration::days(14) + Duration::minutes(2));
    assert_eq!(idle.who().await, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn people_see_their_sessions_and_end_them(db: PgPool) {
    let server = Server::start(db).await;
    let (ada, bob) = (server.stranger("ada").await, server.stranger("bob").await);
    let phone = server.signed_in(ada.account).await;
    let sessions: Vec<SignedIn> = ada.rpc("accounts/sessions", &[]).await.json();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| !session.current).expect("the phone");
    assert_eq!(bob.rpc("accounts/end_session", &[("key", &other.key)]).await.status, 404);
    ada.rpc("accounts/end_session", &[("key", &other.key)]).await.ok();
    assert_eq!((phone.who().await, ada.browser.who().await.as_deref()), (None, Some("ada")));
    assert_eq!(ada.rpc("accounts/end_session", &[("key", "no such key")]).await.status, 404);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn of_more_than_a_hundred_sessions_those_seen_least_lately_end(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    for _ in 0..99 {
        server.pass(Duration::SECOND);
        server.signed_in(ada.account).await;
    }
    server.pass(Duration::SECOND);
    let browser = server.browser();
    browser.sign_in("ada@example.org", PASSWORD).await.ok();
    assert_eq!((server.count("sessions").await, ada.browser.who().await), (100, None));
    assert_eq!(browser.who().await.as_deref(), Some("ada"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn changing_the_password_ends_ones_other_sessions(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let phone = server.signed_in(ada.account).await;
    let change = |current, new| ada.browser.rpc_owned("accounts/change_password", vec![("current", current), ("new", new)]);
    assert_eq!(field(&change("wrong", "herons by the weir").await.error()), "current");
    assert_eq!(field(&change(PASSWORD, "password1").await.error()), "new");
    change(PASSWORD, "herons by the weir").await.ok();
    assert_eq!((phone.who().await, ada.browser.who().await.as_deref()), (None, Some("ada")));
    assert_eq!(server.browser().sign_in("ada@example.org", PASSWORD).await.status, 422);
    server.browser().sign_in("ada@example.org", "herons by the weir").await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn neither_sessions_nor_links_can_be_used_from_a_copy_of_the_database(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let link = server.service.make_reset_link(ada.account).await.expect("a link");
    let secret = link.rsplit('/').next().expect("a secret");
    let cookie = ada.browser.cookies().expect("a cookie");
    let dump: String =
        sqlx::query_scalar("select (select json_agg(s) from sessions s)::text || (select json_agg(r) from password_resets r)::text")
            .fetch_one(&server.db)
            .await
            .expect("a copy");
    assert!(!dump.contains(secret) && !dump.contains(cookie.trim_start_matches("quorum=")));
}
