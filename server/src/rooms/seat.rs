//! One connection to a room: the peer's handle on one side, the room's record of it on the other.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;

use app::model::ids::AccountId;
use app::model::token::Scope;
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::{Duration, Instant};

use super::event::{Event, Join};
use super::registry::Counted;

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

/// Takes what a room says to a client. It never waits, because a room waits for nobody.
pub trait Line: fmt::Debug + Send + Sync {
    /// Sends a message; false: the client is too far behind. One whose connection ends needs none.
    fn send(&self, message: Bytes) -> bool;

    /// Ends the connection, behind everything that was sent. Only the first reason counts.
    fn close(&self, close: Close);

    /// What its account may do has changed: perhaps its session has ended.
    fn doubt(&self);
}

/// A line, as rooms hold it: only they keep the connection open.
#[derive(Debug)]
pub(super) struct Outlet(pub Arc<dyn Line>);

impl Drop for Outlet {
    fn drop(&mut self) {
        self.0.close(Close::RESYNC);
    }
}

/// What a connection says to its room. Dropping it leaves the room.
#[derive(Debug)]
pub struct Peer {
    pub(super) id: u64,
    pub(super) room: mpsc::Sender<Event>,
    pub(super) _counted: Counted,
}

impl Peer {
    /// Hands a message to the room; waits while the room has too many. False: the room is gone.
    pub async fn send(&self, frame: Bytes) -> bool {
        self.room.send(Event::Frame(self.id, frame)).await.is_ok()
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

/// What of a connection's edits the document is without.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    Nothing,
    /// Some did not fit.
    Unfit,
    /// Some were passed over that would have fitted, so that those behind them may lack what they had: no fault of theirs.
    PassedOver,
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
    /// What of it was not applied, until the answer to our last step 1, which repeats all of its edits: nothing is applied or acknowledged before.
    gap: Gap,
    /// When frames with missing dependencies came.
    missing: VecDeque<Instant>,
    out: Outlet,
}

impl Seat {
    /// The seat of a connection that begins.
    pub(super) fn new(join: Join) -> Self {
        let Join { who, scope, may_write, acks, out, .. } = join;
        let missing = VecDeque::new();
        Self { who, scope, may_write, acks, frames: 0, asked: 0, answered: 0, gap: Gap::Nothing, missing, out }
    }

    /// Whether it may write in a document that is open.
    pub fn writes(&self) -> bool {
        self.may_write && self.scope == Scope::Write
    }

    /// Sends a message; false: the peer is too slow.
    pub fn send(&self, message: Bytes) -> bool {
        self.out.0.send(message)
    }

    /// Ends the connection.
    pub fn close(self, close: Close) {
        self.out.0.close(close);
    }

    /// Asks the socket to look at its credential again.
    pub fn doubt(&self) {
        self.out.0.doubt();
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

    /// Something of it was passed over, whatever it was.
    pub fn pass_over(&mut self) {
        self.gap = Gap::PassedOver;
    }

    /// Something of it could not be applied.
    pub fn withhold(&mut self) {
        self.gap = self.gap.max(Gap::Unfit);
    }

    /// Whether something was passed over, and the answer that repeats it has not come.
    pub fn behind(&self) -> bool {
        self.gap == Gap::PassedOver
    }

    /// Whether something of it was not applied, and the answer that repeats it has not come.
    pub fn withheld(&self) -> bool {
        self.gap > Gap::Nothing
    }

    /// Whether acknowledgements are withheld and nothing has been asked that could end that.
    pub fn waits_to_be_asked(&self) -> bool {
        self.withheld() && self.answered >= self.asked
    }

    /// A frame was applied whole. Answers whether it, and so all before it, may be acknowledged.
    pub fn applied(&mut self, answer: bool) -> bool {
        if answer && self.answered >= self.asked {
            self.gap = Gap::Nothing;
        }
        !self.withheld()
    }

    /// Notes missing dependencies; true: once too often in a minute.
    pub fn strike(&mut self, now: Instant, limit: usize) -> bool {
        self.missing.retain(|at| now.duration_since(*at) < Duration::from_mins(1));
        self.missing.push_back(now);
        self.missing.len() >= limit
    }
}
