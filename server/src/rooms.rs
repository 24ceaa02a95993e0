//! The live documents. A room is a task that owns its document; what it acknowledged or showed to somebody else is in the log.

use app::model::account::Caller;
use app::model::ids::{AccountId, ProposalId};
use sqlx::PgPool;

use crate::bus::Bus;
use crate::clock::Clock;

/// All rooms of this process. Cheap to clone.
#[derive(Clone)]
pub struct Rooms;

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
    /// Apply these bytes (a version's update).
    Update(Vec<u8>),
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
    /// Rooms over a log.
    pub fn new(_db: PgPool, _clock: Clock, _bus: Bus) -> Self {
        Self
    }

    /// The text with everything received so far committed.
    pub async fn read(&self, _document: ProposalId) -> Result<Reading, RoomError> {
        unimplemented!("rooms branch")
    }

    /// Makes an edit of the server's; answers the seq that it landed at (or had landed at before, by its cause).
    pub async fn edit(&self, _document: ProposalId, _edit: ServerEdit) -> Result<i64, RoomError> {
        unimplemented!("rooms branch")
    }

    /// Where ranges are in the live text now: UTF-16 offsets; none where one end resolves to nothing. Also the text they were resolved in.
    pub async fn resolve(&self, _document: ProposalId, _ranges: Vec<Range>) -> Result<(Reading, Vec<Option<(u32, u32)>>), RoomError> {
        unimplemented!("rooms branch")
    }

    /// Relative positions for UTF-16 offsets of the live text as it was at `seq`; none when it has changed since in a way that moves them.
    pub async fn anchor(&self, _document: ProposalId, _seq: i64, _offsets: Vec<(u32, u32)>) -> Result<Vec<Option<Range>>, RoomError> {
        unimplemented!("rooms branch")
    }

    /// The state of a document changed in the database (held, released, merged, closed, reopened): its room looks again, before this returns.
    pub async fn refresh(&self, _document: ProposalId) {
        unimplemented!("rooms branch")
    }

    /// What somebody may do changed: their peers are closed or downgraded, before this returns.
    pub async fn access_changed(&self, _account: AccountId) {}

    /// A connection of a caller to a document; what a websocket is to be fed with.
    pub async fn connect(&self, _document: ProposalId, _caller: &Caller, _wants_acks: bool) -> Result<(), RoomError> {
        unimplemented!("rooms branch")
    }
}
