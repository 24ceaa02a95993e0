//! Which documents are open: one room each, found, started and retired under one lock.

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use app::model::ids::{AccountId, ProposalId};
use app::model::role::Act;
use sqlx::PgPool;
use tokio::sync::{Semaphore, mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::committer::Order;
use super::event::{Access, Event, Reply};
use super::limits::Limits;
use super::metrics::Metrics;
use super::{RoomError, Rooms, room};
use crate::bus::Link;
use crate::clock::Clock;
use crate::db;

/// An open room, as the list has it.
#[derive(Clone, Debug)]
pub struct Handle {
    /// What it is told.
    pub events: mpsc::Sender<Event>,
    /// The newest seq it has, for whoever compares it with the log.
    pub seq: Arc<AtomicI64>,
}

/// What rooms share.
pub struct Shared {
    /// Where the log is.
    pub db: PgPool,
    /// Time.
    pub clock: Clock,
    /// Bounds.
    pub limits: Limits,
    /// The line to other processes.
    pub link: Option<Link>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The lock is held to look up or insert, never across an await; a handle is inserted before its document is loaded, so nothing is loaded twice.
    pub rooms: Mutex<HashMap<ProposalId, Handle>>,
    /// Open sockets of each account. The lock is held to count.
    pub sockets: Mutex<HashMap<AccountId, u32>>,
    /// Bytes of large messages that may still come in.
    pub incoming: Arc<Semaphore>,
    /// Texts that are read from the log at once. When everybody comes back after a restart, commits and requests still find a connection.
    pub reading: Semaphore,
    /// Rows to be committed. Unbounded, but a room has one order at a time.
    pub orders: mpsc::UnboundedSender<Order>,
    /// Whether the process shows what is not on disk.
    pub degraded: watch::Receiver<bool>,
    /// Bytes of edits that are not committed, in all rooms.
    pub uncommitted: AtomicUsize,
    /// Numbers connections.
    pub next_peer: AtomicU64,
    /// Taken to keep a text, of a writing session or as a snapshot: when many rooms have one to keep, their texts are not all copied at once.
    pub keeping: Arc<Semaphore>,
    /// Ends all rooms.
    pub stop: CancellationToken,
    /// Tasks that shutdown waits for.
    pub tracker: TaskTracker,
    /// Stops the committer, once no room is left.
    pub last: CancellationToken,
}

impl Rooms {
    /// Counts a connection of an account for as long as the answer lives; none: it has too many.
    pub(super) fn count(&self, account: AccountId) -> Option<Counted> {
        let mut sockets = locked(&self.0.sockets);
        let count = sockets.entry(account).or_default();
        (*count < self.0.limits.sockets_per_account).then(|| {
            *count += 1;
            Counted { rooms: self.clone(), account }
        })
    }

    /// Asks a document's room, opening it when it is not.
    pub(super) async fn ask<T>(&self, document: ProposalId, question: impl FnOnce(Reply<T>) -> Event) -> Result<T, RoomError> {
        let (reply, answer) = oneshot::channel();
        self.send(document, question(reply)).await.ok_or(RoomError::Away)?;
        answer.await.unwrap_or(Err(RoomError::Away))
    }

    /// Tells a document's room, when it is open, and waits until it knows.
    pub(super) async fn tell_live(&self, document: ProposalId, news: impl FnOnce(oneshot::Sender<()>) -> Event) {
        let room = locked(&self.0.rooms).get(&document).cloned();
        let (reply, answer) = oneshot::channel();
        if let Some(room) = room
            && room.events.send(news(reply)).await.is_ok()
        {
            // An error: the room has ended, and whoever opens the next asks the database.
            let _ = answer.await;
        }
    }

    /// Sends an event to a document's room; one that ends at the same moment is opened again. None: the process stops.
    pub(super) async fn send(&self, document: ProposalId, mut event: Event) -> Option<mpsc::Sender<Event>> {
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
        if let Some(room) = rooms.get(&document).filter(|room| !room.events.is_closed()) {
            return room.events.clone();
        }
        let (room, events) = mpsc::channel(self.0.limits.room_events);
        let seq = Arc::<AtomicI64>::default();
        rooms.insert(document, Handle { events: room.clone(), seq: seq.clone() });
        self.0.tracker.spawn(room::run(self.0.clone(), document, events, seq));
        room
    }
}

impl Shared {
    /// Takes a room that cannot go on out of the list. Its channel is open, so what the list has is it and no successor.
    pub fn forget(&self, document: ProposalId, events: &mut mpsc::Receiver<Event>) {
        let mut rooms = locked(&self.rooms);
        rooms.remove(&document);
        events.close();
    }

    /// As [`Self::forget`], unless somebody has asked for it meanwhile: decided under the lock that every asker passes.
    pub fn retire(&self, document: ProposalId, events: &mut mpsc::Receiver<Event>) -> bool {
        let mut rooms = locked(&self.rooms);
        let unused = events.is_empty();
        if unused {
            rooms.remove(&document);
            events.close();
        }
        unused
    }

    /// What an account may do in documents.
    pub async fn access(&self, account: AccountId, documents: &[ProposalId]) -> HashMap<ProposalId, Access> {
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

/// One counted connection.
pub struct Counted {
    rooms: Rooms,
    account: AccountId,
}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Counted").field(&self.account).finish()
    }
}

impl Drop for Counted {
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
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
