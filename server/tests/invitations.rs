//! Invitations: links by which people join a team.

mod common;

use app::error::AppError;
use app::model::role::Role;
use app::model::team::{Invitation, NewLink, Team};
use common::{Answer, Browser, PASSWORD, Person, Server, Setup};
use sqlx::PgPool;
use time::Duration;

async fn invite(admin: &Person, role: &str) -> String {
    let link: NewLink = admin.rpc("teams/invite", &[("team", "payments"), ("email", ""), ("role", role)]).await.json();
    link.link.rsplit('/').next().expect("a secret").to_owned()
}

async fn sign_up(server: &Server, invitation: &str, email: &str) -> (Browser, Answer) {
    let browser = server.browser();
    let form = [("invitation", invitation), ("name", "New"), ("email", email), ("password", PASSWORD)];
    let answer = browser.rpc("accounts/sign_up", &form).await;
    (browser, answer)
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_invitation_lets_one_person_in_once(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let admin = server.member(team, "admin", Role::Admin).await;
    let secret = invite(&admin, "editor").await;
    let welcome: app::model::account::Welcome = server.browser().rpc("accounts/welcome", &[("invitation", &secret)]).await.json();
    assert_eq!((welcome.team.as_str(), welcome.role, welcome.by.as_str()), ("Team payments", Role::Editor, "admin"));

    let (browser, answer) = sign_up(&server, &secret, "new@example.org").await;
    answer.ok();
    let team: Team = browser.rpc("teams/get", &[("team", "payments")]).await.json();
    assert_eq!(team.role, Role::Editor);
    assert_eq!(sign_up(&server, &secret, "another@example.org").await.1.status, 404);
    assert_eq!(server.browser().rpc("accounts/welcome", &[("invitation", &secret)]).await.status, 404);
    assert_eq!(server.count("accounts").await, 2);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn of_two_who_use_an_invitation_at_once_one_gets_in(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let secret = invite(&server.member(team, "admin", Role::Admin).await, "viewer").await;
    let (one, two) = tokio::join!(sign_up(&server, &secret, "one@example.org"), sign_up(&server, &secret, "two@example.org"));
    let mut statuses = [one.1.status, two.1.status];
    statuses.sort_unstable();
    assert_eq!((statuses, server.count("accounts").await), ([200, 404], 2));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_invitation_expires_can_be_taken_back_and_dies_with_its_makers_role(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (admin, other) = (server.member(team, "admin", Role::Admin).await, server.member(team, "other", Role::Admin).await);

    let expired = invite(&admin, "viewer").await;
    server.pass(Duration::days(7) + Duration::seconds(1));
    assert_eq!(sign_up(&server, &expired, "a@example.org").await.1.status, 404);

    let revoked = invite(&admin, "viewer").await;
    let listed: Vec<Invitation> = admin.rpc("teams/invitations", &[("team", "payments")]).await.json();
    assert_eq!(listed.len(), 1);
    admin.rpc("teams/revoke_invitation", &[("team", "payments"), ("invitation", &listed[0].id.to_string())]).await.ok();
    assert_eq!(sign_up(&server, &revoked, "b@example.org").await.1.status, 404);

    let orphaned = invite(&other, "admin").await;
    let account = other.account.to_string();
    admin.rpc("teams/change_role", &[("team", "payments"), ("account", &account), ("role", "viewer")]).await.ok();
    assert_eq!(sign_up(&server, &orphaned, "c@example.org").await.1.status, 404);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_refused_form_does_not_cost_the_invitation(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let admin = server.member(team, "admin", Role::Admin).await;
    let secret = invite(&admin, "viewer").await;
    assert_eq!(sign_up(&server, &secret, "admin@example.org").await.1.status, 422);
    assert_eq!(sign_up(&server, &secret, "no address").await.1.status, 422);
    sign_up(&server, &secret, "new@example.org").await.1.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn somebody_with_an_account_joins_with_it(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let admin = server.member(team, "admin", Role::Admin).await;
    let bob = server.stranger("bob").await;
    let secret = invite(&admin, "commenter").await;
    assert_eq!(admin.rpc("accounts/accept_invitation", &[("invitation", &secret)]).await.status, 409);
    assert_eq!(bob.rpc("accounts/accept_invitation", &[("invitation", &secret)]).await.json::<String>(), "payments");
    let seen: Team = bob.rpc("teams/get", &[("team", "payments")]).await.json();
    assert_eq!(seen.role, Role::Commenter);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_invitation_with_an_address_is_mailed_and_names_cannot_forge_headers(db: PgPool) {
    let server = Server::start_with(db, Setup { mail: true, ..Setup::default() }).await;
    let team = server.team("payments").await;
    let admin = server.member(team, "admin", Role::Admin).await;
    sqlx::query("update accounts set name = $1").bind("Ada\r\nBcc: all@example.org").execute(&server.db).await.expect("a name");
    let form = [("team", "payments"), ("email", "new@example.org"), ("role", "viewer")];
    let link: NewLink = admin.rpc("teams/invite", &form).await.json();
    assert!(link.mailed);
    let mail = server.mail.clone().expect("a sink").next().await;
    assert_eq!(mail.to, "new@example.org");
    assert!(link.link.ends_with(&mail.secret()));
    let head = mail.text.split("\r\n\r\n").next().expect("headers");
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn one_team_has_a_hundred_unused_invitations_at_most(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let admin = server.member(team, "admin", Role::Admin).await;
    for _ in 0..100 {
        invite(&admin, "viewer").await;
    }
    let form = [("team", "payments"), ("email", ""), ("role", "viewer")];
    let refusal = admin.rpc("teams/invite", &form).await.error();
    assert!(matches!(&refusal, AppError::Conflict { code, .. } if code == "too-many-invitations"), "{refusal:?}");
    server.pass(Duration::days(7));
    admin.rpc("teams/invite", &form).await.ok();
    let listed: Vec<Invitation> = admin.rpc("teams/invitations", &[("team", "payments")]).await.json();
    assert_eq!(listed.len(), 1);
}
