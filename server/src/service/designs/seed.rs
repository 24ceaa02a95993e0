//! The text that a new document begins with, under a client id drawn fresh for it.

use yrs::{Text, Transact};

use crate::rooms::document::{Damaged, blank, encode};
use crate::rooms::lineage::fresh_client;
use crate::rooms::scan::ROOT;

/// The Yjs state of a document of this text, in one insertion.
pub(super) fn seed(text: &str) -> Result<Vec<u8>, Damaged> {
    let doc = blank(fresh_client());
    let content = doc.get_or_insert_text(ROOT);
    let mut edit = doc.transact_mut();
    if !text.is_empty() {
        content.insert(&mut edit, 0, text);
    }
    drop(edit);
    encode(&doc)
}
