//! Appending: the rows of one turn of the committer, of all documents, in one statement.

use app::model::ids::{AccountId, ProposalId};
use sqlx::{Connection, PgConnection};
use time::OffsetDateTime;
use uuid::Uuid;

use super::checksum;
use crate::db::checkpoints::{self, Before, Reason};
use crate::db::{history, suggestions};

/// The rows of one turn, column by column, as the statement takes them.
#[derive(Debug, Default)]
pub struct Batch {
    /// Who appends, when it will write plain rows after these.
    pub committer: Option<Uuid>,
    /// Every document of the turn, once.
    pub documents: Vec<Uuid>,
    /// Per row: its document …
    pub document: Vec<Uuid>,
    /// … its place among its document's rows, from 1 …
    pub nth: Vec<i32>,
    /// … the update …
    pub bytes: Vec<Vec<u8>>,
    /// … its checksum …
    pub crc: Vec<i32>,
    /// … whose edit (none: the server's) …
    pub account: Vec<Option<Uuid>>,
    /// … made by the server, so that a hold does not refuse it …
    pub own: Vec<bool>,
    /// … what it comes from …
    pub cause: Vec<Option<String>>,
    /// … and the version that the proposal stands on with it.
    pub base: Vec<Option<i32>>,
    /// Per Yjs client that is an account's from here on: its document …
    pub claim_document: Vec<Uuid>,
    /// … the client …
    pub claim_client: Vec<i64>,
    /// … its account …
    pub claim_account: Vec<Uuid>,
    /// … and its first row.
    pub claim_nth: Vec<i32>,
    /// Texts to be kept with the line that says why, each as it was before a row: its document, the row, the text.
    pub before: Vec<(Uuid, i32, Box<Before>)>,
}

impl Batch {
    /// Adds a row behind its document's last.
    pub fn row(
        &mut self,
        document: ProposalId,
        bytes: &[u8],
        account: Option<AccountId>,
        own: bool,
        cause: Option<String>,
        base: Option<i32>,
    ) {
        // Rows of a document follow one another, so its last row is the last row of all or it has none.
        let nth = if self.document.last() == Some(&document.0) { self.nth.last().map_or(1, |nth| nth + 1) } else { 1 };
        self.document.push(document.0);
        self.nth.push(nth);
        self.bytes.push(bytes.to_vec());
        self.crc.push(checksum(bytes));
        self.account.push(account.map(|account| account.0));
        self.own.push(own);
        self.cause.push(cause);
        self.base.push(base);
    }

    /// The documents with rows that come from one of these causes, as refused.
    fn refused(&self, stale: &[String]) -> Vec<Appended> {
        let refused = |document: &Uuid| {
            let mut causes =
                self.document.iter().zip(&self.cause).filter(|(of, _)| *of == document).filter_map(|(_, cause)| cause.as_ref());
            causes.any(|cause| stale.contains(cause))
        };
        let documents = self.documents.iter().filter(|document| refused(document));
        documents.map(|document| Appended { document: *document, head: None, refused: Some("stale".into()) }).collect()
    }

    /// Adds a client that is an account's from the last row on. One client once a document.
    pub fn claim(&mut self, document: ProposalId, client: u64, account: AccountId) {
        self.claim_document.push(document.0);
        self.claim_client.push(client.cast_signed());
        self.claim_account.push(account.0);
        self.claim_nth.push(self.nth.last().copied().unwrap_or(1));
    }

    /// Keeps the text as it was before the last row.
    pub fn keep(&mut self, document: ProposalId, before: Box<Before>) {
        self.before.push((document.0, self.nth.last().copied().unwrap_or(1), before));
    }
}

/// Plain rows of one turn: each somebody's own, with no claim, cause or base.
#[derive(Debug, Default)]
pub struct Plain {
    /// Who appends: the documents' committer, or nothing is written.
    committer: Uuid,
    /// Every document of the turn, once.
    documents: Vec<Uuid>,
    /// Everybody who writes in a document: the document …
    writer_document: Vec<Uuid>,
    /// … and the account.
    writer_account: Vec<Uuid>,
    /// Per row: its document …
    document: Vec<Uuid>,
    /// … its seq …
    seq: Vec<i64>,
    /// … the update …
    bytes: Vec<Vec<u8>>,
    /// … its checksum …
    crc: Vec<i32>,
    /// … and whose edit.
    account: Vec<Uuid>,
}

impl Plain {
    /// None yet.
    pub fn of(committer: Uuid) -> Self {
        Self { committer, ..Self::default() }
    }

    /// Adds the rows of a document that has none yet, behind its newest seq, which the committer knows.
    pub fn rows<'a>(&mut self, document: ProposalId, head: i64, rows: impl IntoIterator<Item = (&'a [u8], AccountId)>) {
        let (first, mut seq) = (self.writer_account.len(), head);
        for (bytes, account) in rows {
            seq += 1;
            if !self.writer_account[first..].contains(&account.0) {
                self.writer_document.push(document.0);
                self.writer_account.push(account.0);
            }
            self.document.push(document.0);
            self.seq.push(seq);
            self.crc.push(checksum(bytes));
            self.bytes.push(bytes.to_vec());
            self.account.push(account.0);
        }
        self.documents.push(document.0);
    }
}

/// The client under which an account's deletions are claimed. No Yjs client has such an id: theirs are numbers of JavaScript's, below 2^53.
pub fn eraser(account: AccountId) -> u64 {
    let (high, low) = account.0.as_u64_pair();
    // The random half of the id, so that two accounts of one millisecond differ.
    (1 << 63) | (high ^ low)
}

/// What became of one document's rows. A document that is not answered was locked elsewhere or does not exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Which.
    pub document: Uuid,
    /// The newest seq, when they were written.
    pub head: Option<i64>,
    /// Why they were not: `closed`, `held`, `role`, `landed`, `stale` or `client`.
    pub refused: Option<String>,
}

/// Writes plain rows, a document whole or not at all; answers the documents that were written. [`append`] has a reason for the others.
pub async fn append_plain(db: &mut PgConnection, plain: &Plain, at: OffsetDateTime) -> sqlx::Result<Vec<ProposalId>> {
    let rows = sqlx::query_file!(
        "src/db/log/plain.sql",
        &plain.documents,
        &plain.writer_document,
        &plain.writer_account,
        &plain.document,
        &plain.seq,
        &plain.bytes,
        &plain.crc,
        &plain.account,
        at,
        plain.committer,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| ProposalId(row.id)).collect())
}

/// Writes the rows of one turn, all documents in one statement and so in one transaction and one round trip. A document is written whole or
/// refused whole, because a later row may need an earlier one.
pub async fn append(db: &mut PgConnection, batch: &Batch, at: OffsetDateTime) -> sqlx::Result<Vec<Appended>> {
    if batch.cause.iter().all(Option::is_none) && batch.base.iter().all(Option::is_none) && batch.before.is_empty() {
        return append_rows(db, batch, at).await;
    }
    let mut tx = db.begin().await?;
    let stale = suggestions::stale(&mut tx, &batch.cause).await?;
    if !stale.is_empty() {
        // Documents that are not answered come again with the next turn.
        return Ok(batch.refused(&stale));
    }
    let appended = append_rows(&mut tx, batch, at).await?;
    ride(&mut tx, batch, &appended, at).await?;
    tx.commit().await?;
    Ok(appended)
}

/// What comes with rows that were appended in the same transaction.
async fn ride(db: &mut PgConnection, batch: &Batch, appended: &[Appended], at: OffsetDateTime) -> sqlx::Result<()> {
    let (mut documents, mut heads, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for Appended { document, head, .. } in appended {
        if let Some(head) = head {
            documents.push(*document);
            heads.push(*head);
            rows.push(i64::try_from(batch.document.iter().filter(|other| *other == document).count()).unwrap_or(i64::MAX));
        }
    }
    sqlx::query_file!(
        "src/db/log/riders.sql",
        &batch.document,
        &batch.nth,
        &batch.cause as &[Option<String>],
        &batch.base as &[Option<i32>],
        &documents,
        &heads,
        &rows,
        &batch.account as &[Option<Uuid>],
        at,
    )
    .execute(&mut *db)
    .await?;
    for (document, nth, before) in &batch.before {
        let Some(of) = documents.iter().position(|one| one == document) else { continue };
        let seq = heads[of] - rows[of] + i64::from(*nth) - 1;
        let (checkpoint, told) = before.at(ProposalId(*document), seq, at);
        checkpoints::keep(&mut *db, &checkpoint, Reason::Replaced).await?;
        history::insert(&mut *db, told).await?;
    }
    Ok(())
}

async fn append_rows(db: &mut PgConnection, batch: &Batch, at: OffsetDateTime) -> sqlx::Result<Vec<Appended>> {
    sqlx::query_file_as!(
        Appended,
        "src/db/log/append.sql",
        &batch.document,
        &batch.nth,
        &batch.bytes,
        &batch.crc,
        &batch.account as &[Option<Uuid>],
        &batch.own,
        &batch.cause as &[Option<String>],
        &batch.claim_document,
        &batch.claim_client,
        &batch.claim_account,
        &batch.claim_nth,
        &batch.documents,
        at,
        batch.committer,
    )
    .fetch_all(db)
    .await
}
