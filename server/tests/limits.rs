//! How often somebody may try: what is counted, for whom, and what a right answer costs.

mod common;

use common::{CODE, PASSWORD, Server, Setup};
use sqlx::PgPool;
use time::Duration;

/// A server that believes the addresses that the tests claim.
async fn server(db: PgPool) -> Server {
    let everybody = "127.0.0.0/8".parse().expect("a network");
    Server::start_with(db, Setup { trusted_proxies: vec![everybody], ..Setup::default() }).await
}

/// How many of `times` attempts pass before the first 429.
async fn until_limited(times: usize, attempt: impl AsyncFn(usize) -> u16) -> usize {
    for nth in 0..times {
        if attempt(nth).await == 429 {
            return nth;
        }
    }
    times
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_address_guesses_at_many_accounts_only_so_often(db: PgPool) {
    let server = server(db).await;
    // As if most of its guesses had been made already: each costs a hash.
    sqlx::query("insert into rate_limits (key, tokens, updated_at) values ('sign-in address 198.51.100.1', 3, $1)")
        .bind(server.service.clock().now())
        .execute(&server.db)
        .await
        .expect("a bucket");
    let guesser = server.browser().at_address("198.51.100.1");
    let guess = async |nth: usize| guesser.sign_in(&format!("account-{nth}@example.org"), "a wrong guess").await.status;
    assert_eq!(until_limited(10, guess).await, 3);
    let elsewhere = server.browser().at_address("198.51.100.2");
    assert_eq!(elsewhere.sign_in("account-1@example.org", "a wrong guess").await.status, 422);
    server.pass(Duration::seconds(16));
    assert_eq!(until_limited(10, guess).await, 1, "one comes back every 15 seconds");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_unknown_account_is_limited_as_a_known_one(db: PgPool) {
    let server = server(db).await;
    server.stranger("ada").await;
    let mut counts = Vec::new();
    for (email, address) in [("ada@example.org", "198.51.100.1"), ("nobody@example.org", "198.51.100.2")] {
        let guesser = server.browser().at_address(address);
        counts.push(until_limited(15, async |_| guesser.sign_in(email, "a wrong guess").await.status).await);
    }
    assert_eq!(counts, [10, 10]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_first_runs_code_cannot_be_guessed(db: PgPool) {
    let server = server(db).await;
    let form = |code| [("code", code), ("name", "Ada"), ("email", "ada@example.org"), ("password", PASSWORD), ("team", "Payments")];
    let guesser = server.browser().at_address("198.51.100.1");
    let guess = async |_| guesser.rpc("accounts/set_up", &form("AAAA-AAAA-AAAA-AAAA")).await.status;
    assert_eq!(until_limited(40, guess).await, 20);
    assert_eq!(guesser.rpc("accounts/set_up", &form(CODE)).await.status, 429, "not even the right one, for a while");
    server.pass(Duration::seconds(61));
    guesser.rpc("accounts/set_up", &form(CODE)).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn links_cannot_be_guessed(db: PgPool) {
    let server = server(db).await;
    let guesser = server.browser().at_address("198.51.100.1");
    let reset = async |nth: usize| {
        let link = format!("guess-{nth}");
        guesser.rpc("accounts/reset_password", &[("link", &link), ("password", "herons by the weir")]).await.status
    };
    assert_eq!(until_limited(40, reset).await, 20);
    let sign_up = async |nth: usize| {
        let (link, email) = (format!("guess-{nth}"), format!("new-{nth}@example.org"));
        let form = [("invitation", link.as_str()), ("name", "New"), ("email", &email), ("password", PASSWORD)];
        guesser.rpc("accounts/sign_up", &form).await.status
    };
    assert_eq!(until_limited(40, sign_up).await, 20);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_present_password_cannot_be_guessed_by_whoever_sits_at_a_signed_in_browser(db: PgPool) {
    let server = server(db).await;
    let ada = server.stranger("ada").await;
    let browser = ada.browser.at_address("198.51.100.1");
    let guess =
        async |_| browser.rpc("accounts/change_password", &[("current", "a wrong guess"), ("new", "herons by the weir")]).await.status;
    assert_eq!(until_limited(15, guess).await, 10);
    assert_eq!(browser.who().await.as_deref(), Some("ada"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn limits_are_kept_when_the_server_starts_again(db: PgPool) {
    let first = server(db.clone()).await;
    first.stranger("ada").await;
    let guesser = first.browser().at_address("198.51.100.1");
    assert_eq!(until_limited(15, async |_| guesser.sign_in("ada@example.org", "a wrong guess").await.status).await, 10);
    drop(first);
    let second = server(db).await;
    assert_eq!(second.browser().at_address("198.51.100.1").sign_in("ada@example.org", PASSWORD).await.status, 429);
}
