//! The use cases: one file per noun, implementing the port in `app::backend`. Access is checked here, for every door.

use std::sync::Arc;

use app::model::ids::AccountId;
use sqlx::PgPool;
use tokio_util::task::TaskTracker;

use crate::bus::{Bus, Hint};
use crate::clock::Clock;
use crate::mail::Mail;
use crate::rooms::Rooms;
use crate::rooms::limits::Limits;

pub mod access;
mod accounts;
mod blocking;
mod decisions;
mod designs;
mod facts;
pub mod fault;
mod forms;
pub mod hearing;
pub(crate) mod history;
mod inbox;
pub(crate) mod jobs;
mod keyset;
mod limits;
mod links;
mod merge;
mod naming;
mod operating;
mod passwords;
mod pictures;
mod proposals;
mod prose;
mod recovery;
mod reviews;
mod revisions;
mod sample;
mod search;
mod secrets;
mod sessions;
mod standing;
mod suggestions;
mod teams;
mod templates;
mod texts;
mod threads;
mod timelines;
mod tokens;
mod told;
mod unsent;
mod warming;
mod wording;

pub use links::Links;
pub use passwords::Passwords;
pub use pictures::{Keeping, PER_TEAM};
pub use secrets::set_up_code;
pub use sessions::{ABSOLUTE, Credential, IDLE, session_key};

/// All use cases over one database. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    /// The truth.
    pub(crate) db: PgPool,
    /// The live texts.
    pub(crate) rooms: Rooms,
    /// Hints to open pages.
    pub(crate) bus: Bus,
    /// Time.
    pub(crate) clock: Clock,
    /// How people are let in and written to.
    pub(crate) people: Arc<People>,
    /// Where pictures are kept.
    pub(crate) pictures: Keeping,
    /// Texts as HTML.
    pub(crate) texts: Arc<texts::Texts>,
}

/// How people are let in and written to.
#[derive(Debug)]
pub struct People {
    /// Where links lead.
    pub links: Links,
    /// None: no mail is set up.
    pub mail: Option<Mail>,
    /// What the first account needs; none: this process found accounts when it started.
    pub set_up_code: Option<String>,
    /// Hashes and checks passwords.
    pub passwords: Passwords,
    /// Mails under way, waited for at shutdown.
    pub tasks: TaskTracker,
}

impl Service {
    /// The use cases over a database, with the rooms' usual limits. Starts tasks, so it needs a runtime.
    pub fn new(db: PgPool, clock: Clock, people: People) -> Self {
        Self::with(db, clock, people, Limits::default(), Bus::default())
    }

    /// The use cases over a database, with limits of one's own for the rooms, and a bus that may reach other processes.
    pub fn with(db: PgPool, clock: Clock, people: People, limits: Limits, bus: Bus) -> Self {
        let rooms = Rooms::with(db.clone(), clock.clone(), &bus, limits);
        Self { db, rooms, bus, clock, people: Arc::new(people), pictures: Keeping::default(), texts: Arc::default() }
    }

    /// The same, with pictures kept elsewhere or otherwise than by default.
    #[must_use]
    pub fn keeping_pictures(self, pictures: Keeping) -> Self {
        Self { pictures, ..self }
    }

    /// The live texts, for sockets.
    pub fn rooms(&self) -> &Rooms {
        &self.rooms
    }

    /// Hints, for sockets.
    pub fn bus(&self) -> &Bus {
        &self.bus
    }

    /// The truth, for the session store and jobs.
    pub fn db(&self) -> &PgPool {
        &self.db
    }

    /// Whether the database answers, for health checks.
    pub async fn database_answers(&self) -> bool {
        crate::db::answers(&self.db).await.is_ok()
    }

    /// Removes what no longer limits, lets in or concerns anybody. Called now and then.
    pub async fn tidy(&self) {
        let done = async {
            crate::db::limits::tidy(&self.db, self.clock.now()).await?;
            crate::db::changes::tidy(&self.db).await
        };
        if let Err(error) = done.await {
            tracing::warn!(%error, "could not tidy up; trying again later");
        }
    }

    /// Time.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Mails under way.
    pub fn tasks(&self) -> &TaskTracker {
        &self.people.tasks
    }

    /// What an account may do changed: its sockets look again, before this returns. Call it after the commit.
    pub(crate) async fn access_changed(&self, account: AccountId) {
        self.bus.tell(Hint::Access { account });
        self.rooms.access_changed(account).await;
    }
}
