//! The accepted lineage: version n+1 is version n plus one update, made by diffing the texts under a client id drawn fresh for it.

use yrs::{Doc, ReadTxn, Text, Transact};

use super::document::{apply, blank, encode, text_of};
use super::scan::ROOT;
use crate::render;

pub use super::document::{Damaged, fresh_client};

/// One step of a lineage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advance {
    /// From the state before to the state after (v1).
    pub update: Vec<u8>,
    /// The state after, as one update (v1).
    pub state: Vec<u8>,
}

/// Makes `state` (empty: the empty document) read `text`, by word-level edits written by `client`.
pub fn advance(state: &[u8], text: &str, client: u64) -> Result<Advance, Damaged> {
    let doc = open(state, client)?;
    let update = write(&doc, &render::edits(&text_of(&doc)?, text));
    if text_of(&doc)? != text {
        return Err(Damaged);
    }
    Ok(Advance { update, state: encode(&doc)? })
}

/// Makes edits, in ascending order, in `state`, written by `client`; answers the update.
pub fn edit(state: &[u8], edits: &[render::Edit], client: u64) -> Result<Vec<u8>, Damaged> {
    Ok(write(&open(state, client)?, edits))
}

/// The text of a state.
pub fn text(state: &[u8]) -> Result<String, Damaged> {
    text_of(&open(state, fresh_client())?)
}

/// The clients whose structs a state holds.
pub fn clients(state: &[u8]) -> Result<Vec<u64>, Damaged> {
    let doc = open(state, fresh_client())?;
    let read = doc.transact();
    Ok(read.state_vector().iter().map(|(client, _)| client.get()).collect())
}

/// A client that is in no struct of a state, drawn fresh: an id used before would let two different edits pass for one.
pub fn unknown_client(state: &[u8]) -> Result<u64, Damaged> {
    let taken = clients(state)?;
    loop {
        let client = fresh_client();
        if !taken.contains(&client) {
            return Ok(client);
        }
    }
}

/// A document of a state, to be written in by `client`.
fn open(state: &[u8], client: u64) -> Result<Doc, Damaged> {
    let doc = blank(client);
    if !state.is_empty() {
        apply(&doc, state)?;
    }
    Ok(doc)
}

/// Makes edits in a document; answers them as one update.
fn write(doc: &Doc, edits: &[render::Edit]) -> Vec<u8> {
    let content = doc.get_or_insert_text(ROOT);
    let mut edit = doc.transact_mut();
    // From the end, so that the offsets before, which are those of the old text, stay true.
    for change in edits.iter().rev() {
        if change.delete > 0 {
            content.remove_range(&mut edit, change.at, change.delete);
        }
        if !change.insert.is_empty() {
            content.insert(&mut edit, change.at, &change.insert);
        }
    }
    edit.encode_update_v1()
}
