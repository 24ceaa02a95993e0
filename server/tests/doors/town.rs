//! A team with somebody of every role and things in every state, another team, and the whole server around them.

use app::backend::{Designs, Import, Pictures, Proposals, Reviews, Teams, Threads};
use app::model::account::Caller;
use app::model::ids::{ProposalId, TeamId};
use app::model::review::Verdict;
use app::model::role::Role;
use app::model::thread::{Kind, NewThread, Place};
use app::model::token::Scope;
use server::clock::fresh_id;
use sqlx::PgPool;
use sqlx::postgres::PgArguments;
use uuid::Uuid;

use crate::common::{Browser, Person, Server, picture};
use crate::table::Who;
use crate::things::Things;

/// The team's name in links.
pub const SLUG: &str = "payments";

/// The text of D-1's proposal.
pub const TEXT: &str = "# Kestrel ledger\n\nEvery payment is written twice.\n";

/// All that a refusal must leave as it was.
const KEPT: [&str; 21] = [
    "accounts",
    "comments",
    "contributions",
    "decisions",
    "designs",
    "documents",
    "history",
    "inbox",
    "invitations",
    "members",
    "password_resets",
    "pictures",
    "proposals",
    "review_requests",
    "reviews",
    "revisions",
    "teams",
    "threads",
    "tokens",
    "updates",
    "versions",
];

/// The team, its people and the server.
pub struct Town {
    pub server: Server,
    pub team: TeamId,
    pub elsewhere: TeamId,
    /// An editor, who made everything.
    pub ada: Person,
    /// D-1's first proposal.
    pub proposal: ProposalId,
    people: Vec<(Who, Person, Things)>,
}

impl Town {
    pub async fn new(db: PgPool) -> Self {
        let server = Server::start(db).await;
        let team = server.team(SLUG).await;
        // Named as the sample team, which therefore counts as loaded: nobody really loads it here.
        let elsewhere = server.team("sample").await;
        let ada = server.member(team, "ada", Role::Editor).await;
        let (proposal, mut things) = made(&server, team, &ada).await;
        let mut people = Vec::new();
        for who in Who::KNOWN {
            let name = format!("{who:?}").to_lowercase();
            let person = match who {
                Who::Outsider => server.member(elsewhere, &name, Role::Admin).await,
                Who::Operator | Who::Nobody => server.stranger(&name).await,
                Who::Viewer => server.member(team, &name, Role::Viewer).await,
                Who::Commenter => server.member(team, &name, Role::Commenter).await,
                Who::Editor => server.member(team, &name, Role::Editor).await,
                Who::Admin => server.member(team, &name, Role::Admin).await,
            };
            if who == Who::Operator {
                server.make_operator(&person).await;
            }
            if who == Who::Viewer {
                things.viewer = person.account.to_string();
            }
            people.push((who, person));
        }
        let mut town = Self { server, team, elsewhere, ada, proposal, people: Vec::new() };
        for (who, person) in people {
            let own = town.own(&person, &things).await;
            town.people.push((who, person, own));
        }
        town
    }

    /// Somebody.
    pub fn person(&self, who: Who) -> &Person {
        &self.people.iter().find(|(one, ..)| *one == who).unwrap_or_else(|| panic!("{who:?} is nobody")).1
    }

    /// What somebody asks about; nobody, about what the admin does.
    pub fn things(&self, who: Who) -> &Things {
        let who = if who == Who::Nobody { Who::Admin } else { who };
        &self.people.iter().find(|(one, ..)| *one == who).unwrap_or_else(|| panic!("{who:?} is nobody")).2
    }

    /// A browser of somebody's, signed in anew.
    pub async fn browser(&self, who: Who) -> Browser {
        if who == Who::Nobody { self.server.browser() } else { self.server.signed_in(self.person(who).account).await }
    }

    /// A token of somebody's for their team.
    pub async fn token(&self, who: Who, scope: Scope) -> String {
        let team = if who == Who::Outsider { self.elsewhere } else { self.team };
        self.server.token(self.person(who), team, scope).await
    }

    /// The text of D-1's proposal, committed.
    pub async fn text(&self) -> String {
        self.server.service.rooms().read(self.proposal).await.expect("a text").text
    }

    /// Everything that is kept, table by table. When a token was last used is no secret of anybody's.
    pub async fn copy(&self) -> Vec<(String, String)> {
        let rows = KEPT.map(|table| {
            format!(
                "select '{table}', coalesce(jsonb_agg(to_jsonb({table}) - 'used_at' order by to_jsonb({table})::text), '[]')::text from {table}"
            )
        });
        sqlx::query_as(sqlx::AssertSqlSafe(rows.join(" union all "))).fetch_all(&self.server.db).await.expect("a copy")
    }

    /// Those who left are back, and what they gave stands again.
    pub async fn restore(&self) {
        let roles = self.people.iter().map(|(who, person, _)| (person.account.0, who.role()));
        let leaver: Uuid = self.things(Who::Admin).leaver.parse().expect("an id");
        for (account, role) in roles.chain([(leaver, Some(Role::Viewer))]) {
            let Some(role) = role else { continue };
            let back = "insert into members (team, account, role, joined_at) values ($1, $2, $3, '2026-01-01') on conflict (team, account) do nothing";
            self.run(sqlx::query(back).bind(self.team.0).bind(account).bind(role.as_str())).await;
        }
        self.run(sqlx::query("update reviews set lapsed_at = null")).await;
    }

    /// Adds a thread, a comment and a review of somebody's, whatever their role is now: they may have had another.
    async fn own(&self, person: &Person, things: &Things) -> Things {
        let (thread, comment, review) = (fresh_id(), fresh_id(), fresh_id());
        let account = person.account.0;
        let add = "insert into threads (id, team, design, proposal, origin, kind, created_by, created_at)
                   select $1, team, design, proposal, origin, kind, $2, created_at from threads where id = $3::uuid";
        self.run(sqlx::query(add).bind(thread).bind(account).bind(&things.thread)).await;
        let add = "insert into comments (id, thread, author, body, created_at) values ($1, $2, $3, 'Kestrels, too.', now())";
        self.run(sqlx::query(add).bind(fresh_id()).bind(thread).bind(account)).await;
        let add = "insert into comments (id, thread, author, body, created_at) values ($1, $2::uuid, $3, 'Kestrels?', now())";
        self.run(sqlx::query(add).bind(comment).bind(&things.thread).bind(account)).await;
        let add = "insert into reviews (id, proposal, revision, account, verdict, at) values ($1, $2, 1, $3, 'comment', '2026-01-01')";
        self.run(sqlx::query(add).bind(review).bind(self.proposal.0).bind(account)).await;
        Things {
            own_account: account.to_string(),
            own_thread: thread.to_string(),
            own_comment: comment.to_string(),
            own_review: review.to_string(),
            ..things.clone()
        }
    }

    /// Changes the database behind the server's back.
    pub async fn run(&self, statement: sqlx::query::Query<'_, sqlx::Postgres, PgArguments>) {
        statement.execute(&self.server.db).await.expect("a change");
    }
}

impl Who {
    /// Their role in the team.
    pub fn role(self) -> Option<Role> {
        match self {
            Self::Nobody | Self::Outsider | Self::Operator => None,
            Self::Viewer => Some(Role::Viewer),
            Self::Commenter => Some(Role::Commenter),
            Self::Editor => Some(Role::Editor),
            Self::Admin => Some(Role::Admin),
        }
    }
}

/// Two designs of Ada's: D-1 in review with a thread and a review, D-2 accepted. And what else of hers one may ask about.
async fn made(server: &Server, team: TeamId, ada: &Person) -> (ProposalId, Things) {
    let service = &server.service;
    let (bo, root) = (server.member(team, "bo", Role::Commenter).await, server.member(team, "root", Role::Admin).await);
    let leaver = server.member(team, "leaver", Role::Viewer).await;
    let (author, reviewer) = (ada.caller(), bo.caller());
    let ledger = import(server, &author, TEXT).await;
    service.send_for_review(&author, ledger, vec![bo.account]).await.expect("revision 1");
    let review = service.submit_review(&reviewer, ledger, 1, Verdict::Comment, "About kestrels.").await.expect("a review");
    let new = NewThread { proposal: ledger, place: Place::Whole, quote: String::new(), kind: Kind::Nit, body: "Why kestrels?".into() };
    let thread = service.start_thread(&author, new).await.expect("a thread");
    let cache = import(server, &author, "# Kestrel cache\n\nIt forgets.\n").await;
    service.send_for_review(&author, cache, vec![bo.account]).await.expect("revision 1");
    service.submit_review(&reviewer, cache, 1, Verdict::Approve, "").await.expect("an approval");
    service.merge(&author, cache, 1).await.expect("version 1");
    let link = service.invite(&root.caller(), SLUG, None, Role::Viewer).await.expect("a link").link;
    server.token(ada, team, Scope::Write).await;
    let own = async |ask: &'static str| -> String {
        sqlx::query_scalar(ask).bind(ada.account.0).fetch_one(&server.db).await.unwrap_or_else(|error| panic!("{ask}: {error}"))
    };
    let things = Things {
        slug: SLUG.into(),
        proposal: ledger.to_string(),
        merged: cache.to_string(),
        thread: thread.to_string(),
        comment: own("select id::text from comments where author = $1").await,
        review: review.to_string(),
        invitation: link.rsplit('/').next().expect("a secret").into(),
        leaver: leaver.account.to_string(),
        viewer: String::new(),
        session: own("select encode(id, 'hex') from sessions where account = $1").await,
        token: own("select id::text from tokens where account = $1").await,
        item: own("select id::text from inbox where account = $1 limit 1").await,
        picture: service.add_picture(&author, SLUG, picture(7)).await.expect("a picture").to_string(),
        own_account: String::new(),
        own_thread: String::new(),
        own_comment: String::new(),
        own_review: String::new(),
        unknown: fresh_id().to_string(),
    };
    (ledger, things)
}

async fn import(server: &Server, author: &Caller, markdown: &str) -> ProposalId {
    let import = Import { title: String::new(), markdown: markdown.into() };
    server.service.import_design(author, SLUG, import).await.expect("a design").proposal
}
