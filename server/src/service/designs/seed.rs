//! The first update of a new document: its whole text, under a client id drawn fresh for it.

use yrs::{Doc, OffsetKind, Options, ReadTxn, StateVector, Text, Transact};

/// What a document begins with.
pub(super) struct Seed {
    /// One Yjs update (v1); empty for an empty text.
    pub update: Vec<u8>,
    /// The Yjs client that wrote it.
    pub client: u64,
}

/// A document of this text.
pub(super) fn seed(text: &str) -> Seed {
    // 32 bits, as Yjs draws them: stock clients read larger ids wrongly.
    let client = u64::from(rand::random::<u32>());
    if text.is_empty() {
        return Seed { update: Vec::new(), client };
    }
    let doc = Doc::with_options(Options { client_id: yrs::ClientID::new(client), offset_kind: OffsetKind::Utf16, ..Options::default() });
    let content = doc.get_or_insert_text("content");
    let mut txn = doc.transact_mut();
    content.insert(&mut txn, 0, text);
    Seed { update: txn.encode_state_as_update_v1(&StateVector::default()), client }
}
