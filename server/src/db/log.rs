//! The log of live texts: updates appended in seq order, snapshots, who wrote.

use app::model::ids::{AccountId, ProposalId, TeamId};
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;
use uuid::Uuid;

mod append;

pub use append::{Appended, Batch, Plain, append, append_plain, eraser};

/// A document's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its team.
    pub team: TeamId,
    /// The newest seq.
    pub seq: i64,
    /// Whether it can be written in.
    pub state: State,
}

/// Whether a document can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Editors write.
    Open,
    /// Only the server's own edits.
    Held,
    /// Nobody.
    Closed,
}

/// A document's row; none: no such document.
pub async fn head(db: impl PgExecutor<'_>, document: ProposalId) -> sqlx::Result<Option<Head>> {
    let row = sqlx::query!(r#"select team as "team!", head as "head!", state as "state!" from logs where id = $1"#, document.0)
        .fetch_optional(db)
        .await?;
    row.map(|row| Ok(Head { team: TeamId(row.team), seq: row.head, state: state(&row.state)? })).transpose()
}

/// A word of the column `state`; the schema allows no other.
fn state(word: &str) -> sqlx::Result<State> {
    match word {
        "open" => Ok(State::Open),
        "held" => Ok(State::Held),
        "closed" => Ok(State::Closed),
        _ => Err(sqlx::Error::Decode(format!("“{word}” is no state of a document").into())),
    }
}

/// A snapshot as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Everything up to this seq.
    pub seq: i64,
    /// As one update.
    pub state: Vec<u8>,
    /// SHA-256 of its text.
    pub text_hash: Vec<u8>,
    /// The checksum of the state; none: written before checksums were kept.
    crc: Option<i32>,
}

impl Snapshot {
    /// A snapshot to be written.
    pub fn new(seq: i64, state: Vec<u8>, text_hash: Vec<u8>) -> Self {
        let crc = Some(checksum(&state));
        Self { seq, state, text_hash, crc }
    }

    /// Whether its checksum says that its state is what was written.
    pub fn checked(&self) -> bool {
        self.crc == Some(checksum(&self.state))
    }

    /// Whether its state is what was written.
    pub fn sound(&self) -> bool {
        self.crc.is_none_or(|crc| crc == checksum(&self.state))
    }
}

/// An update as stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// Its place in the log.
    pub seq: i64,
    /// The update.
    pub bytes: Vec<u8>,
    /// Whose; none: the server's.
    pub account: Option<AccountId>,
    /// Its checksum; none: written before checksums were kept.
    crc: Option<i32>,
}

impl Stored {
    /// Whether its checksum says that it is what was written.
    pub fn checked(&self) -> bool {
        self.crc == Some(checksum(&self.bytes))
    }

    /// Whether it is what was written.
    pub fn sound(&self) -> bool {
        self.crc.is_none_or(|crc| crc == checksum(&self.bytes))
    }
}

/// CRC-32C, which processors compute faster than memory delivers.
fn checksum(bytes: &[u8]) -> i32 {
    crc32c::crc32c(bytes).cast_signed()
}

/// Snapshots, newest first; more than one while the newest is not verified, or after two processes wrote theirs at once.
pub async fn snapshots(db: impl PgExecutor<'_>, document: ProposalId) -> sqlx::Result<Vec<Snapshot>> {
    sqlx::query_as!(Snapshot, "select seq, state, text_hash, crc from snapshots where document = $1 order by seq desc", document.0)
        .fetch_all(db)
        .await
}

/// Updates after one seq up to another, in order.
pub async fn updates(db: impl PgExecutor<'_>, document: ProposalId, after: i64, to: i64) -> sqlx::Result<Vec<Stored>> {
    let rows = sqlx::query!(
        "select seq, bytes, account, crc from updates where document = $1 and seq > $2 and seq <= $3 order by seq",
        document.0,
        after,
        to,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Stored { seq: row.seq, bytes: row.bytes, account: row.account.map(AccountId), crc: row.crc }).collect())
}

/// How far the logs of documents have grown.
pub async fn heads(db: impl PgExecutor<'_>, documents: &[Uuid]) -> sqlx::Result<Vec<(ProposalId, i64)>> {
    let rows = sqlx::query!(r#"select id as "id!", head as "head!" from logs where id = any($1)"#, documents).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (ProposalId(row.id), row.head)).collect())
}

/// Which account each Yjs client belongs to.
pub async fn owners(db: impl PgExecutor<'_>, document: ProposalId) -> sqlx::Result<Vec<(u64, AccountId)>> {
    let rows = sqlx::query!("select client, account from contributions where document = $1", document.0).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (row.client.cast_unsigned(), AccountId(row.account))).collect())
}

/// The seq at which an edit of that cause landed.
pub async fn landed(db: impl PgExecutor<'_>, document: ProposalId, cause: &str) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar!("select seq from landed where document = $1 and cause = $2", document.0, cause).fetch_optional(db).await
}

/// What an account may do in the teams of documents; documents of other people's teams are left out.
pub async fn roles(
    db: impl PgExecutor<'_>,
    account: AccountId,
    documents: &[Uuid],
) -> sqlx::Result<Vec<(ProposalId, app::model::role::Role)>> {
    let rows = sqlx::query!(
        r#"
        select documents.id, members.role
        from documents
        join members on members.team = documents.team and members.account = $1
        join accounts on accounts.id = members.account and accounts.suspended_at is null
        where documents.id = any($2)
        "#,
        account.0,
        documents,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|row| Ok((ProposalId(row.id), super::access::role(&row.role)?))).collect()
}

/// Writes a snapshot; one of the same seq stays as it is.
pub async fn insert_snapshot(db: impl PgExecutor<'_>, document: ProposalId, snapshot: &Snapshot, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into snapshots (document, seq, state, text_hash, crc, created_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        document.0,
        snapshot.seq,
        snapshot.state,
        snapshot.text_hash,
        snapshot.crc,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes what a verified snapshot covers. Contributions and landed causes stay.
pub async fn remove_covered(db: &mut PgConnection, document: ProposalId, seq: i64) -> sqlx::Result<()> {
    sqlx::query!("delete from updates where document = $1 and seq <= $2", document.0, seq).execute(&mut *db).await?;
    sqlx::query!("delete from snapshots where document = $1 and seq < $2", document.0, seq).execute(&mut *db).await?;
    Ok(())
}

/// Makes the row of a new document; its proposal's row is there.
pub async fn insert_document(db: impl PgExecutor<'_>, document: ProposalId, team: TeamId) -> sqlx::Result<()> {
    sqlx::query!("insert into documents (id, team) values ($1, $2)", document.0, team.0).execute(db).await?;
    Ok(())
}
