//! A text from its log: the newest snapshot that can be trusted and the updates after it.

use app::model::ids::{AccountId, ProposalId, TeamId};
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::document::{Damaged, Document};
use super::lineage;
use super::merge::merge;
use crate::db::log::{self as db, Appended, Batch, Head, Snapshot, Stored};

/// Why a log could not be read or begun.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// No such document.
    #[error("there is no such document")]
    Missing,
    /// The stored bytes do not make a document; nothing was overwritten.
    #[error("the stored document is damaged")]
    Damaged,
    /// The first text was refused: its account may not write in that team.
    #[error("the account may not write in that team")]
    Refused,
    /// The database did not answer as it should.
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
}

impl From<Damaged> for LogError {
    fn from(_: Damaged) -> Self {
        Self::Damaged
    }
}

/// A document as its log has it.
pub struct Loaded {
    /// The text.
    pub document: Document,
    /// Its row.
    pub head: Head,
    /// Updates behind the snapshot.
    pub tail: u64,
    /// Snapshots and updates that are damaged or gone, or need one that is. The document is what the others make.
    pub damaged: u64,
}

/// How often a log is read again when rows are missing: another process may have put a snapshot in their place between two statements.
const READINGS: usize = 3;

/// SHA-256 of a text, as snapshots store it.
pub fn text_hash(text: &str) -> Vec<u8> {
    Sha256::digest(text).to_vec()
}

/// The document at its head. Inside a transaction that has locked the document's row, nothing can be appended meanwhile; outside of one, what is
/// appended meanwhile is left out.
pub async fn load(db: &mut PgConnection, document: ProposalId) -> Result<Loaded, LogError> {
    let mut head = db::head(&mut *db, document).await?.ok_or(LogError::Missing)?;
    for _ in 1..READINGS {
        let found = read(db, document, head).await?;
        if found.gone == 0 {
            return loaded(document, head, found);
        }
        // The snapshot in the place of these rows may be a later one than that head: it is of no use to a document of then.
        head = db::head(&mut *db, document).await?.ok_or(LogError::Missing)?;
    }
    load_at(db, document, head).await
}

/// The document at the seq of `head`.
async fn load_at(db: &mut PgConnection, document: ProposalId, head: Head) -> Result<Loaded, LogError> {
    let mut found = read(db, document, head).await?;
    for _ in 1..READINGS {
        if found.gone == 0 {
            break;
        }
        found = read(db, document, head).await?;
    }
    loaded(document, head, found)
}

/// The document that a log makes.
fn loaded(document: ProposalId, head: Head, mut found: Found) -> Result<Loaded, LogError> {
    let tail = found.rows.len() as u64 + found.gone;
    if found.gone == 0 && found.rows.iter().all(Stored::sound) && found.follow().is_ok() {
        return Ok(Loaded { document: found.opened, head, tail, damaged: found.damaged });
    }
    let damaged = found.damaged + found.gone;
    let (rescued, lost) = rescue(found)?;
    tracing::error!(%document, seqs = ?lost, "updates are damaged or need one that is; they are kept and passed over");
    Ok(Loaded { document: rescued, head, tail, damaged: damaged + lost.len() as u64 })
}

/// What a log holds.
struct Found {
    /// The newest snapshot that can be trusted, opened; an empty document when there is none.
    opened: Document,
    snapshot: Option<Snapshot>,
    /// The updates after it.
    rows: Vec<Stored>,
    /// How many of them are not there.
    gone: u64,
    /// Newer snapshots that cannot be trusted.
    damaged: u64,
}

impl Found {
    /// Applies the updates. Where they continue the snapshot byte for byte they are one state with it, and nothing is decoded: opening a long text
    /// takes as long as reading it.
    fn follow(&mut self) -> Result<(), Damaged> {
        if self.rows.is_empty() {
            return Ok(());
        }
        if self.rows.iter().all(Stored::checked) {
            let snapshot = self.snapshot.iter().map(|snapshot| snapshot.state.as_slice());
            let parts: Vec<&[u8]> = snapshot.chain(self.rows.iter().map(|row| row.bytes.as_slice())).collect();
            if let Some(Ok(whole)) = merge(&parts).map(Document::resting) {
                self.opened = whole;
                return Ok(());
            }
        }
        self.opened.follow(self.rows.iter().map(|row| row.bytes.as_slice()))
    }
}

/// Reads a log up to `head`.
async fn read(db: &mut PgConnection, document: ProposalId, head: Head) -> Result<Found, LogError> {
    let (mut opened, mut newest, mut damaged) = (Document::open([])?, None, 0);
    for snapshot in db::snapshots(&mut *db, document).await?.into_iter().filter(|snapshot| snapshot.seq <= head.seq) {
        if let Ok(document) = trusted(&snapshot) {
            (opened, newest) = (document, Some(snapshot));
            break;
        }
        // The one before is kept until the next is verified, so there may be another way to the same text.
        tracing::error!(%document, seq = snapshot.seq, "a snapshot is damaged; it is kept and passed over");
        damaged += 1;
        // What a fork begins with is in no row.
        if snapshot.seq == 0 {
            return Err(LogError::Damaged);
        }
    }
    let from = newest.as_ref().map_or(0, |snapshot| snapshot.seq);
    let rows = db::updates(&mut *db, document, from, head.seq).await?;
    let gone = (head.seq - from).cast_unsigned().saturating_sub(rows.len() as u64);
    Ok(Found { opened, snapshot: newest, rows, gone, damaged })
}

/// The document that the sound part of a log makes, and the seqs of the rest. Applied in as many rounds as it takes: a peer that still had a
/// lost update may have sent it again later.
fn rescue(found: Found) -> Result<(Document, Vec<i64>), Damaged> {
    // Without its beginning, what is left is no state that anybody has seen.
    if found.snapshot.is_none() && found.rows.first().is_none_or(|first| first.seq != 1 || !first.sound()) {
        return Err(Damaged);
    }
    let mut document = match &found.snapshot {
        Some(snapshot) => verified(snapshot)?,
        None => Document::open([])?,
    };
    let (mut left, damaged): (Vec<Stored>, Vec<Stored>) = found.rows.into_iter().partition(Stored::sound);
    loop {
        let before = left.len();
        let mut later = Vec::new();
        for row in left {
            if !document.try_follow(&row.bytes)? {
                later.push(row);
            }
        }
        left = later;
        if left.len() == before || left.is_empty() {
            return Ok((document, damaged.iter().chain(&left).map(|row| row.seq).collect()));
        }
    }
}

/// The document of a snapshot that has been verified: by its checksum, or once more when it was written before checksums were kept.
fn trusted(snapshot: &Snapshot) -> Result<Document, Damaged> {
    if snapshot.checked() { Document::resting(snapshot.state.clone()).or_else(|_| verified(snapshot)) } else { verified(snapshot) }
}

/// The document of a snapshot, when its bytes and its text are what was stored.
pub fn verified(snapshot: &Snapshot) -> Result<Document, Damaged> {
    if !snapshot.sound() {
        return Err(Damaged);
    }
    let mut document = Document::open([snapshot.state.as_slice()])?;
    if text_hash(&document.text()?) == snapshot.text_hash { Ok(document) } else { Err(Damaged) }
}

/// The committed text at a document's head and its seq; for the merge, inside its transaction, after it has locked the document's row.
pub async fn text_at_head(db: &mut PgConnection, document: ProposalId) -> Result<(String, i64), LogError> {
    let mut loaded = load(db, document).await?;
    Ok((loaded.document.text()?, loaded.head.seq))
}

/// The document as it was at `seq`; none when the rows that would show it are compacted away.
pub async fn at(db: &mut PgConnection, document: ProposalId, seq: i64) -> Result<Option<Document>, LogError> {
    let head = db::head(&mut *db, document).await?.ok_or(LogError::Missing)?;
    match load_at(db, document, Head { seq, ..head }).await {
        Ok(loaded) if seq <= head.seq => Ok(Some(loaded.document)),
        Ok(_) | Err(LogError::Damaged) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The document as it was at `seq`, made of rows and snapshots that are all there and sound.
pub async fn sound_at(db: &mut PgConnection, document: ProposalId, seq: i64) -> Result<Document, LogError> {
    let head = db::head(&mut *db, document).await?.ok_or(LogError::Missing)?;
    let loaded = load_at(db, document, Head { seq, ..head }).await?;
    if loaded.damaged == 0 { Ok(loaded.document) } else { Err(LogError::Damaged) }
}

/// What a new document starts with.
#[derive(Clone, Copy, Debug)]
pub enum Start<'a> {
    /// Nothing.
    Empty,
    /// The Yjs state of an accepted version: nobody's contribution, because whoever forks it has written nothing yet.
    Fork(&'a [u8]),
    /// A Yjs state whose text somebody brought (an import, a template): they are its author.
    Written(&'a [u8], AccountId),
    /// The state of an accepted version, and a first change of it by somebody, who is its author.
    Changed {
        /// The state.
        state: &'a [u8],
        /// The change.
        update: &'a [u8],
        /// The Yjs client that it is written by.
        client: u64,
        /// Whose it is.
        account: AccountId,
    },
}

/// Begins the log of a new proposal, whose row is there, inside the caller's transaction.
pub async fn create(
    db: &mut PgConnection,
    document: ProposalId,
    team: TeamId,
    start: Start<'_>,
    at: OffsetDateTime,
) -> Result<(), LogError> {
    db::insert_document(&mut *db, document, team).await?;
    match start {
        Start::Empty | Start::Fork([]) => Ok(()),
        Start::Fork(state) => fork(db, document, state, at).await,
        Start::Written(state, account) => first_row(db, document, state, &lineage::clients(state)?, account, at).await,
        Start::Changed { state, update, client, account } => {
            fork(db, document, state, at).await?;
            first_row(db, document, update, &[client], account, at).await
        }
    }
}

/// Begins with a state that is nobody's row: it makes no author.
async fn fork(db: &mut PgConnection, document: ProposalId, state: &[u8], at: OffsetDateTime) -> Result<(), LogError> {
    let snapshot = Snapshot::new(0, state.to_vec(), text_hash(&lineage::text(state)?));
    Ok(db::insert_snapshot(db, document, &snapshot, at).await?)
}

/// Writes the first update of a document as somebody's own.
async fn first_row(
    db: &mut PgConnection,
    document: ProposalId,
    update: &[u8],
    clients: &[u64],
    account: AccountId,
    at: OffsetDateTime,
) -> Result<(), LogError> {
    let mut batch = Batch::default();
    batch.documents.push(document.0);
    batch.row(document, update, Some(account), true, None, None);
    for client in clients {
        batch.claim(document, *client, account);
    }
    match db::append(db, &batch, at).await?.as_slice() {
        [Appended { head: Some(1), .. }] => Ok(()),
        _ => Err(LogError::Refused),
    }
}
