//! Two servers over one database that hear nothing of each other, because there is no bus: what is done on one ends or changes the sockets of the
//! other, by way of the database.

use app::backend::{Designs, Proposals, Tokens};
use app::model::account::SignedIn;
use app::model::ids::AccountId;
use app::model::token::Scope;
use futures::StreamExt;
use server::bus::Hint;
use server::db::changes::{Changed, since};
use sqlx::PgPool;

use super::{Everything, Server, Stage, TEXT, editor, ended, events, program, soon};

/// Sockets are at the stage's server; what is done is done at this one.
async fn another(stage: &Stage) -> Server {
    Server::start(stage.server.db.clone()).await
}

/// An admin does something about Ada at another server.
async fn about_ada(stage: &Stage, at: &Server, verb: &str, more: &[(&str, &str)]) {
    let account = stage.ada.account.to_string();
    let form = [&[("team", "payments"), ("account", account.as_str())], more].concat();
    at.signed_in(stage.admin.account).await.rpc(verb, &form).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_is_taken_out_elsewhere_loses_the_documents_here(db: PgPool) {
    let stage = Stage::new(db).await;
    let mut editor = stage.editor().await;
    about_ada(&stage, &another(&stage).await, "teams/remove_member", &[]).await;
    assert_eq!(soon(editor.until_closed()).await, 4403);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_is_suspended_elsewhere_loses_everything_here(db: PgPool) {
    let stage = Stage::new(db).await;
    let everything = Everything::of_ada(&stage).await;
    about_ada(&stage, &another(&stage).await, "teams/suspend", &[("suspended", "true")]).await;
    everything.ends().await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_revoked_and_a_session_ended_elsewhere_lose_their_sockets_here(db: PgPool) {
    let stage = Stage::new(db).await;
    let other = another(&stage).await;
    let token = stage.server.token(&stage.ada, stage.team, Scope::Read).await;
    let mut bot = program(&stage.server, &token, stage.proposal).await;
    bot.until(|bot| bot.synced > 0).await;
    let phone = stage.server.signed_in(stage.ada.account).await;
    let (mut lost, hints) = (editor(&stage.server, &phone, stage.proposal).await, events(&stage.server, &phone).await);

    let caller = stage.ada.caller();
    let token = other.service.tokens(&caller).await.unwrap()[0].id;
    other.service.revoke_token(&caller, token).await.unwrap();
    assert_eq!(soon(bot.until_closed()).await, 4401);
    lost.handled().await;

    let mut kept = stage.editor().await;
    let laptop = other.browser().with_cookie(&stage.ada.browser.cookies().unwrap());
    let sessions: Vec<SignedIn> = laptop.rpc("accounts/sessions", &[]).await.json();
    let ending = sessions.iter().find(|session| !session.current).unwrap();
    laptop.rpc("accounts/end_session", &[("key", &ending.key)]).await.ok();
    assert_eq!((soon(lost.until_closed()).await, soon(ended(hints)).await), (4401, 4401));
    kept.handled().await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_role_given_elsewhere_counts_here(db: PgPool) {
    let stage = Stage::new(db).await;
    let other = another(&stage).await;
    let (mut editor, mut page) = (stage.editor().await, events(&stage.server, &stage.ada.browser).await);
    about_ada(&stage, &other, "teams/change_role", &[("role", "viewer")]).await;
    // Its page looks again at what may be done, and what is written is refused.
    let word = serde_json::to_string(&Hint::Access { account: stage.ada.account }).unwrap();
    soon(async { while page.next().await.unwrap().unwrap().to_text().ok() != Some(word.as_str()) {} }).await;
    editor.insert(0, "mine ").await;
    soon(editor.until(|editor| editor.refused == ["role"])).await;
    assert_eq!(stage.text().await, TEXT);
    // Allowed again, it is asked for what was refused.
    about_ada(&stage, &other, "teams/change_role", &[("role", "editor")]).await;
    soon(editor.saved()).await;
    assert_eq!(stage.text().await, format!("mine {TEXT}"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_text_held_released_or_deleted_elsewhere_is_so_here(db: PgPool) {
    let stage = Stage::new(db).await;
    let other = another(&stage).await.service;
    let (ada, admin) = (stage.ada.caller(), stage.admin.caller());
    let mut editor = stage.editor().await;
    other.send_for_review(&ada, stage.proposal, vec![admin.account]).await.unwrap();
    other.hold(&ada, stage.proposal, true).await.unwrap();
    editor.insert(0, "mine ").await;
    soon(editor.until(|editor| editor.refused == ["held"])).await;
    other.hold(&ada, stage.proposal, false).await.unwrap();
    soon(editor.saved()).await;
    assert_eq!(stage.text().await, format!("mine {TEXT}"));
    other.delete_design(&admin, "payments", 1, "Ledger").await.unwrap();
    assert_eq!(soon(editor.until_closed()).await, 4404);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_change_is_found_once_and_not_before_it_is_committed_in_whatever_order(db: PgPool) {
    let stage = Stage::new(db.clone()).await;
    let (ada, admin) = (stage.ada.account, stage.admin.account);
    let demote = |account: AccountId| sqlx::query("update members set role = 'viewer' where account = $1").bind(account.0);
    let start = since(&db, None).await.unwrap();
    assert!(start.changes.is_empty(), "who looks for the first time has missed nothing");
    let mut early = db.begin().await.unwrap();
    demote(ada).execute(&mut *early).await.unwrap();
    demote(admin).execute(&db).await.unwrap();
    let first = since(&db, Some(&start)).await.unwrap();
    assert_eq!(first.changes, [Changed::Access(admin)].into());
    early.commit().await.unwrap();
    let second = since(&db, Some(&first)).await.unwrap();
    assert_eq!(second.changes, [Changed::Access(ada)].into());
    let third = since(&db, Some(&second)).await.unwrap();
    assert!(third.changes.is_empty() && third.follows(&second));

    // Rows go, and whoever slept so long looks at everything again.
    sqlx::query("update changes set at = at - interval '2 hours'").execute(&db).await.unwrap();
    stage.server.service.tidy().await;
    assert_eq!(stage.server.count("changes").await, 0);
}
