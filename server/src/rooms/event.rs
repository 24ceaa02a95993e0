//! What a room is told.

use app::model::ids::AccountId;
use app::model::token::Scope;
use bytes::Bytes;
use tokio::sync::oneshot;

use super::seat::{Close, Outlet, Who};
use super::{Range, Reading, RoomError, ServerEdit};
use crate::db::log::State;

/// Where an answer goes.
pub type Reply<T> = oneshot::Sender<Result<T, RoomError>>;

/// Where ranges are; none where one end resolves to nothing.
pub type Places = Vec<Option<(u32, u32)>>;

/// Relative positions; none beyond the end of the text.
pub type Ranges = Vec<Option<Range>>;

/// One thing that a room is told or asked.
#[derive(Debug)]
pub enum Event {
    /// A connection begins.
    Join(Join),
    /// A message of a connection's.
    Frame(u64, Bytes),
    /// A connection has ended.
    Leave(u64),
    /// The text, committed.
    Read(Reply<Reading>),
    /// An edit of the server's.
    Edit(ServerEdit, Reply<i64>),
    /// Where ranges are.
    Resolve(Vec<Range>, Reply<(Reading, Places)>),
    /// Relative positions in the text of a seq; none when the text is a later one.
    Anchor(i64, Vec<(u32, u32)>, Reply<Option<Ranges>>),
    /// The document's state as the database has it; none: the document is gone.
    State(Option<State>, oneshot::Sender<()>),
    /// The log has grown to this seq.
    Grown(i64),
    /// What an account may do here now.
    Access(AccountId, Access, oneshot::Sender<()>),
}

/// What an account may do in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read and write.
    Write,
    /// Read.
    Read,
    /// Nothing.
    None,
    /// It cannot be found out at present.
    Unknown,
}

/// A connection that begins.
#[derive(Debug)]
pub struct Join {
    /// Its number, unique in the process.
    pub peer: u64,
    /// Whose.
    pub who: Who,
    /// What its token may do; a session may all that its account may.
    pub scope: Scope,
    /// Whether the account may write.
    pub may_write: bool,
    /// Whether it understands acknowledgements.
    pub acks: bool,
    /// Where messages to it go.
    pub(super) out: Outlet,
}

impl Event {
    /// Answers an event that nobody can serve.
    pub fn fail(self, error: &RoomError) {
        match self {
            Self::Join(join) => join.out.0.close(match error {
                RoomError::NotFound => Close::NOT_FOUND,
                RoomError::Damaged => Close::FAULT,
                _ => Close::LATER,
            }),
            Self::Read(reply) => drop(reply.send(Err(error.clone()))),
            Self::Edit(_, reply) => drop(reply.send(Err(error.clone()))),
            Self::Resolve(_, reply) => drop(reply.send(Err(error.clone()))),
            Self::Anchor(_, _, reply) => drop(reply.send(Err(error.clone()))),
            Self::Frame(..) | Self::Leave(_) | Self::State(..) | Self::Grown(_) | Self::Access(..) => {}
        }
    }
}
