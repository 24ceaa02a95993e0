//! One connection to a room: the peer's handle on one side, the room's record of it on the other.

use std::collections::VecDeque;
use std::sync::{Arc, OnceLock};

use app::model::ids::AccountId;
use app::model::token::Scope;
use bytes::Bytes;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Duration, Instant};

use super::event::Event;

/// Why a connection ends: a websocket close code and a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    /// The code.
    pub code: u16,
    /// For people who read logs.
    pub reason: &'static str,
}

/// The close codes of `/sync`; clients act on the code alone. Stock providers give up for good at 4400 to 4499, so only what is final is among
/// these; what passes is from 4500 on.
impl Close {
    /// The server stops: reconnect, spread over time.
    pub const RESTART: Self = Self { code: 1012, reason: "restart" };
    /// Bytes that are no message, or no text.
    pub const MALFORMED: Self = Self { code: 1007, reason: "malformed" };
    /// A fault of the server's.
    pub const FAULT: Self = Self { code: 1011, reason: "fault" };
    /// The session or token has ended.
    pub const SIGNED_OUT: Self = Self { code: 4401, reason: "signed out" };
    /// May not read any more.
    pub const FORBIDDEN: Self = Self { code: 4403, reason: "may not read" };
    /// No such document, or none of theirs.
    pub const NOT_FOUND: Self = Self { code: 4404, reason: "no such document" };
    /// Too slow, or its edits do not fit: reconnect and resync.
    pub const RESYNC: Self = Self { code: 4509, reason: "resync" };
    /// The document would be too large: final.
    pub const TOO_LARGE: Self = Self { code: 4413, reason: "too large" };
    /// Too much at once, or no database: reconnect later.
    pub const LATER: Self = Self { code: 4529, reason: "later" };
}

/// Whose connection it is, as others see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its colour, `#rrggbb`: the same in every document.
    pub colour: &'static str,
}

/// Colours of carets that read on light and on dark paper.
const COLOURS: [&str; 12] =
    ["#c2410c", "#b45309", "#4d7c0f", "#15803d", "#0f766e", "#0e7490", "#0369a1", "#1d4ed8", "#6d28d9", "#a21caf", "#be185d", "#b91c1c"];

impl Who {
    /// An account under its name.
    pub fn new(account: AccountId, name: &str) -> Self {
        let sum: usize = account.0.as_bytes().iter().map(|byte| usize::from(*byte)).sum();
        Self { account, name: name.to_owned(), colour: COLOURS[sum % COLOURS.len()] }
    }
}

/// What a room has to say to a connection beside frames.
#[derive(Debug, Default)]
pub(super) struct Signals {
    /// Why it ends.
    pub closing: OnceLock<Close>,
    /// What its account may do has changed: perhaps its session has ended.
    pub doubt: Notify,
}

/// What is sent to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// A message.
    Frame(Bytes),
    /// A sign of life.
    Ping,
}

/// What a connection says to its room. Dropping it leaves the room.
#[derive(Debug)]
pub struct Peer {
    pub(super) id: u64,
    pub(super) room: mpsc::Sender<Event>,
    /// Weak: only the room keeps the connection open.
    pub(super) out: mpsc::WeakSender<Said>,
    pub(super) signals: Arc<Signals>,
}

impl Peer {
    /// Hands a message to the room; waits while the room has too many. False: the room is gone.
    pub async fn send(&self, frame: Bytes) -> bool {
        self.room.send(Event::Frame(self.id, frame)).await.is_ok()
    }

    /// Waits until what its account may do has changed, so that its credential is to be looked at again.
    pub async fn doubted(&self) {
        self.signals.doubt.notified().await;
    }

    /// Has the client pinged. One that is too far behind for that has had enough signs of life.
    pub fn ping(&self) {
        let _ = self.out.upgrade().map(|out| out.try_send(Said::Ping));
    }

    /// Leaves the room, and says why to the client.
    pub fn end(self, close: Close) {
        let _ = self.signals.closing.set(close);
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        if let Err(mpsc::error::TrySendError::Full(leave)) = self.room.try_send(Event::Leave(self.id)) {
            let room = self.room.clone();
            tokio::spawn(async move { room.send(leave).await });
        }
    }
}

/// What a room says to a connection.
#[derive(Debug)]
pub struct Outlet {
    pub(super) frames: mpsc::Receiver<Said>,
    pub(super) signals: Arc<Signals>,
}

impl Outlet {
    /// Waits for the next; none: the connection ends.
    pub async fn next(&mut self) -> Option<Said> {
        self.frames.recv().await
    }

    /// The next, when it is there.
    pub fn ready(&mut self) -> Option<Said> {
        self.frames.try_recv().ok()
    }

    /// Why the connection ends.
    pub fn close(&self) -> Close {
        self.signals.closing.get().copied().unwrap_or(Close::RESYNC)
    }
}

/// A connection, as the room holds it.
pub struct Seat {
    /// Whose.
    pub who: Who,
    /// A token of scope `read` never writes, whatever its account may.
    scope: Scope,
    /// Whether the account may write in this team.
    pub may_write: bool,
    /// Understands messages 100 to 102.
    pub acks: bool,
    /// Update frames received, numbered from 1.
    frames: u64,
    /// Our sync step 1s …
    asked: u64,
    /// … and its answers to them, which come in order.
    answered: u64,
    /// A frame of it was not applied: nothing is acknowledged until the answer to our last step 1, which repeats all of its edits, is committed.
    withheld: bool,
    /// When frames with missing dependencies came.
    missing: VecDeque<Instant>,
    out: mpsc::Sender<Said>,
    signals: Arc<Signals>,
}

impl Seat {
    /// A seat that sends to `out`.
    pub fn new(who: Who, scope: Scope, may_write: bool, acks: bool, out: mpsc::Sender<Said>, signals: Arc<Signals>) -> Self {
        let missing = VecDeque::new();
        Self { who, scope, may_write, acks, frames: 0, asked: 0, answered: 0, withheld: false, missing, out, signals }
    }

    /// Whether it may write in a document that is open.
    pub fn writes(&self) -> bool {
        self.may_write && self.scope == Scope::Write
    }

    /// Queues a frame; false: the peer is too slow. One that is leaving needs none.
    pub fn send(&self, frame: Bytes) -> bool {
        !matches!(self.out.try_send(Said::Frame(frame)), Err(mpsc::error::TrySendError::Full(_)))
    }

    /// Says why the connection ends; it ends when the seat is dropped.
    pub fn close(self, close: Close) {
        let _ = self.signals.closing.set(close);
    }

    /// Asks the socket to look at its credential again.
    pub fn doubt(&self) {
        self.signals.doubt.notify_one();
    }

    /// Counts a step 1 that is sent.
    pub fn ask(&mut self) {
        self.asked += 1;
    }

    /// Counts an update frame; answers its number.
    pub fn count(&mut self, answer: bool) -> u64 {
        self.frames += 1;
        self.answered += u64::from(answer);
        self.frames
    }

    /// Something of it was not applied.
    pub fn withhold(&mut self) {
        self.withheld = true;
    }

    /// Whether acknowledgements are withheld and nothing has been asked that could end that.
    pub fn waits_to_be_asked(&self) -> bool {
        self.withheld && self.answered >= self.asked
    }

    /// A frame was applied whole. Answers whether it, and so all before it, may be acknowledged.
    pub fn applied(&mut self, answer: bool) -> bool {
        if answer && self.answered >= self.asked {
            self.withheld = false;
        }
        !self.withheld
    }

    /// Notes missing dependencies; true: once too often in a minute.
    pub fn strike(&mut self, now: Instant, limit: usize) -> bool {
        self.missing.retain(|at| now.duration_since(*at) < Duration::from_mins(1));
        self.missing.push_back(now);
        self.missing.len() >= limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_is_too_slow_when_its_queue_is_full_and_not_when_it_is_leaving() {
        let (out, frames) = mpsc::channel(1);
        let who = Who::new(AccountId(crate::clock::fresh_id()), "Ada");
        let seat = Seat::new(who, Scope::Write, true, true, out, Arc::default());
        assert!(seat.send(Bytes::new()));
        assert!(!seat.send(Bytes::new()));
        drop(frames);
        assert!(seat.send(Bytes::new()));
    }
}
