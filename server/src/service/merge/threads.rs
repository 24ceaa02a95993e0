//! A merged proposal's open threads go on in the accepted text: by offset, exact because the two texts are equal.

use app::error::Result;
use app::model::anchor::{Found, place};
use sqlx::PgConnection;

use super::Merge;
use crate::db;
use crate::db::threads::Row;
use crate::rooms::Range;
use crate::rooms::document::{Damaged, Document};
use crate::service::blocking::heavy;
use crate::service::fault::{Shown, internal};
use crate::service::threads::THREADS;

/// Where a thread goes.
struct Moved {
    thread: Row,
    range: Option<Range>,
    detached: bool,
}

/// Moves the open threads from the document at its head to the version of that `state`; answers them as they were.
pub(super) async fn move_on(tx: &mut PgConnection, merge: &Merge<'_>, document: Document, state: Vec<u8>) -> Result<Vec<Row>> {
    let rows = db::threads::of_proposal(&mut *tx, merge.ground.proposal, THREADS).await.shown()?;
    let open: Vec<Row> = rows.into_iter().filter(|row| row.resolved.is_none() && row.proposal.is_some()).collect();
    let text = merge.newest.text.clone();
    let moved = heavy(text.len(), move || carry(open, &text, document, &state)).await?.map_err(|damaged| internal(&damaged))?;
    for Moved { thread, range, detached } in &moved {
        db::threads::accept(&mut *tx, thread.id, range.as_ref(), *detached).await.shown()?;
    }
    Ok(moved.into_iter().map(|moved| moved.thread).collect())
}

/// Each thread's range in the new state. One that is nowhere in the text stays detached, listed with its quote.
fn carry(open: Vec<Row>, text: &str, mut document: Document, state: &[u8]) -> Result<Vec<Moved>, Damaged> {
    let mut accepted = Document::open([state])?;
    let moved = open.into_iter().map(|thread| {
        let resolved = match &thread.range {
            Some(range) => document.resolve(std::slice::from_ref(range))?.pop().flatten(),
            None if thread.whole() => return Ok(Moved { thread, range: None, detached: false }),
            None => None,
        };
        let range = match place(text, resolved, &thread.passage) {
            Found::Attached { from, to, .. } | Found::Reattached { from, to } => accepted.anchor(&[(from, to)])?.pop().flatten(),
            Found::Detached => None,
        };
        Ok(Moved { detached: range.is_none(), thread, range })
    });
    moved.collect()
}
