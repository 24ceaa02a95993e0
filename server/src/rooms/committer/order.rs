//! What rooms ask the committer for, and what it answers.

use app::model::ids::{AccountId, ProposalId};
use bytes::Bytes;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::db::checkpoints::Before;
use crate::db::log::Batch;

/// One update to be written.
#[derive(Clone, Debug)]
pub struct Row {
    /// The update.
    pub bytes: Bytes,
    /// Whose; none: the server's.
    pub account: Option<AccountId>,
    /// Made by the server: a hold does not refuse it.
    pub own: bool,
    /// What it comes from.
    pub cause: Option<String>,
    /// The version that the proposal stands on with it.
    pub base: Option<i32>,
    /// Yjs clients that are its account's from here on.
    pub claims: Vec<u64>,
    /// The text before it, when that is to be kept.
    pub before: Option<Box<Before>>,
}

/// The rows of one room's turn. A room has one order at a time, so the channel of orders is bounded by the number of rooms.
#[derive(Debug)]
pub struct Order {
    /// Whose log.
    pub document: ProposalId,
    /// What to append.
    pub rows: Vec<Row>,
    /// Where the answer goes.
    pub reply: oneshot::Sender<Outcome>,
}

impl Order {
    /// Whether all of its rows are plain: see [`crate::db::log::Plain`].
    pub fn plain(&self) -> bool {
        let plain = |row: &Row| {
            row.account.is_some() && !row.own && row.cause.is_none() && row.base.is_none() && row.claims.is_empty() && row.before.is_none()
        };
        self.rows.iter().all(plain)
    }
}

/// What became of an order: all of it or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// On disk; the newest seq.
    Committed(i64),
    /// Not written, for a reason of the document's or of an account's.
    Refused(Reason),
    /// Not written, because the database cannot take these rows.
    Failed,
}

/// Why rows were not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Merged or closed.
    Closed,
    /// Held.
    Held,
    /// An account may not write.
    Role,
    /// A cause has landed before.
    Landed,
    /// A suggestion was changed or decided before its edits could land.
    Stale,
    /// A Yjs client belongs to another account.
    Client,
    /// The document does not exist any more.
    Gone,
}

impl Reason {
    /// The reason of the statement's word.
    pub fn of(word: &str) -> Self {
        match word {
            "closed" => Self::Closed,
            "held" => Self::Held,
            "landed" => Self::Landed,
            "stale" => Self::Stale,
            "client" => Self::Client,
            _ => Self::Role,
        }
    }
}

/// The statement's columns, of a committer.
pub fn batch(orders: &[Order], committer: Uuid) -> Batch {
    let mut batch = Batch { committer: Some(committer), ..Batch::default() };
    for order in orders {
        batch.documents.push(order.document.0);
        for row in &order.rows {
            batch.row(order.document, &row.bytes, row.account, row.own, row.cause.clone(), row.base);
            if let Some(before) = &row.before {
                batch.keep(order.document, before.clone());
            }
            let Some(account) = row.account else { continue };
            for client in &row.claims {
                batch.claim(order.document, *client, account);
            }
        }
    }
    batch
}
