//! Programs of a team: what the tests of REST begin with.

use app::model::ids::{ProposalId, TeamId};
use app::model::role::Role;
use app::model::token::Scope;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use server::rooms::{Change, ServerEdit};
use sqlx::PgPool;

use crate::common::{Answer, Browser, Person, Server};

/// A program with a token.
pub struct Program {
    pub person: Person,
    pub token: String,
    browser: Browser,
}

/// A team's programs.
pub struct World {
    pub server: Server,
    pub team: TeamId,
    /// An editor's.
    pub ada: Program,
    /// A commenter's.
    pub bo: Program,
    /// An editor's, which may only read.
    pub reader: Program,
}

impl World {
    pub async fn new(db: PgPool) -> Self {
        let server = Server::start(db).await;
        let team = server.team("payments").await;
        let ada = Program::of(&server, team, "ada", Role::Editor, Scope::Write).await;
        let bo = Program::of(&server, team, "bo", Role::Commenter, Scope::Write).await;
        let reader = Program::of(&server, team, "cy", Role::Editor, Scope::Read).await;
        Self { server, team, ada, bo, reader }
    }

    /// A design of Ada's, and the id of its first proposal.
    pub async fn design(&self, markdown: &str) -> (i64, String) {
        let made: Value = self.ada.post("/teams/payments/designs", json!({ "markdown": markdown })).await.json();
        (made["number"].as_i64().expect("a number"), made["proposal"]["id"].as_str().expect("an id").into())
    }

    /// Ada types: what no address of REST does.
    pub async fn write(&self, proposal: &str, text: &str) {
        let edit = ServerEdit { account: Some(self.ada.person.account), cause: None, change: Change::Text(text.into()) };
        let proposal: ProposalId = proposal.parse().expect("an id");
        self.server.service.rooms().edit(proposal, edit).await.expect("written");
    }

    /// Ada sends it to Bo; answers the revision.
    pub async fn send(&self, proposal: &str) -> i64 {
        let sent: Value =
            self.ada.post(&format!("/proposals/{proposal}/revisions"), json!({ "reviewers": ["bo@example.org"] })).await.json();
        sent["revision"].as_i64().expect("a revision")
    }

    /// Bo's verdict.
    pub async fn review(&self, proposal: &str, revision: i64, verdict: &str) -> Answer {
        let review = json!({ "revision": revision, "verdict": verdict, "summary": "I looked." });
        self.bo.post(&format!("/proposals/{proposal}/reviews"), review).await
    }

    /// Ada merges.
    pub async fn merge(&self, proposal: &str, revision: i64) -> Answer {
        self.ada.post(&format!("/proposals/{proposal}/merge"), json!({ "revision": revision })).await
    }

    /// Sent, approved and merged.
    pub async fn merged(&self, proposal: &str) {
        let revision = self.send(proposal).await;
        self.review(proposal, revision, "approve").await.ok();
        self.merge(proposal, revision).await.ok();
    }
}

impl Program {
    /// A program of somebody new.
    pub async fn of(server: &Server, team: TeamId, name: &str, role: Role, scope: Scope) -> Self {
        let person = server.member(team, name, role).await;
        let token = server.token(&person, team, scope).await;
        Self { person, token, browser: server.browser() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.browser.bare(method, &format!("/api/v1{path}")).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(&body)).await
    }
}
