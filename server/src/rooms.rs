//! The live documents. A room is a task that owns its document; what it acknowledged or showed to somebody else is in the log.

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use app::model::account::Caller;
use app::model::ids::{AccountId, ProposalId};
use app::model::role::Act;
use app::model::token::Scope;
use sqlx::PgPool;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bus::Bus;
use crate::clock::Clock;
use crate::db;
use crate::db::history::Entry;
use committer::Committer;
use event::{Event, Join};
use metrics::Metrics;
use registry::{Shared, locked};
use seat::Outlet;

pub mod budget;
mod committer;
mod compact;
pub mod document;
mod event;
mod health;
pub mod limits;
pub mod lineage;
pub mod log;
mod lookout;
pub mod merge;
mod metrics;
mod news;
pub mod presence;
mod queue;
mod registry;
mod room;
pub mod scan;
mod seat;
mod session;
pub mod unsent;
pub mod varint;
pub mod wire;

pub use event::{Places, Ranges};
pub use limits::Limits;
pub use seat::{Close, Line, Peer, Who};

/// Texts, of ended writing sessions and as snapshots, that are being written at once: each is a copy of its document's.
const TEXTS_KEPT_AT_ONCE: usize = 2;

/// All rooms of this process. Cheap to clone.
#[derive(Clone)]
pub struct Rooms(Arc<Shared>);

/// A live text as it is on disk.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The Markdown.
    pub text: String,
    /// The seq of the log it shows.
    pub seq: i64,
    /// The Yjs state it shows (one update, v1).
    pub state: Vec<u8>,
}

/// A pair of encoded Yjs relative positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// Start, assoc 0.
    pub start: Vec<u8>,
    /// End, assoc -1.
    pub end: Vec<u8>,
}

/// An edit that the server makes, through the same path as everybody's.
#[derive(Clone, Debug)]
pub struct ServerEdit {
    /// Who asked for it and becomes an author; none: Quorum itself (a merged version arriving).
    pub account: Option<AccountId>,
    /// What it comes from; an edit of the same cause lands once, however often it is asked for.
    pub cause: Option<String>,
    /// What to do.
    pub change: Change,
}

/// What a server's edit does.
#[derive(Clone, Debug)]
pub enum Change {
    /// Make the text this, by word-level edits on the live text.
    Text(String),
    /// The same, and what it was before is kept in the same transaction, as a checkpoint at the seq before, with the line of history that says who
    /// put an older text in its place.
    PutBack(String, Entry),
    /// Put other words into these places, in all of them or none.
    Swap(Vec<Swap>),
    /// Apply these bytes.
    Update(Vec<u8>),
    /// A merged version arrives: apply its update, and raise the proposal's base to its number in the same transaction.
    Version {
        /// The version.
        number: i32,
        /// Its stored update.
        update: Vec<u8>,
    },
}

/// Other words for a place of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// The place.
    pub range: Range,
    /// What must be there; empty only where the whole text must be.
    pub original: String,
    /// What is to be there.
    pub replacement: String,
}

/// Why a room could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    /// No such document, or none of the caller's business.
    #[error("there is no such document")]
    NotFound,
    /// They may not write, or nobody may now.
    #[error("this document cannot be written in")]
    ReadOnly,
    /// What was to be replaced reads otherwise by now, or its cause has been dealt with in another way.
    #[error("the text is not what the edit was made for")]
    Outdated,
    /// Larger than the limit.
    #[error("the document is larger than its limit")]
    TooLarge,
    /// The log cannot be written or read at present.
    #[error("the database is away")]
    Away,
    /// The stored bytes cannot be read; nothing was overwritten.
    #[error("the stored document is damaged")]
    Damaged,
}

impl Rooms {
    /// Rooms over a log, with the usual limits. Starts tasks, so it needs a runtime.
    pub fn new(db: PgPool, clock: Clock, bus: Bus) -> Self {
        Self::with(db, clock, &bus, Limits::default())
    }

    /// Rooms over a log, with limits of one's own.
    pub fn with(db: PgPool, clock: Clock, bus: &Bus, limits: Limits) -> Self {
        // Unbounded, but a room has one order at a time.
        let (orders, taken) = mpsc::unbounded_channel();
        let (mode, degraded) = watch::channel(false);
        let last = CancellationToken::new();
        let metrics = Arc::new(Metrics::default());
        let committer = Committer {
            db: db.clone(),
            clock: clock.clone(),
            limits: limits.clone(),
            orders: taken,
            degraded: mode,
            metrics: metrics.clone(),
            stop: last.clone(),
        };
        tokio::spawn(committer.run());
        // A quarter of the connections: texts are read in milliseconds, and more at once would not be read sooner.
        let reading = Semaphore::new((db.options().get_max_connections() / 4).max(1) as usize);
        let rooms = Self(Arc::new(Shared {
            db,
            clock,
            incoming: Arc::new(Semaphore::new(limits.incoming_bytes)),
            limits,
            metrics,
            link: bus.link().cloned(),
            rooms: Mutex::default(),
            sockets: Mutex::default(),
            reading,
            orders,
            degraded,
            uncommitted: AtomicUsize::new(0),
            next_peer: AtomicU64::new(1),
            keeping: Arc::new(Semaphore::new(TEXTS_KEPT_AT_ONCE)),
            stop: CancellationToken::new(),
            tracker: TaskTracker::new(),
            last,
        }));
        rooms.look_out(bus);
        rooms
    }

    /// The text with everything received so far committed.
    pub async fn read(&self, document: ProposalId) -> Result<Reading, RoomError> {
        self.ask(document, Event::Read).await
    }

    /// Makes an edit of the server's; answers the seq that it landed at (or had landed at before, by its cause).
    pub async fn edit(&self, document: ProposalId, edit: ServerEdit) -> Result<i64, RoomError> {
        if let Some(cause) = &edit.cause
            && let Some(seq) = db::log::landed(&self.0.db, document, cause).await.map_err(|_| RoomError::Away)?
        {
            return Ok(seq);
        }
        self.ask(document, |reply| Event::Edit(edit, reply)).await
    }

    /// Where ranges are in the live text now: UTF-16 offsets; none where one end resolves to nothing. Also the text they were resolved in.
    pub async fn resolve(&self, document: ProposalId, ranges: Vec<Range>) -> Result<(Reading, Places), RoomError> {
        self.ask(document, |reply| Event::Resolve(ranges, reply)).await
    }

    /// Relative positions for UTF-16 offsets of the live text as it was at `seq`; none beyond its end, and none when the log does not reach back
    /// to it any more.
    pub async fn anchor(&self, document: ProposalId, seq: i64, offsets: Vec<(u32, u32)>) -> Result<Ranges, RoomError> {
        let wanted = offsets.clone();
        if let Some(ranges) = self.ask(document, |reply| Event::Anchor(seq, wanted, reply)).await? {
            return Ok(ranges);
        }
        // The text has moved on: positions name characters, so those made in the text of then are good in the text of now.
        let mut line = self.0.db.acquire().await.map_err(|_| RoomError::Away)?;
        match log::at(&mut line, document, seq).await {
            Ok(Some(mut then)) => then.anchor(&offsets).map_err(|_| RoomError::Damaged),
            Ok(None) => Ok(vec![None; offsets.len()]),
            Err(log::LogError::Missing) => Err(RoomError::NotFound),
            Err(log::LogError::Sql(_)) => Err(RoomError::Away),
            Err(log::LogError::Damaged | log::LogError::Refused) => Err(RoomError::Damaged),
        }
    }

    /// The state of a document changed in the database (held, released, merged, closed, reopened): its room looks again, before this returns.
    pub async fn refresh(&self, document: ProposalId) {
        // Away: the room keeps its state, and each append asks the database itself.
        let Ok(head) = db::log::head(&self.0.db, document).await else { return };
        self.tell_live(document, |reply| Event::State(head.map(|head| head.state), reply)).await;
    }

    /// What somebody may do changed: their peers are closed or downgraded, before this returns.
    pub async fn access_changed(&self, account: AccountId) {
        let live: Vec<ProposalId> = locked(&self.0.rooms).keys().copied().collect();
        let access = self.0.access(account, &live).await;
        for (document, access) in access {
            self.tell_live(document, |reply| Event::Access(account, access, reply)).await;
        }
    }

    /// Connects a caller to a document, which talks to them over `line` until the answer is dropped. An error: why not, untold.
    pub async fn connect(&self, document: ProposalId, caller: &Caller, wants_acks: bool, line: Arc<dyn Line>) -> Result<Peer, Close> {
        let counted = self.count(caller.account).ok_or(Close::LATER)?;
        let found = db::access::team_of_proposal(&self.0.db, document, caller.account).await.map_err(|_| Close::LATER)?;
        let (team, role) = found.ok_or(Close::NOT_FOUND)?;
        if caller.token.is_some_and(|(bound, _)| bound != team) {
            return Err(Close::NOT_FOUND);
        }
        if self.0.stop.is_cancelled() {
            return Err(Close::RESTART);
        }
        let peer = self.0.next_peer.fetch_add(1, Ordering::Relaxed);
        let join = Join {
            peer,
            who: Who::new(caller.account, &caller.name),
            scope: caller.token.map_or(Scope::Write, |(_, scope)| scope),
            may_write: role.may(Act::Write),
            acks: wants_acks,
            out: Outlet(line),
        };
        let room = self.send(document, Event::Join(join)).await.ok_or(Close::RESTART)?;
        Ok(Peer { id: peer, room, _counted: counted })
    }

    /// Counts a connection that took nothing for too long.
    pub fn stalled(&self) {
        self.0.metrics.slow.inc();
    }

    /// Ends all rooms: commits what was received, closes peers, waits for both. New connections are refused from now on.
    pub async fn shutdown(&self) {
        self.0.stop.cancel();
        self.0.tracker.close();
        self.0.tracker.wait().await;
        self.0.last.cancel();
    }

    /// Bytes of large messages that may still come in, in the whole process.
    pub fn incoming(&self) -> Arc<Semaphore> {
        self.0.incoming.clone()
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Whether the process is degraded: people are shown what is not on disk.
    pub fn degraded(&self) -> bool {
        *self.0.degraded.borrow()
    }

    /// How many documents are open.
    pub fn open(&self) -> usize {
        locked(&self.0.rooms).len()
    }

    /// What is counted, in Prometheus' text format.
    pub fn metrics(&self) -> String {
        let metrics = &self.0.metrics;
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        metrics.rooms.set(count(self.open()));
        metrics.uncommitted.set(count(self.0.uncommitted.load(Ordering::Relaxed)));
        metrics.degraded.set(self.degraded().into());
        metrics.text()
    }

    /// A task that shutdown waits for.
    pub fn track<F: Future>(&self, task: F) -> impl Future<Output = F::Output> + use<F> {
        self.0.tracker.track_future(task)
    }
}
