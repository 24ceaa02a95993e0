//! People, a document and Yjs clients for the tests of the rooms.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use app::model::account::Caller;
use app::model::ids::{AccountId, ProposalId, TeamId};
use server::bus::Bus;
use server::clock::{Clock, fresh_id};
use server::rooms::log::{Start, create};
use server::rooms::{Change, Limits, Rooms, ServerEdit};
use sqlx::PgPool;

/// A team with one person of each role and one empty document.
#[derive(Clone)]
pub struct World {
    /// The database.
    pub db: PgPool,
    /// The rooms under test.
    pub rooms: Rooms,
    /// Hints that the rooms hear.
    pub bus: Bus,
    /// The team.
    pub team: TeamId,
    /// The document.
    pub document: ProposalId,
    /// Writes.
    pub ada: Caller,
    /// Writes, too.
    pub ben: Caller,
    /// Discusses.
    pub cem: Caller,
    /// Reads.
    pub dot: Caller,
    /// Is in no team.
    pub eve: Caller,
}

/// Limits that do not make a test wait.
pub fn quick() -> Limits {
    Limits { burst_messages: 1_000_000, burst_bytes: 1 << 30, longest_gap: Duration::ZERO, ..Limits::default() }
}

impl World {
    /// With quick limits.
    pub async fn new(db: &PgPool) -> Self {
        Self::with(db, quick()).await
    }

    /// With limits.
    pub async fn with(db: &PgPool, limits: Limits) -> Self {
        let bus = Bus::default();
        let rooms = Rooms::with(db.clone(), Clock::system(), &bus, limits);
        let team = TeamId(fresh_id());
        sqlx::query("insert into teams (id, slug, name, created_at) values ($1, $2, 'Payments', now())")
            .bind(team.0)
            .bind(format!("t{}", &team.0.simple().to_string()[20..]))
            .execute(db)
            .await
            .unwrap();
        let mut people = Vec::new();
        for (name, role) in [("Ada", "editor"), ("Ben", "admin"), ("Cem", "commenter"), ("Dot", "viewer"), ("Eve", "")] {
            people.push(person(db, team, name, role).await);
        }
        let [ada, ben, cem, dot, eve] = people.try_into().unwrap();
        let document = proposal(db, team).await;
        let world = Self { db: db.clone(), rooms, bus, team, document, ada, ben, cem, dot, eve };
        world.start(document, Start::Empty).await;
        world
    }

    /// Begins a document's log.
    pub async fn start(&self, document: ProposalId, start: Start<'_>) {
        let mut line = self.db.acquire().await.unwrap();
        create(&mut line, document, self.team, start, Clock::system().now()).await.unwrap();
    }

    /// The committed text.
    pub async fn text(&self) -> String {
        self.rooms.read(self.document).await.unwrap().text
    }

    /// An edit of the server's for Ada.
    pub async fn set(&self, text: &str) -> Result<i64, server::rooms::RoomError> {
        let edit = ServerEdit { account: Some(self.ada.account), cause: None, change: Change::Text(text.into()) };
        self.rooms.edit(self.document, edit).await
    }

    /// Sets the document's state in the database only.
    pub async fn state(&self, state: &str) {
        sqlx::query("update documents set state = $2 where id = $1").bind(self.document.0).bind(state).execute(&self.db).await.unwrap();
    }

    /// Sets a role in the database only; an empty one ends the membership.
    pub async fn role(&self, account: AccountId, role: &str) {
        let change = if role.is_empty() {
            "delete from members where account = $1 and $2 = ''"
        } else {
            "update members set role = $2 where account = $1"
        };
        sqlx::query(change).bind(account.0).bind(role).execute(&self.db).await.unwrap();
    }

    /// Rows of the log.
    pub async fn rows(&self) -> i64 {
        sqlx::query_scalar("select count(*) from updates where document = $1").bind(self.document.0).fetch_one(&self.db).await.unwrap()
    }

    /// The same database with new rooms, as after a restart.
    pub async fn restarted(self) -> Self {
        self.restarted_with(quick()).await
    }

    /// The same database with other rooms beside these.
    pub fn beside(&self) -> Self {
        let rooms = Rooms::with(self.db.clone(), Clock::system(), &self.bus, quick());
        Self { rooms, ..self.clone() }
    }

    /// As [`Self::restarted`], with limits.
    pub async fn restarted_with(self, limits: Limits) -> Self {
        self.rooms.shutdown().await;
        let rooms = Rooms::with(self.db.clone(), Clock::system(), &self.bus, limits);
        Self { rooms, ..self }
    }
}

/// A person, in the team when the role is not empty.
async fn person(db: &PgPool, team: TeamId, name: &str, role: &str) -> Caller {
    let account = AccountId(fresh_id());
    let email = format!("{}@example.org", account.0);
    sqlx::query("insert into accounts (id, email, name, created_at) values ($1, $2, $3, now())")
        .bind(account.0)
        .bind(&email)
        .bind(name)
        .execute(db)
        .await
        .unwrap();
    if !role.is_empty() {
        sqlx::query("insert into members (team, account, role, joined_at) values ($1, $2, $3, now())")
            .bind(team.0)
            .bind(account.0)
            .bind(role)
            .execute(db)
            .await
            .unwrap();
    }
    Caller { account, name: name.into(), email, operator: false, token: None }
}

/// A proposal's row, without a document.
pub async fn proposal(db: &PgPool, team: TeamId) -> ProposalId {
    static NUMBER: AtomicU32 = AtomicU32::new(1);
    let (design, id) = (fresh_id(), fresh_id());
    sqlx::query("insert into designs (id, team, number, title, created_at, changed_at) values ($1, $2, $3, 'Ledger', now(), now())")
        .bind(design)
        .bind(team.0)
        .bind(NUMBER.fetch_add(1, Ordering::Relaxed).cast_signed())
        .execute(db)
        .await
        .unwrap();
    sqlx::query("insert into proposals (id, design, number, title, base, created_at) values ($1, $2, 1, 'Ledger', 0, now())")
        .bind(id)
        .bind(design)
        .execute(db)
        .await
        .unwrap();
    ProposalId(id)
}
