//! The live documents. A room is a task that owns its document; what it acknowledged or showed to somebody else is in the log.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use app::model::account::Caller;
use app::model::ids::{AccountId, ProposalId};
use app::model::role::Act;
use app::model::token::Scope;
use sqlx::PgPool;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bus::{Bus, Hint};
use crate::clock::Clock;
use crate::db;
use committer::{Committer, Order};
use event::{Access, Event, Join};
use seat::Who;

pub mod budget;
mod committer;
mod compact;
pub mod document;
mod event;
mod health;
pub mod limits;
pub mod lineage;
pub mod log;
pub mod merge;
mod presence;
mod queue;
mod room;
pub mod scan;
mod seat;
pub mod varint;
pub mod wire;

pub use limits::Limits;
pub use seat::{Close, Peer};

/// All rooms of this process. Cheap to clone.
#[derive(Clone)]
pub struct Rooms(Arc<Shared>);

/// What rooms share.
struct Shared {
    db: PgPool,
    clock: Clock,
    limits: Limits,
    /// The lock is held to look up or insert, never across an await; a handle is inserted before its document is loaded, so nothing is loaded twice.
    rooms: Mutex<HashMap<ProposalId, mpsc::Sender<Event>>>,
    /// Open sockets of each account. The lock is held to count.
    sockets: Mutex<HashMap<AccountId, u32>>,
    orders: mpsc::UnboundedSender<Order>,
    degraded: watch::Receiver<bool>,
    /// Bytes of edits that are not committed, in all rooms.
    uncommitted: AtomicUsize,
    next_peer: AtomicU64,
    stop: CancellationToken,
    tracker: TaskTracker,
    /// Stops the committer, once no room is left.
    last: CancellationToken,
}

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

/// Why a room could not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoomError {
    /// No such document, or none of the caller's business.
    #[error("there is no such document")]
    NotFound,
    /// They may not write, or nobody may now.
    #[error("this document cannot be written in")]
    ReadOnly,
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
        let committer = Committer {
            db: db.clone(),
            clock: clock.clone(),
            limits: limits.clone(),
            orders: taken,
            degraded: mode,
            stop: last.clone(),
        };
        tokio::spawn(committer.run());
        let rooms = Self(Arc::new(Shared {
            db,
            clock,
            limits,
            rooms: Mutex::default(),
            sockets: Mutex::default(),
            orders,
            degraded,
            uncommitted: AtomicUsize::new(0),
            next_peer: AtomicU64::new(1),
            stop: CancellationToken::new(),
            tracker: TaskTracker::new(),
            last,
        }));
        tokio::spawn(rooms.clone().listen(bus.listen()));
        rooms
    }

    /// Looks again at what accounts may do whenever the bus says that it changed.
    async fn listen(self, mut hints: broadcast::Receiver<Hint>) {
        loop {
            let hint = tokio::select! {
                () = self.0.stop.cancelled() => return,
                hint = hints.recv() => hint,
            };
            match hint {
                Ok(Hint::Access { account }) => self.access_changed(account).await,
                Ok(_) => {}
                Err(broadcast::error::RecvError::Closed) => return,
                // Hints were lost, perhaps one of these.
                Err(broadcast::error::RecvError::Lagged(_)) => {
                    let accounts: Vec<_> = locked(&self.0.sockets).keys().copied().collect();
                    for account in accounts {
                        self.access_changed(account).await;
                    }
                }
            }
        }
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
    pub async fn resolve(&self, document: ProposalId, ranges: Vec<Range>) -> Result<(Reading, Vec<Option<(u32, u32)>>), RoomError> {
        self.ask(document, |reply| Event::Resolve(ranges, reply)).await
    }

    /// Relative positions for UTF-16 offsets of the live text as it was at `seq`; none beyond its end, and none when the log does not reach back
    /// to it any more.
    pub async fn anchor(&self, document: ProposalId, seq: i64, offsets: Vec<(u32, u32)>) -> Result<Vec<Option<Range>>, RoomError> {
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

    /// A connection of a caller to a document; what a websocket is to be fed with.
    pub async fn connect(&self, document: ProposalId, caller: &Caller, wants_acks: bool) -> Result<Peer, Close> {
        let found = db::access::team_of_proposal(&self.0.db, document, caller.account).await.map_err(|_| Close::LATER)?;
        let (team, role) = found.ok_or(Close::NOT_FOUND)?;
        if caller.token.is_some_and(|(bound, _)| bound != team) {
            return Err(Close::NOT_FOUND);
        }
        if self.0.stop.is_cancelled() {
            return Err(Close::RESTART);
        }
        let peer = self.0.next_peer.fetch_add(1, Ordering::Relaxed);
        let (out, frames) = mpsc::channel(self.0.limits.peer_frames);
        let closing = Arc::new(OnceLock::new());
        let join = Join {
            peer,
            who: Who::new(caller.account, &caller.name),
            writes: caller.token.is_none_or(|(_, scope)| scope == Scope::Write),
            may_write: role.may(Act::Write),
            acks: wants_acks,
            out,
            closing: closing.clone(),
        };
        let room = self.send(document, Event::Join(join)).await.ok_or(Close::RESTART)?;
        Ok(Peer { id: peer, room, frames, closing })
    }

    /// Ends all rooms: commits what was received, closes peers, waits for both. New connections are refused from now on.
    pub async fn shutdown(&self) {
        self.0.stop.cancel();
        self.0.tracker.close();
        self.0.tracker.wait().await;
        self.0.last.cancel();
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Whether the process is degraded: readiness says so.
    pub fn degraded(&self) -> bool {
        *self.0.degraded.borrow()
    }

    /// How many documents are open.
    pub fn open(&self) -> usize {
        locked(&self.0.rooms).len()
    }

    /// Counts a socket of an account for as long as the answer lives; none: it has too many.
    pub fn socket(&self, account: AccountId) -> Option<Socket> {
        let mut sockets = locked(&self.0.sockets);
        let count = sockets.entry(account).or_default();
        (*count < self.0.limits.sockets_per_account).then(|| {
            *count += 1;
            Socket { rooms: self.clone(), account }
        })
    }

    /// A task that shutdown waits for.
    pub fn track<F: Future>(&self, task: F) -> impl Future<Output = F::Output> + use<F> {
        self.0.tracker.track_future(task)
    }

    /// Asks a document's room, opening it when it is not.
    async fn ask<T>(&self, document: ProposalId, question: impl FnOnce(event::Reply<T>) -> Event) -> Result<T, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.send(document, question(reply)).await.ok_or(RoomError::Away)?;
        answer.await.unwrap_or(Err(RoomError::Away))
    }

    /// Tells a document's room, when it is open, and waits until it knows.
    async fn tell_live(&self, document: ProposalId, news: impl FnOnce(oneshot::Sender<()>) -> Event) {
        let room = locked(&self.0.rooms).get(&document).cloned();
        let (reply, answer) = oneshot::channel();
        if let Some(room) = room
            && room.send(news(reply)).await.is_ok()
        {
            // An error: the room has ended, and whoever opens the next asks the database.
            let _ = answer.await;
        }
    }

    /// Sends an event to a document's room; one that ends at the same moment is opened again. None: the process stops.
    async fn send(&self, document: ProposalId, mut event: Event) -> Option<mpsc::Sender<Event>> {
        while !self.0.stop.is_cancelled() {
            let room = self.room(document);
            match room.send(event).await {
                Ok(()) => return Some(room),
                Err(mpsc::error::SendError(back)) => event = back,
            }
        }
        None
    }

    /// The handle of a document's room, which is started when there is none.
    fn room(&self, document: ProposalId) -> mpsc::Sender<Event> {
        let mut rooms = locked(&self.0.rooms);
        if let Some(room) = rooms.get(&document).filter(|room| !room.is_closed()) {
            return room.clone();
        }
        let (room, events) = mpsc::channel(self.0.limits.room_events);
        rooms.insert(document, room.clone());
        self.0.tracker.spawn(room::run(self.0.clone(), document, events));
        room
    }
}

impl Shared {
    /// Takes a room that cannot go on out of the list. Its channel is open, so what the list has is it and no successor.
    fn forget(&self, document: ProposalId, events: &mut mpsc::Receiver<Event>) {
        let mut rooms = locked(&self.rooms);
        rooms.remove(&document);
        events.close();
    }

    /// As [`Self::forget`], unless somebody has asked for it meanwhile: decided under the lock that every asker passes.
    fn retire(&self, document: ProposalId, events: &mut mpsc::Receiver<Event>) -> bool {
        let mut rooms = locked(&self.rooms);
        let unused = events.is_empty();
        if unused {
            rooms.remove(&document);
            events.close();
        }
        unused
    }

    /// What an account may do in documents.
    async fn access(&self, account: AccountId, documents: &[ProposalId]) -> HashMap<ProposalId, Access> {
        let ids: Vec<_> = documents.iter().map(|document| document.0).collect();
        let roles = db::log::roles(&self.db, account, &ids).await;
        let fallback = if roles.is_ok() { Access::None } else { Access::Unknown };
        let mut access: HashMap<_, _> = documents.iter().map(|document| (*document, fallback)).collect();
        for (document, role) in roles.unwrap_or_default() {
            access.insert(document, if role.may(Act::Write) { Access::Write } else { Access::Read });
        }
        access
    }
}

/// One counted socket.
pub struct Socket {
    rooms: Rooms,
    account: AccountId,
}

impl Drop for Socket {
    fn drop(&mut self) {
        let mut sockets = locked(&self.rooms.0.sockets);
        if let Some(count) = sockets.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                sockets.remove(&self.account);
            }
        }
    }
}

/// Locks a map; a panic while it was held left it whole, because nothing under these locks can fail half-way.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
