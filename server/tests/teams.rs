//! Teams and who is in them.

mod common;

use app::error::AppError;
use app::model::page::Page;
use app::model::role::Role;
use app::model::team::{Member, NewLink, Team};
use app::model::token::Scope;
use common::{Answer, Browser, PASSWORD, Person, Server};
use server::bus::Hint;
use sqlx::PgPool;

/// Who does it, the verb, and what is sent with it.
type Change<'a> = (&'a Browser, &'a str, Vec<(&'a str, &'a str)>);

/// One verb of the port as a server function: its name, and its form about another member.
type Verb = (&'static str, fn(&Person) -> Vec<(&'static str, String)>);

const READING: [Verb; 2] = [("teams/get", |_| vec![("team", "payments".into())]), ("teams/members", |_| vec![("team", "payments".into())])];

const ADMINISTERING: [Verb; 7] = [
    ("teams/device_copies", |_| vec![("team", "payments".into()), ("allowed", "true".into())]),
    ("teams/invitations", |_| vec![("team", "payments".into())]),
    ("teams/invite", |_| vec![("team", "payments".into()), ("email", String::new()), ("role", "viewer".into())]),
    ("teams/revoke_invitation", |other| vec![("team", "payments".into()), ("invitation", other.account.to_string())]),
    ("teams/change_role", |other| vec![("team", "payments".into()), ("account", other.account.to_string()), ("role", "viewer".into())]),
    ("teams/reset_link", |other| vec![("team", "payments".into()), ("account", other.account.to_string())]),
    ("teams/remove_member", |other| vec![("team", "payments".into()), ("account", other.account.to_string())]),
];

const OPERATING: [Verb; 2] = [
    ("teams/create", |_| vec![("slug", "another".into()), ("name", "Another".into())]),
    ("teams/suspend", |other| vec![("account", other.account.to_string()), ("suspended", "true".into())]),
];

async fn call(browser: &Browser, verb: Verb, other: &Person) -> Answer {
    let form = verb.1(other);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.rpc(verb.0, &form).await
}

/// What stands for "let in": done, or refused only because there is no such invitation.
fn let_in(answer: &Answer) -> bool {
    answer.status == 200 || answer.text.contains("no such invitation")
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn who_may_do_what_in_a_team_is_what_the_roles_say(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    server.member(team, "root", Role::Admin).await;
    for role in Role::ALL {
        let person = server.member(team, role.as_str(), role).await;
        let other = server.member(team, &format!("beside-{role}"), Role::Viewer).await;
        for verb in READING {
            assert!(let_in(&call(&person.browser, verb, &other).await), "{role} {}", verb.0);
        }
        for verb in ADMINISTERING {
            let answer = call(&person.browser, verb, &other).await;
            assert_eq!(let_in(&answer), role == Role::Admin, "{role} {} {}", verb.0, answer.text);
            assert!(role == Role::Admin || answer.status == 403, "{role} {} {}", verb.0, answer.status);
        }
        for verb in OPERATING {
            assert_eq!(call(&person.browser, verb, &other).await.status, 403, "{role} {}", verb.0);
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn to_everybody_else_a_team_does_not_exist(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let member = server.member(team, "member", Role::Viewer).await;
    let (operator, elsewhere) = (server.stranger("operator").await, server.stranger("elsewhere").await);
    server.make_operator(&operator).await;
    server.join(server.team("other").await, &elsewhere, Role::Admin).await;
    for verb in READING.into_iter().chain(ADMINISTERING) {
        for outsider in [&operator, &elsewhere] {
            let answer = call(&outsider.browser, verb, &member).await;
            assert_eq!((answer.status, answer.text.contains("Team payments")), (404, false), "{} {}", outsider.name, verb.0);
        }
        assert_eq!(call(&server.browser(), verb, &member).await.status, 401, "{}", verb.0);
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_operator_makes_teams_and_suspends_accounts(db: PgPool) {
    let server = Server::start(db).await;
    let (operator, bob) = (server.stranger("operator").await, server.stranger("bob").await);
    server.make_operator(&operator).await;
    operator.rpc("teams/create", &[("slug", "platform"), ("name", "Platform")]).await.ok();
    let team: Team = operator.rpc("teams/get", &[("team", "platform")]).await.json();
    assert_eq!((team.name.as_str(), team.role), ("Platform", Role::Admin));
    assert_eq!(operator.rpc("teams/create", &[("slug", "platform"), ("name", "Again")]).await.status, 422);
    assert_eq!(operator.rpc("teams/create", &[("slug", "No Slug"), ("name", "Again")]).await.status, 422);

    let account = bob.account.to_string();
    operator.rpc("teams/suspend", &[("account", &account), ("suspended", "true")]).await.ok();
    assert_eq!(bob.browser.who().await, None);
    assert_eq!(server.browser().sign_in(&bob.email, PASSWORD).await.status, 403);
    assert_eq!(server.browser().sign_in(&bob.email, "not his password").await.status, 422);
    operator.rpc("teams/suspend", &[("account", &account), ("suspended", "false")]).await.ok();
    server.browser().sign_in(&bob.email, PASSWORD).await.ok();
    assert_eq!(bob.browser.who().await, None, "a session that ended does not come back");
    let own = operator.account.to_string();
    assert_eq!(operator.rpc("teams/suspend", &[("account", &own), ("suspended", "true")]).await.status, 409);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_last_admin_neither_leaves_nor_steps_down(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let admin = server.member(team, "admin", Role::Admin).await;
    let editor = server.member(team, "editor", Role::Editor).await;
    let (own, others) = (admin.account.to_string(), editor.account.to_string());
    let leave = [("team", "payments"), ("account", own.as_str())];
    let step_down = [("team", "payments"), ("account", own.as_str()), ("role", "editor")];
    assert_eq!(admin.rpc("teams/remove_member", &leave).await.status, 409);
    assert_eq!(admin.rpc("teams/change_role", &step_down).await.status, 409);
    admin.rpc("teams/change_role", &[("team", "payments"), ("account", &others), ("role", "admin")]).await.ok();
    admin.rpc("teams/remove_member", &leave).await.ok();
    assert_eq!(admin.rpc("teams/get", &[("team", "payments")]).await.status, 404);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn of_two_admins_who_leave_at_once_one_stays(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (one, two) = (server.member(team, "one", Role::Admin).await, server.member(team, "two", Role::Admin).await);
    let leave = async |person: &Person| {
        let account = person.account.to_string();
        person.rpc("teams/remove_member", &[("team", "payments"), ("account", &account)]).await.status
    };
    let (first, second) = tokio::join!(leave(&one), leave(&two));
    let mut statuses = [first, second];
    statuses.sort_unstable();
    assert_eq!((statuses, server.count("members").await), ([200, 409], 1));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_leaves_takes_their_verdicts_and_tokens_along(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (admin, bob) = (server.member(team, "admin", Role::Admin).await, server.member(team, "bob", Role::Commenter).await);
    let token = server.token(&bob, team, Scope::Write).await;
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
        "insert into designs (id, team, number, title, created_at, changed_at) values ('{team}', '{team}', 1, 'D', now(), now());
         insert into proposals (id, design, number, title, base, state, created_at) values
            ('{team}', '{team}', 1, 'P', 0, 'in_review', now()), ('{bob}', '{team}', 2, 'Q', 0, 'merged', now());
         insert into revisions (proposal, number, title, text, content_hash, sections, state, seq, base, created_at)
            select id, 1, 'P', '', '', '[]', '', 0, 0, now() from proposals;
         insert into reviews (id, proposal, revision, account, verdict, at)
            select gen_random_uuid(), id, 1, '{bob}', 'approve', now() from proposals;",
        team = team,
        bob = bob.account,
    )))
    .execute(&server.db)
    .await
    .expect("a review");
    let mut hints = server.service.bus().listen();
    admin.rpc("teams/remove_member", &[("team", "payments"), ("account", &bob.account.to_string())]).await.ok();

    let standing = "select proposals.state from reviews join proposals on proposals.id = reviews.proposal where lapsed_at is null";
    let standing: Vec<String> = sqlx::query_scalar(standing).fetch_all(&server.db).await.expect("reviews");
    assert_eq!(standing, ["merged"], "a decision's votes stay");
    server.join(team, &bob, Role::Viewer).await;
    let me = Answer::of(server.browser().bare(reqwest::Method::GET, "/api/v1/me").bearer_auth(token)).await;
    assert_eq!(me.status, 401, "an old token does not come back to life");
    while hints.recv().await.expect("a hint") != (Hint::Access { account: bob.account }) {}
    while !matches!(hints.recv().await.expect("a hint"), Hint::Proposal { .. }) {}
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whatever_changes_access_tells_open_sockets(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let (admin, bob) = (server.member(team, "admin", Role::Admin).await, server.member(team, "bob", Role::Viewer).await);
    server.make_operator(&admin).await;
    let account = bob.account.to_string();
    let session = server.signed_in(bob.account).await;
    let changes: [Change<'_>; 4] = [
        (&admin.browser, "teams/change_role", vec![("team", "payments"), ("account", &account), ("role", "editor")]),
        (&bob.browser, "accounts/change_password", vec![("current", PASSWORD), ("new", "herons by the weir")]),
        (&bob.browser, "accounts/sign_out", vec![]),
        (&admin.browser, "teams/suspend", vec![("account", &account), ("suspended", "true")]),
    ];
    for (browser, verb, form) in changes {
        let mut hints = server.service.bus().listen();
        browser.rpc(verb, &form).await.ok();
        // Before the answer, and among what the database says of their joining.
        let told = std::iter::from_fn(|| hints.try_recv().ok()).any(|hint| hint == Hint::Access { account: bob.account });
        assert!(told, "{verb}");
    }
    assert_eq!(session.who().await, None);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn members_come_a_hundred_a_page_by_name(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let admin = server.member(team, "Zoe", Role::Admin).await;
    sqlx::query(
        "with made as (insert into accounts (id, email, name, created_at)
                       select gen_random_uuid(), n || '@x.org', 'person ' || (n / 2), now() from generate_series(1, 210) n returning id)
         insert into members (team, account, role, joined_at) select $1, id, 'viewer', now() from made",
    )
    .bind(team.0)
    .execute(&server.db)
    .await
    .expect("members");
    let (mut seen, mut after, mut pages) = (Vec::new(), None::<String>, 0);
    loop {
        let mut form = vec![("team", "payments")];
        form.extend(after.as_deref().map(|after| ("after", after)));
        let page: Page<Member> = admin.rpc("teams/members", &form).await.json();
        seen.extend(page.items);
        pages += 1;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    let mut unique: Vec<_> = seen.iter().map(|member| member.account).collect();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!((pages, seen.len(), unique.len()), (3, 211, 211));
    assert!(seen.is_sorted_by_key(|member| member.name.to_lowercase()));
    assert_eq!(admin.rpc("teams/members", &[("team", "payments"), ("after", "nonsense")]).await.status, 422);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn an_admin_makes_no_reset_link_for_more_than_their_own_members(db: PgPool) {
    let server = Server::start(db).await;
    let (team, other) = (server.team("payments").await, server.team("other").await);
    let admin = server.member(team, "admin", Role::Admin).await;
    let bob = server.member(team, "bob", Role::Editor).await;
    let link =
        async |by: &Person, of: &Person| by.rpc("teams/reset_link", &[("team", "payments"), ("account", &of.account.to_string())]).await;
    let made: NewLink = link(&admin, &bob).await.json();
    let secret = made.link.rsplit('/').next().expect("a secret").to_owned();
    server.browser().rpc("accounts/reset_password", &[("link", &secret), ("password", "herons by the weir")]).await.ok();
    server.browser().sign_in("bob@example.org", "herons by the weir").await.ok();

    server.join(other, &bob, Role::Viewer).await;
    assert!(matches!(link(&admin, &bob).await.error(), AppError::Forbidden(_)), "it would open the other team too");
    let operator = server.member(team, "operator", Role::Viewer).await;
    server.make_operator(&operator).await;
    assert_eq!(link(&admin, &operator).await.status, 403);
    assert_eq!(link(&admin, &server.stranger("stranger").await).await.status, 404);
}
