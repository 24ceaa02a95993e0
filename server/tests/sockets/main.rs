//! Open sockets of the whole server: whatever takes access away ends or downgrades them at once, not when they are next pinged.

#[path = "../common/mod.rs"]
mod common;

#[path = "../common/yjs.rs"]
#[expect(dead_code, reason = "other test files use the rest of it")]
mod yjs;

mod elsewhere;

use std::time::Duration;

use app::backend::{Designs, Import, Proposals, Reviews, Tokens};
use app::model::ids::{ProposalId, TeamId};
use app::model::review::Verdict;
use app::model::role::Role;
use app::model::token::Scope;
use common::{Browser, PASSWORD, Person, Server};
use futures::StreamExt;
use sqlx::PgPool;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::Request;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use yjs::{Client, document};

/// Below the interval of pings, at which a socket's credential is looked at anyway: what takes longer was not announced.
const ANNOUNCED: Duration = Duration::from_secs(12);

const TEXT: &str = "# Ledger\n\nEvery payment is written twice.\n";

/// What happens in time.
async fn soon<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(ANNOUNCED, work).await.expect("nobody told the socket")
}

/// A request for a socket, as a page of ours makes it.
fn page(server: &Server, browser: &Browser, path: &str) -> Request<()> {
    let mut request = format!("{}{path}", server.url.replace("http", "ws")).into_client_request().unwrap();
    let headers = request.headers_mut();
    headers.insert("origin", server.origin.parse().unwrap());
    headers.insert("cookie", browser.cookies().unwrap().parse().unwrap());
    request
}

/// The editor of a document, open in a browser.
async fn editor(server: &Server, browser: &Browser, proposal: ProposalId) -> Client {
    let mut client = Client::connect(page(server, browser, &format!("/sync/{proposal}?acks=1")), document()).await;
    client.until(|client| client.synced > 0 && client.asked > 0).await;
    client
}

/// A program's socket.
async fn program(server: &Server, token: &str, proposal: ProposalId) -> Client {
    let address = format!("{}/sync/{proposal}?acks=1&token={token}", server.url.replace("http", "ws"));
    Client::connect(address, document()).await
}

type Events = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn events(server: &Server, browser: &Browser) -> Events {
    connect_async(page(server, browser, "/events")).await.unwrap().0
}

/// The code that a page's hints end with.
async fn ended(mut socket: Events) -> u16 {
    loop {
        match socket.next().await.expect("a goodbye").unwrap() {
            Message::Close(Some(frame)) => return frame.code.into(),
            Message::Close(None) => panic!("closed without a code"),
            _ => {}
        }
    }
}

/// A team with an admin and an editor, and a document.
struct Stage {
    server: Server,
    team: TeamId,
    admin: Person,
    ada: Person,
    proposal: ProposalId,
}

impl Stage {
    async fn new(db: PgPool) -> Self {
        let server = Server::start(db).await;
        let team = server.team("payments").await;
        let admin = server.member(team, "root", Role::Admin).await;
        server.make_operator(&admin).await;
        let ada = server.member(team, "ada", Role::Editor).await;
        let import = Import { title: "Ledger".into(), markdown: TEXT.into() };
        let proposal = server.service.import_design(&ada.caller(), "payments", import).await.unwrap().proposal;
        Self { server, team, admin, ada, proposal }
    }

    async fn editor(&self) -> Client {
        editor(&self.server, &self.ada.browser, self.proposal).await
    }

    async fn text(&self) -> String {
        self.server.service.rooms().read(self.proposal).await.unwrap().text
    }

    /// The admin does something about Ada.
    async fn about_ada(&self, verb: &str, more: &[(&str, &str)]) {
        let account = self.ada.account.to_string();
        let form = [&[("team", "payments"), ("account", account.as_str())], more].concat();
        self.admin.rpc(verb, &form).await.ok();
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_is_taken_out_of_a_team_loses_its_documents_at_once(db: PgPool) {
    let stage = Stage::new(db).await;
    let (mut editor, mut other) = (stage.editor().await, editor(&stage.server, &stage.admin.browser, stage.proposal).await);
    stage.about_ada("teams/remove_member", &[]).await;
    assert_eq!(soon(editor.until_closed()).await, 4403);
    let back = page(&stage.server, &stage.ada.browser, &format!("/sync/{}", stage.proposal));
    assert_eq!(Client::connect(back, document()).await.until_closed().await, 4404, "to strangers it does not exist");
    other.insert(0, "goes on ").await;
    other.saved().await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whoever_may_only_read_from_now_on_reads_on(db: PgPool) {
    let stage = Stage::new(db).await;
    let mut editor = stage.editor().await;
    for role in ["commenter", "viewer"] {
        stage.about_ada("teams/change_role", &[("role", role)]).await;
        let refused = editor.refused.len();
        editor.insert(0, "mine ").await;
        soon(editor.until(|editor| editor.refused.len() > refused && editor.refused.iter().all(|reason| reason == "role"))).await;
        assert_eq!(stage.text().await, TEXT);
    }
    let edit = server::rooms::Change::Text("Theirs.".into());
    let edit = server::rooms::ServerEdit { account: Some(stage.admin.account), cause: None, change: edit };
    stage.server.service.rooms().edit(stage.proposal, edit).await.unwrap();
    editor.until(|editor| editor.text().ends_with("Theirs.")).await;
    stage.about_ada("teams/change_role", &[("role", "editor")]).await;
    soon(editor.saved()).await;
    assert!(stage.text().await.contains("mine mine"), "what was refused is asked for again: {}", stage.text().await);
}

/// A server function that ends sessions, who calls it, with what, and whether their own stays.
type Ending<'a> = (&'a str, &'a Browser, Vec<(&'a str, &'a str)>, bool);

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whatever_ends_a_session_ends_its_sockets_and_no_others(db: PgPool) {
    let stage = Stage::new(db).await;
    let phone = stage.server.signed_in(stage.ada.account).await;
    let link = stage.server.service.make_reset_link(stage.ada.account).await.unwrap();
    let secret = link.rsplit('/').next().unwrap().to_owned();
    let stranger = stage.server.browser();
    // Who does what; whether the browser that did it stays.
    let table: [Ending; 3] = [
        ("accounts/change_password", &phone, vec![("current", PASSWORD), ("new", "herons by the weir")], true),
        ("accounts/sign_out", &phone, vec![], false),
        ("accounts/reset_password", &stranger, vec![("link", &secret), ("password", "another herd of words")], true),
    ];
    for (verb, by, form, stays) in table {
        let laptop = stage.server.signed_in(stage.ada.account).await;
        let (mut there, hints) = (editor(&stage.server, &laptop, stage.proposal).await, events(&stage.server, &laptop).await);
        let mut here = if by.cookies().is_some() { Some(editor(&stage.server, by, stage.proposal).await) } else { None };
        by.rpc(verb, &form).await.ok();
        if stays {
            assert_eq!((soon(there.until_closed()).await, soon(ended(hints)).await), (4401, 4401), "{verb}");
            if let Some(here) = &mut here {
                here.handled().await;
            }
        } else {
            assert_eq!(soon(here.unwrap().until_closed()).await, 4401, "{verb}");
            there.handled().await;
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_session_ended_from_another_browser_ends_its_sockets(db: PgPool) {
    let stage = Stage::new(db).await;
    let phone = stage.server.signed_in(stage.ada.account).await;
    let (mut lost, mut kept) = (editor(&stage.server, &phone, stage.proposal).await, stage.editor().await);
    let hints = events(&stage.server, &phone).await;
    let sessions: Vec<app::model::account::SignedIn> = stage.ada.rpc("accounts/sessions", &[]).await.json();
    let other = sessions.iter().find(|session| !session.current).unwrap();
    stage.ada.rpc("accounts/end_session", &[("key", &other.key)]).await.ok();
    assert_eq!((soon(lost.until_closed()).await, soon(ended(hints)).await), (4401, 4401));
    kept.handled().await;
}

/// Everything that Ada has open: an editor, a program, and what her browser is told by.
struct Everything {
    browser: Client,
    bot: Client,
    hints: Events,
}

impl Everything {
    async fn of_ada(stage: &Stage) -> Self {
        let token = stage.server.token(&stage.ada, stage.team, Scope::Write).await;
        let (browser, hints) = (stage.editor().await, events(&stage.server, &stage.ada.browser).await);
        let mut bot = program(&stage.server, &token, stage.proposal).await;
        bot.until(|bot| bot.synced > 0).await;
        Self { browser, bot, hints }
    }

    /// Waits until all of it is closed, for want of a right.
    async fn ends(mut self) {
        for code in [soon(self.browser.until_closed()).await, soon(self.bot.until_closed()).await, soon(ended(self.hints)).await] {
            assert!([4401, 4403].contains(&code), "{code}");
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_suspension_ends_everything_of_the_account(db: PgPool) {
    let stage = Stage::new(db).await;
    let everything = Everything::of_ada(&stage).await;
    let account = stage.ada.account.to_string();
    stage.admin.rpc("teams/suspend", &[("account", &account), ("suspended", "true")]).await.ok();
    everything.ends().await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_opens_what_its_scope_and_team_allow_until_it_is_revoked(db: PgPool) {
    let stage = Stage::new(db).await;
    let elsewhere = stage.server.team("elsewhere").await;
    stage.server.join(elsewhere, &stage.ada, Role::Admin).await;
    let foreign = stage.server.token(&stage.ada, elsewhere, Scope::Write).await;
    assert_eq!(program(&stage.server, &foreign, stage.proposal).await.until_closed().await, 4404);

    let read = stage.server.token(&stage.ada, stage.team, Scope::Read).await;
    let mut reader = program(&stage.server, &read, stage.proposal).await;
    reader.until(|reader| reader.synced > 0).await;
    reader.insert(0, "no ").await;
    reader.until(|reader| reader.refused == ["role"]).await;
    assert_eq!(stage.text().await, TEXT);

    let write = stage.server.token(&stage.ada, stage.team, Scope::Write).await;
    let mut writer = program(&stage.server, &write, stage.proposal).await;
    writer.until(|writer| writer.synced > 0 && writer.asked > 0).await;
    writer.insert(0, "yes ").await;
    writer.saved().await;
    let caller = stage.ada.caller();
    for token in stage.server.service.tokens(&caller).await.unwrap() {
        stage.server.service.revoke_token(&caller, token.id).await.unwrap();
    }
    assert_eq!((soon(reader.until_closed()).await, soon(writer.until_closed()).await), (4401, 4401));
    assert_eq!(program(&stage.server, &write, stage.proposal).await.until_closed().await, 4401);
    assert_eq!(stage.text().await, format!("yes {TEXT}"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_text_that_is_held_merged_closed_archived_or_deleted_takes_no_more_edits(db: PgPool) {
    let stage = Stage::new(db).await;
    let (service, ada, admin, proposal) = (&stage.server.service, stage.ada.caller(), stage.admin.caller(), stage.proposal);
    let mut editor = stage.editor().await;
    let refused = async |editor: &mut Client, wanted: &str| {
        let before = editor.refused.len();
        editor.insert(0, "x").await;
        editor.until(|editor| editor.refused.len() > before).await;
        assert_eq!(editor.refused.last().map(String::as_str), Some(wanted));
        assert_eq!(stage.text().await, TEXT);
        let mut fresh = stage.editor().await;
        fresh.insert(0, "y").await;
        fresh.until(|fresh| !fresh.refused.is_empty()).await;
        assert_eq!((fresh.refused[0].as_str(), stage.text().await.as_str()), (wanted, TEXT));
        // A browser that gives its edit up: nobody here wants it later.
        *editor = stage.editor().await;
    };

    service.send_for_review(&ada, proposal, vec![admin.account]).await.unwrap();
    service.hold(&ada, proposal, true).await.unwrap();
    refused(&mut editor, "held").await;
    service.hold(&ada, proposal, false).await.unwrap();
    service.archive_design(&admin, "payments", 1, true).await.unwrap();
    refused(&mut editor, "closed").await;
    service.archive_design(&admin, "payments", 1, false).await.unwrap();
    service.close_proposal(&ada, proposal, "Not now.").await.unwrap();
    refused(&mut editor, "closed").await;
    service.reopen_proposal(&ada, proposal).await.unwrap();
    service.submit_review(&admin, proposal, 1, Verdict::Approve, "").await.unwrap();
    service.merge(&ada, proposal, 1).await.unwrap();
    refused(&mut editor, "closed").await;

    let import = Import { title: "A mistake".into(), markdown: TEXT.into() };
    let mistake = service.import_design(&ada, "payments", import).await.unwrap();
    let mut lost = self::editor(&stage.server, &stage.ada.browser, mistake.proposal).await;
    service.delete_design(&admin, "payments", mistake.number, "A mistake").await.unwrap();
    assert_eq!(soon(lost.until_closed()).await, 4404);
}
