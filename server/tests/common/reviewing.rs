//! A team with a proposal to be reviewed: what the tests about reviews, threads, the gate and merging begin with.

#![expect(dead_code, reason = "every test binary uses another part of it")]

use std::time::Duration;

use app::backend::{Designs, Import, Reviews, Suggestions, Threads};
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::gate::RequirementName;
use app::model::ids::{AccountId, ProposalId, ReviewId, TeamId, ThreadId};
use app::model::review::Verdict;
use app::model::suggestion::{Suggested, SuggestedEdit, Taken};
use app::model::thread::{Kind, NewThread, Place};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use server::clock::{Clock, fresh_id};
use server::config::PublicUrl;
use server::rooms::{Change, Range, ServerEdit};
use server::service::{Links, Passwords, People, Service};
use sqlx::PgPool;
use tokio_util::task::TaskTracker;

/// The text of a new proposal: ASCII, so that bytes are UTF-16 units.
pub const TEXT: &str = "# Ledger\n\nEvery payment is written twice.\n\n## Storage\n\nOne table holds the entries.\n";

/// The team's name in links.
pub const SLUG: &str = "payments";

/// A team, its people, and the use cases.
#[derive(Clone)]
pub struct World {
    pub service: Service,
    pub db: PgPool,
    pub team: TeamId,
    /// Editor; writes the proposals.
    pub ada: Caller,
    /// Commenter; reviews.
    pub bo: Caller,
    /// Editor; has written nothing yet.
    pub cy: Caller,
    /// Admin.
    pub di: Caller,
    /// Viewer.
    pub vi: Caller,
    /// Admin of another team.
    pub eve: Caller,
}

impl World {
    pub async fn new(db: PgPool) -> Self {
        let team = TeamId(fresh_id());
        add_team(&db, team, SLUG).await;
        let other = TeamId(fresh_id());
        add_team(&db, other, "elsewhere").await;
        Self {
            service: service(&db, Clock::system()),
            team,
            ada: member(&db, team, "Ada", "editor").await,
            bo: member(&db, team, "Bo", "commenter").await,
            cy: member(&db, team, "Cy", "editor").await,
            di: member(&db, team, "Di", "admin").await,
            vi: member(&db, team, "Vi", "viewer").await,
            eve: member(&db, other, "Eve", "admin").await,
            db,
        }
    }

    /// A design by Ada, with its number and first proposal.
    pub async fn design(&self) -> (i32, ProposalId) {
        let import = Import { title: "Ledger".into(), markdown: TEXT.into() };
        let created = self.service.import_design(&self.ada, SLUG, import).await.unwrap();
        (created.number, created.proposal)
    }

    /// A proposal by Ada, a draft.
    pub async fn draft(&self) -> ProposalId {
        self.design().await.1
    }

    /// A proposal by Ada, revision 1 sent to Bo.
    pub async fn sent(&self) -> ProposalId {
        let proposal = self.draft().await;
        assert_eq!(self.send(proposal).await, Ok(1));
        proposal
    }

    /// A proposal by Ada, revision 1 approved by Bo: nothing is missing.
    pub async fn approved(&self) -> ProposalId {
        let proposal = self.sent().await;
        self.review(&self.bo, proposal, 1, Verdict::Approve).await.unwrap();
        proposal
    }

    /// Ada sends it to Bo.
    pub async fn send(&self, proposal: ProposalId) -> Result<i32> {
        self.service.freeze_revision(&self.ada, proposal, vec![self.bo.account]).await
    }

    /// Somebody makes the live text this.
    pub async fn write(&self, who: &Caller, proposal: ProposalId, text: &str) -> i64 {
        let edit = ServerEdit { account: Some(who.account), cause: None, change: Change::Text(text.into()) };
        self.service.rooms().edit(proposal, edit).await.unwrap()
    }

    /// The live text.
    pub async fn text(&self, proposal: ProposalId) -> String {
        self.service.rooms().read(proposal).await.unwrap().text
    }

    pub async fn review(&self, who: &Caller, proposal: ProposalId, revision: i32, verdict: Verdict) -> Result<ReviewId> {
        self.service.submit_review(who, proposal, revision, verdict, "").await
    }

    /// Somebody starts a thread on the words `quote`, as the reader selects them.
    pub async fn thread(&self, who: &Caller, proposal: ProposalId, quote: &str, kind: Kind) -> ThreadId {
        let reading = self.service.rooms().read(proposal).await.unwrap();
        let from = u32::try_from(reading.text.find(quote).expect("the quote is in the text")).unwrap();
        let to = from + u32::try_from(quote.len()).unwrap();
        let place = Place::Offsets { seq: reading.seq, from, to };
        let new = NewThread { proposal, place, quote: quote.into(), kind, body: "Why?".into() };
        self.service.start_thread(who, new).await.unwrap()
    }

    /// The gate's lines that are not met.
    /// One place as the editor gives it.
    pub async fn edit(&self, proposal: ProposalId, original: &str, replacement: &str) -> SuggestedEdit {
        let reading = self.service.rooms().read(proposal).await.unwrap();
        let from = u32::try_from(reading.text.find(original).expect("the words are in the text")).unwrap();
        let offsets = vec![(from, from + u32::try_from(original.len()).unwrap())];
        let Range { start, end } = self.service.rooms().anchor(proposal, reading.seq, offsets).await.unwrap().remove(0).unwrap();
        let (start, end) = (BASE64_STANDARD.encode(start), BASE64_STANDARD.encode(end));
        SuggestedEdit { start, end, original: original.into(), replacement: replacement.into() }
    }

    /// Bo suggests other words.
    pub async fn suggested(&self, proposal: ProposalId, original: &str, replacement: &str) -> ThreadId {
        let (thread, edit) = (ThreadId(fresh_id()), self.edit(proposal, original, replacement).await);
        let taken = self.service.suggest(&self.bo, proposal, vec![Suggested { thread, edits: vec![edit] }]).await.unwrap();
        assert_eq!(taken, [Taken::Kept]);
        thread
    }

    pub async fn missing(&self, proposal: ProposalId) -> Vec<RequirementName> {
        let gate = self.service.gate(&self.bo, proposal).await.unwrap();
        gate.requirements.into_iter().filter(|requirement| !requirement.met).map(|requirement| requirement.name).collect()
    }

    /// What waits for somebody, as sentences.
    pub async fn waiting(&self, who: &Caller) -> Vec<String> {
        let page = app::backend::Inboxes::inbox(&self.service, who, None).await.unwrap();
        page.items.into_iter().map(|item| format!("{} {}", item.who.name, item.what)).collect()
    }
}

/// The use cases over a test's database.
pub fn service(db: &PgPool, clock: Clock) -> Service {
    let url: PublicUrl = "http://127.0.0.1:3000".parse().unwrap();
    let (links, passwords) = (Links::new(url), Passwords::default());
    let people = People { links, mail: None, set_up_code: None, passwords, tasks: TaskTracker::default() };
    Service::new(db.clone(), clock, people)
}

async fn add_team(db: &PgPool, team: TeamId, slug: &str) {
    let insert = sqlx::query("insert into teams (id, slug, name, created_at) values ($1, $2, $2, now())");
    insert.bind(team.0).bind(slug).execute(db).await.unwrap();
}

/// Somebody new in a team.
pub async fn member(db: &PgPool, team: TeamId, name: &str, role: &str) -> Caller {
    let account = AccountId(fresh_id());
    let email = format!("{}@example.org", name.to_lowercase());
    let insert = sqlx::query("insert into accounts (id, email, name, created_at) values ($1, $2, $3, now())");
    insert.bind(account.0).bind(&email).bind(name).execute(db).await.unwrap();
    let insert = sqlx::query("insert into members (team, account, role, joined_at) values ($1, $2, $3, now())");
    insert.bind(team.0).bind(account.0).bind(role).execute(db).await.unwrap();
    Caller { account, name: name.into(), email, operator: false, token: None }
}

/// The code of a conflict.
#[track_caller]
pub fn code<T: std::fmt::Debug>(answer: Result<T>) -> String {
    match answer {
        Err(AppError::Conflict { code, .. }) => code,
        other => panic!("expected a conflict, got {other:?}"),
    }
}

/// The field of what was invalid.
#[track_caller]
pub fn field<T: std::fmt::Debug>(answer: Result<T>) -> String {
    match answer {
        Err(AppError::Invalid { field, .. }) => field,
        other => panic!("expected something invalid, got {other:?}"),
    }
}

/// Waits until `count` statements of this database wait for a lock.
pub async fn waiting_for_locks(db: &PgPool, count: i64) {
    let ask = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let waited = async {
        while sqlx::query_scalar::<_, i64>(ask).fetch_one(db).await.unwrap() < count {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waited).await.expect("nothing waits for the lock");
}
