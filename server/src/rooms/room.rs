//! A room: the task that owns one document. What reaches it is handled one after the other, so nothing in it is locked.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use app::model::ids::{AccountId, ProposalId};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tracing::{Instrument, debug_span};

use super::committer::Outcome;
use super::compact::Compaction;
use super::document::{Damaged, Document};
use super::event::Event;
use super::log::{self, LogError};
use super::news::News;
use super::presence::Presence;
use super::queue::{Entry, Queue};
use super::registry::Shared;
use super::seat::{Close, Seat};
use super::session::Session;
use super::{RoomError, Rooms, wire};
use crate::db::log::{self as db, State};

use elsewhere::Elsewhere;

mod answering;
mod committing;
mod elsewhere;
mod peers;
mod upkeep;
mod writing;

/// Events handled before what they changed is sent out: several keystrokes in one wake-up are one commit and one frame.
const AT_ONCE: usize = 64;

/// One document and everybody who has it open.
pub(super) struct Room {
    id: ProposalId,
    shared: Arc<Shared>,
    document: Document,
    /// The newest committed seq …
    seq: i64,
    /// … and as others may ask for it.
    told_seq: Arc<AtomicI64>,
    state: State,
    /// Whose each Yjs client is; one that has structs but no owner is the server's.
    owners: HashMap<u64, AccountId>,
    /// Causes that landed while the room was open.
    landed: HashMap<String, i64>,
    seats: HashMap<u64, Seat>,
    presence: Presence,
    elsewhere: Elsewhere,
    /// Peers who know of edits that are not here, and may have them from another process.
    doubtful: Vec<u64>,
    queue: Queue,
    /// The answer of the committer to the rows it has.
    flight: Option<oneshot::Receiver<Outcome>>,
    degraded: watch::Receiver<bool>,
    /// The process was degraded when the room last told its peers: what is not committed is shown to those alone who know that it may be lost.
    told_degraded: bool,
    /// The document is not what the log says: open it anew before anything else.
    reload: bool,
    /// Rows behind the newest snapshot.
    tail: u64,
    /// The log has damaged rows. They stay for whoever can mend them, so nothing is compacted.
    damaged: bool,
    /// The newest snapshot being written.
    compaction: Option<JoinHandle<Compaction>>,
    /// What was written since the last checkpoint.
    session: Session,
    edited: Instant,
    used: Instant,
    /// Until when nothing is sent out, because telling everybody took long.
    rest: Option<Instant>,
}

/// Why a room ended.
enum End {
    /// Nobody needs it; it is out of the list.
    Unused,
    /// It cannot go on.
    Failed(RoomError),
}

/// Opens a document and serves it until nobody needs it.
pub(super) async fn run(shared: Arc<Shared>, id: ProposalId, mut events: mpsc::Receiver<Event>, seq: Arc<AtomicI64>) {
    let opening = Room::open(shared.clone(), id, seq).instrument(debug_span!("open", document = %id));
    let end = match opening.await {
        Ok(mut room) => room.serve(&mut events).await,
        Err(error) => End::Failed(error),
    };
    match end {
        // What was sent in the same moment goes to its successor.
        End::Unused => {
            while let Some(event) = events.recv().await {
                Rooms(shared.clone()).send(id, event).await;
            }
        }
        // The next who asks opens it anew; what was asked of this one is answered with the reason.
        End::Failed(error) => {
            shared.forget(id, &mut events);
            while let Some(event) = events.recv().await {
                event.fail(&error);
            }
        }
    }
}

impl Room {
    /// Loads a document from its log.
    async fn open(shared: Arc<Shared>, id: ProposalId, told_seq: Arc<AtomicI64>) -> Result<Self, RoomError> {
        let elsewhere = Elsewhere::listen(shared.link.as_ref(), id).await;
        let (loaded, owners) = load(&shared, id).await?;
        let (now, told_degraded) = (Instant::now(), *shared.degraded.borrow());
        Ok(Self {
            id,
            document: loaded.document,
            seq: loaded.head.seq,
            state: loaded.head.state,
            owners,
            landed: HashMap::new(),
            seats: HashMap::new(),
            presence: Presence::default(),
            elsewhere,
            doubtful: Vec::new(),
            told_seq,
            queue: Queue::default(),
            flight: None,
            told_degraded,
            degraded: shared.degraded.clone(),
            reload: false,
            tail: loaded.tail,
            damaged: loaded.damaged > 0,
            compaction: None,
            session: Session::default(),
            edited: now,
            used: now,
            rest: None,
            shared,
        })
    }

    /// Handles events until the room is not needed or cannot go on.
    async fn serve(&mut self, events: &mut mpsc::Receiver<Event>) -> End {
        let stop = self.shared.stop.clone();
        let limits = &self.shared.limits;
        let mut tick = interval(limits.unload_after.min(limits.rest_after) / 8);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut batch = Vec::new();
        loop {
            tokio::select! {
                () = stop.cancelled() => {
                    self.finish().await;
                    return self.end(RoomError::Away);
                }
                outcome = arrival(&mut self.flight) => self.arrived(outcome).await,
                Ok(()) = self.degraded.changed() => self.mode_changed(),
                message = self.elsewhere.next() => self.told(&message),
                count = events.recv_many(&mut batch, AT_ONCE) => {
                    if count == 0 {
                        self.finish().await;
                        return self.end(RoomError::Away);
                    }
                    self.used = Instant::now();
                    for event in batch.drain(..) {
                        self.handle(event);
                    }
                }
                () = over(self.rest) => self.rest = None,
                _ = tick.tick() => {
                    self.presence.expire(Instant::now());
                    if self.upkeep() && self.shared.retire(self.id, events) {
                        return End::Unused;
                    }
                }
            }
            self.look().await;
            self.follow().await;
            if self.reload
                && let Err(error) = self.reopen().await
            {
                return self.end(error);
            }
            self.send_out();
            self.told_seq.store(self.seq, Ordering::Relaxed);
        }
    }

    /// One event.
    fn handle(&mut self, event: Event) {
        let result = match event {
            Event::Join(join) => {
                self.join(join);
                Ok(())
            }
            Event::Frame(peer, frame) => self.hear(peer, &frame),
            Event::Leave(peer) => {
                self.leave(peer);
                Ok(())
            }
            Event::Read(reply) => self.read(reply),
            Event::Edit(edit, reply) => self.edit(edit, reply),
            Event::Resolve(ranges, reply) => self.resolve(ranges, reply),
            Event::Anchor(seq, offsets, reply) => self.anchor(seq, &offsets, reply),
            Event::State(state, reply) => {
                self.state_is(state);
                let _ = reply.send(());
                Ok(())
            }
            Event::Grown(seq) => {
                self.grown(seq);
                Ok(())
            }
            Event::Access(account, access, reply) => {
                self.access_is(account, access);
                let _ = reply.send(());
                Ok(())
            }
        };
        if let Err(Damaged) = result {
            tracing::error!(document = %self.id, seq = self.seq, "a room's document is damaged and is opened anew from the log");
            self.reload = true;
        }
    }

    /// Sends what a wake-up has changed: presence to peers, rows to the committer.
    fn send_out(&mut self) {
        if self.rest.is_some() {
            return;
        }
        let (news, ours) = self.presence.news();
        if let Some(news) = news {
            self.broadcast(&wire::awareness(&news), &[]);
        }
        if let Some(ours) = ours {
            self.elsewhere.tell(&News::Presence(ours.into()));
        }
        if self.told_degraded {
            self.show();
        }
        self.launch();
    }

    /// The room cannot go on: its peers are told why.
    fn end(&mut self, error: RoomError) -> End {
        let close = match &error {
            RoomError::NotFound => Close::NOT_FOUND,
            RoomError::Damaged => Close::FAULT,
            _ if self.shared.stop.is_cancelled() => Close::RESTART,
            _ => Close::RESYNC,
        };
        for (_, seat) in self.seats.drain() {
            self.shared.metrics.peers.dec();
            seat.close(close);
        }
        let (entries, held) = self.queue.drop_all();
        self.forget_entries(&entries);
        for reply in entries.into_iter().flat_map(|entry| entry.replies) {
            drop(reply.send(Err(error.clone())));
        }
        for held in held {
            answering::fail(held, &error);
        }
        End::Failed(error)
    }
}

/// Waits until then; for ever, when there is no then.
async fn over(rest: Option<Instant>) {
    match rest {
        Some(rest) => sleep_until(rest).await,
        None => std::future::pending().await,
    }
}

/// The committer's answer; never, while nothing is with it.
async fn arrival(flight: &mut Option<oneshot::Receiver<Outcome>>) -> Outcome {
    let Some(answer) = flight else { return std::future::pending().await };
    let outcome = answer.await.unwrap_or(Outcome::Failed);
    *flight = None;
    outcome
}

/// A document and the owners of its Yjs clients.
async fn load(shared: &Shared, id: ProposalId) -> Result<(log::Loaded, HashMap<u64, AccountId>), RoomError> {
    // Never closed: an error is none.
    let _turn = shared.reading.acquire().await.ok();
    let work = async {
        let mut line = shared.db.acquire().await?;
        let loaded = log::load(&mut line, id).await?;
        let owners = db::owners(&mut *line, id).await?;
        shared.metrics.damaged.inc_by(loaded.damaged);
        Ok::<_, LogError>((loaded, owners.into_iter().collect()))
    };
    work.await.map_err(|error| {
        tracing::warn!(document = %id, %error, "a document could not be opened");
        match error {
            LogError::Missing => RoomError::NotFound,
            LogError::Damaged | LogError::Refused => RoomError::Damaged,
            LogError::Sql(_) => RoomError::Away,
        }
    })
}

impl Room {
    /// Forgets the memory that entries were counted for.
    fn forget_entries(&self, entries: &[Entry]) {
        let bytes = entries.iter().map(Entry::size).sum();
        self.shared.uncommitted.fetch_sub(bytes, Ordering::Relaxed);
    }
}
