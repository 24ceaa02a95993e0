//! People: coming in, passwords, sessions.

mod common;

use std::time::Instant;

use app::error::AppError;
use app::model::role::Role;
use common::{CODE, PASSWORD, Server, Setup};
use sqlx::PgPool;
use time::Duration;

const SET_UP: [(&str, &str); 5] =
    [("code", CODE), ("name", "Ada"), ("email", "ada@example.org"), ("password", PASSWORD), ("team", "Payments & Billing")];

fn field(error: &AppError) -> &str {
    match error {
        AppError::Invalid { field, .. } => field,
        other => panic!("{other:?}"),
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_first_account_is_the_operator_and_its_teams_admin(db: PgPool) {
    let server = Server::start(db).await;
    let browser = server.browser();
    assert!(browser.rpc("accounts/empty", &[]).await.json::<bool>());
    browser.rpc("accounts/set_up", &SET_UP).await.ok();
    let me: Option<app::model::account::Me> = browser.rpc("accounts/me", &[]).await.json();
    let me = me.expect("signed in");
    assert!(me.operator);
    assert_eq!((me.teams[0].slug.as_str(), me.teams[0].role), ("payments-billing", Role::Admin));
    assert!(!browser.rpc("accounts/empty", &[]).await.json::<bool>());
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_first_account_needs_the_code_that_the_server_printed(db: PgPool) {
    let server = Server::start(db).await;
    for wrong in ["", "ABCD", "ABCD-EFGH-IJKL-MNOQ"] {
        let mut form = SET_UP;
        form[0].1 = wrong;
        assert_eq!(field(&server.browser().rpc("accounts/set_up", &form).await.error()), "code");
    }
    assert_eq!(server.count("accounts").await, 0);
    let mut form = SET_UP;
    form[0].1 = " abcd efgh ijkl mnop ";
    server.browser().rpc("accounts/set_up", &form).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn of_two_first_accounts_at_once_one_is_made(db: PgPool) {
    let server = Server::start(db).await;
    let mut other = SET_UP;
    other[2].1 = "mallory@example.org";
    let (one, two) = (server.browser(), server.browser());
    let (first, second) = tokio::join!(one.rpc("accounts/set_up", &SET_UP), two.rpc("accounts/set_up", &other));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409]);
    assert_eq!((server.count("accounts").await, server.count("teams").await), (1, 1));
    assert_eq!(server.browser().rpc("accounts/set_up", &SET_UP).await.status, 409);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_password_anybody_would_try_is_refused_and_any_other_is_taken_as_it_is(db: PgPool) {
    let server = Server::start(db).await;
    let long = "kwzjfhbq".repeat(17);
    for wrong in ["short 7", "password123", "quorum2026", "ada@example.org", long.as_str()] {
        let mut form = SET_UP;
        form[3].1 = wrong;
        assert_eq!(field(&server.browser().rpc("accounts/set_up", &form).await.error()), "password", "{wrong}");
    }
    let mut form = SET_UP;
    form[3].1 = " tulip änchor ";
    server.browser().rpc("accounts/set_up", &form).await.ok();
    server.browser().sign_in("ADA@example.org", " tulip änchor ").await.ok();
    assert_eq!(server.browser().sign_in("ada@example.org", "tulip änchor").await.status, 422);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_unknown_address_and_a_wrong_password_get_the_same_answer(db: PgPool) {
    let server = Server::start(db).await;
    server.stranger("ada").await;
    let wrong = server.browser().sign_in("ada@example.org", "not her password").await;
    let unknown = server.browser().sign_in("nobody@example.org", "not her password").await;
    assert_eq!((wrong.status, &wrong.text), (422, &unknown.text));
    assert_eq!(wrong.status, unknown.status);
    assert_eq!((wrong.set_cookie(), unknown.set_cookie()), (None, None));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_unknown_address_takes_as_long_as_a_wrong_password(db: PgPool) {
    let everybody = "127.0.0.0/8".parse().expect("a network");
    let server = Server::start_with(db, Setup { trusted_proxies: vec![everybody], ..Setup::default() }).await;
    server.stranger("ada").await;
    let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
    for turn in 0..15 {
        // Another address each time, so that no limit is met.
        let browser = server.browser().at_address(&format!("198.51.100.{turn}"));
        for (email, times) in [("ada@example.org", &mut wrong), ("nobody@example.org", &mut unknown)] {
            let start = Instant::now();
            assert_eq!(browser.sign_in(email, "not her password").await.status, 422);
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    // Without the dummy hash it would be a twentieth; the rest is the noise of a busy machine.
    let ratio = median(&mut unknown) / median(&mut wrong);
    assert!((0.6..1.7).contains(&ratio), "{ratio}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn guessing_is_limited_whatever_address_the_guesser_claims(db: PgPool) {
    let server = Server::start(db).await;
    server.stranger("ada").await;
    let mut statuses = Vec::new();
    for turn in 0..12 {
        let guesser = server.browser().at_address(&format!("198.51.100.{turn}"));
        statuses.push(guesser.sign_in("ada@example.org", "a wrong guess").await.status);
    }
    assert_eq!(statuses, [[422; 10].as_slice(), &[429; 2]].concat());
    let limited = server.browser().sign_in("ada@example.org", PASSWORD).await;
    assert_eq!(limited.error(), AppError::TooMany { seconds: 60 });
    assert_eq!(limited.header("retry-after"), "60");
    server.pass(Duration::seconds(61));
    server.browser().sign_in("ada@example.org", PASSWORD).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_guesser_does_not_lock_the_owner_out_elsewhere(db: PgPool) {
    let everybody = "127.0.0.0/8".parse().expect("a network");
    let server = Server::start_with(db, Setup { trusted_proxies: vec![everybody], ..Setup::default() }).await;
    server.stranger("ada").await;
    let guesser = server.browser().at_address("198.51.100.1");
    for _ in 0..10 {
        guesser.sign_in("ada@example.org", "a wrong guess").await;
    }
    assert_eq!(guesser.sign_in("ada@example.org", PASSWORD).await.status, 429);
    server.browser().at_address("203.0.113.9").sign_in("ada@example.org", PASSWORD).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn many_guessers_together_do_not_lock_the_owner_out_where_they_are_signed_in(db: PgPool) {
    let everybody = "127.0.0.0/8".parse().expect("a network");
    let server = Server::start_with(db, Setup { trusted_proxies: vec![everybody], ..Setup::default() }).await;
    server.stranger("ada").await;
    sqlx::query("insert into rate_limits (key, tokens, updated_at) values ('sign-in account ada@example.org', 0, $1)")
        .bind(server.service.clock().now())
        .execute(&server.db)
        .await
        .expect("an empty bucket");
    assert_eq!(server.browser().at_address("203.0.113.9").sign_in("ada@example.org", PASSWORD).await.status, 429);
    // The kit's session of hers is from this address.
    server.browser().at_address("127.0.0.1").sign_in("ada@example.org", PASSWORD).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn right_passwords_do_not_count(db: PgPool) {
    let server = Server::start(db).await;
    server.stranger("ada").await;
    for _ in 0..12 {
        server.browser().sign_in("ada@example.org", PASSWORD).await.ok();
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_forgotten_password_is_set_by_a_mailed_link_once(db: PgPool) {
    let server = Server::start_with(db, Setup { mail: true, ..Setup::default() }).await;
    let ada = server.stranger("ada").await;
    let known = server.browser().rpc("accounts/forget_password", &[("email", "ada@example.org")]).await;
    let unknown = server.browser().rpc("accounts/forget_password", &[("email", "nobody@example.org")]).await;
    assert_eq!((known.status, &known.text), (200, &unknown.text));
    let mail = server.mail.clone().expect("a sink").next().await;
    assert_eq!(mail.to, "ada@example.org");
    let secret = mail.secret();
    let reset = |password| {
        let browser = server.browser();
        let secret = secret.clone();
        async move { browser.rpc("accounts/reset_password", &[("link", &secret), ("password", password)]).await }
    };
    assert_eq!(field(&reset("password1").await.error()), "password");
    reset("herons by the weir").await.ok();
    assert_eq!(ada.browser.who().await, None);
    server.browser().sign_in("ada@example.org", "herons by the weir").await.ok();
    assert_eq!(reset("another herd of words").await.status, 404);
    assert!(server.mail.clone().expect("a sink").is_empty().await, "nobody else was written to");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_link_for_a_new_password_expires_and_a_newer_one_replaces_it(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let link = async || {
        let link = server.service.make_reset_link(ada.account).await.expect("a link");
        link.rsplit('/').next().expect("a secret").to_owned()
    };
    let (older, newer) = (link().await, link().await);
    let reset = async |secret: &str| {
        let form = [("link", secret), ("password", "herons by the weir")];
        server.browser().rpc("accounts/reset_password", &form).await.status
    };
    assert_eq!(reset(&older).await, 404);
    server.pass(Duration::hours(2) + Duration::seconds(1));
    assert_eq!(reset(&newer).await, 404);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn without_mail_it_is_said_whom_to_ask(db: PgPool) {
    let server = Server::start(db).await;
    let answer = server.browser().rpc("accounts/forget_password", &[("email", "ada@example.org")]).await;
    assert_eq!(answer.status, 503);
    assert!(answer.text.contains("Ask an admin"), "{}", answer.text);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn mails_to_one_address_are_limited(db: PgPool) {
    let server = Server::start_with(db, Setup { mail: true, ..Setup::default() }).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(server.browser().rpc("accounts/forget_password", &[("email", "nobody@example.org")]).await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 429]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_weaker_hash_is_replaced_at_sign_in(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let weak = {
        use argon2::password_hash::PasswordHasher;
        let params = argon2::Params::new(1024, 1, 1, None).expect("parameters");
        let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        let hash: argon2::password_hash::phc::PasswordHash = argon.hash_password(PASSWORD.as_bytes()).expect("a hash");
        hash.to_string()
    };
    sqlx::query("update accounts set password_hash = $1").bind(&weak).execute(&server.db).await.expect("an account");
    server.browser().sign_in(&ada.email, PASSWORD).await.ok();
    let kept: String = sqlx::query_scalar("select password_hash from accounts").fetch_one(&server.db).await.expect("a hash");
    assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
    server.browser().sign_in(&ada.email, PASSWORD).await.ok();
}
