//! What live texts were: at the end of each writing session, at first, and before somebody put an older text in their place.

use app::model::ids::{AccountId, ProposalId};
use sqlx::PgExecutor;
use sqlx::postgres::types::PgInterval;
use time::OffsetDateTime;

use super::history::Entry;

/// A text as it was.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// Whose text.
    pub document: ProposalId,
    /// The seq of the log that it shows.
    pub seq: i64,
    /// The session's first edit.
    pub began: OffsetDateTime,
    /// Its end.
    pub ended: OffsetDateTime,
    /// Who wrote in it.
    pub authors: Vec<AccountId>,
    /// The text.
    pub text: String,
}

/// Why a checkpoint stays for good; one may for both reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// What the text began with.
    First,
    /// What it was before somebody put an older text in its place.
    Replaced,
}

/// A text that is about to be replaced as a whole, and who does that.
#[derive(Clone, Debug)]
pub struct Before {
    /// The first edit of the session that this ends; none: nobody has written since the last one.
    pub began: Option<OffsetDateTime>,
    /// Who wrote in it.
    pub authors: Vec<AccountId>,
    /// The text.
    pub text: String,
    /// What history says of it, but for the seq.
    pub told: Entry,
}

impl Before {
    /// As a checkpoint of now, with its line of history.
    pub(super) fn at(&self, document: ProposalId, seq: i64, ended: OffsetDateTime) -> (Checkpoint, Entry) {
        let Self { began, authors, text, mut told } = self.clone();
        told.detail["before"] = seq.into();
        told.at = ended;
        (Checkpoint { document, seq, began: began.unwrap_or(ended), ended, authors, text }, told)
    }
}

/// Keeps a checkpoint. One that ended less than `gap` before it began, and began less than `longest` before it ends, becomes part of it: a page
/// that was reloaded is no session of its own. What stays for good stands between.
pub async fn insert(db: impl PgExecutor<'_>, checkpoint: &Checkpoint, gap: PgInterval, longest: PgInterval) -> sqlx::Result<()> {
    let authors: Vec<_> = checkpoint.authors.iter().map(|author| author.0).collect();
    sqlx::query!(
        "
        with joined as (
            delete from checkpoints
            where document = $1 and ended_at > $3::timestamptz - $7::interval and began_at > $4::timestamptz - $8::interval and seq < $2
                and seq > (select coalesce(max(seq), -1) from checkpoints where document = $1 and (first or replaced))
            returning began_at, authors
        )
        insert into checkpoints as kept (document, seq, began_at, ended_at, authors, text)
        select $1, $2, coalesce((select min(began_at) from joined), $3), $4,
            array(select unnest(authors) from joined union select unnest($5::uuid[])), $6
        -- kept for good in the same moment, without what only the session knows
        on conflict (document, seq) do update
        set began_at = least(kept.began_at, excluded.began_at),
            authors = array(select unnest(kept.authors) union select unnest(excluded.authors))
        ",
        checkpoint.document.0,
        checkpoint.seq,
        checkpoint.began,
        checkpoint.ended,
        &authors,
        checkpoint.text,
        gap,
        longest,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Keeps a checkpoint for good. That of a session at the same seq is it from then on.
pub async fn keep(db: impl PgExecutor<'_>, checkpoint: &Checkpoint, reason: Reason) -> sqlx::Result<()> {
    let authors: Vec<_> = checkpoint.authors.iter().map(|author| author.0).collect();
    sqlx::query!(
        "
        insert into checkpoints as kept (document, seq, began_at, ended_at, authors, text, first, replaced)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (document, seq) do update set first = kept.first or excluded.first, replaced = kept.replaced or excluded.replaced
        ",
        checkpoint.document.0,
        checkpoint.seq,
        checkpoint.began,
        checkpoint.ended,
        &authors,
        checkpoint.text,
        reason == Reason::First,
        reason == Reason::Replaced,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The text of a checkpoint.
pub async fn text(db: impl PgExecutor<'_>, document: ProposalId, seq: i64) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select text from checkpoints where document = $1 and seq = $2", document.0, seq).fetch_optional(db).await
}

/// Whether what the text was at that seq was kept because it was replaced.
pub async fn replaced(db: impl PgExecutor<'_>, document: ProposalId, seq: i64) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from checkpoints where document = $1 and seq = $2 and replaced) as "replaced!""#,
        document.0,
        seq,
    )
    .fetch_one(db)
    .await
}

/// When a writing session was, and who wrote in it.
#[derive(Clone, Debug)]
pub struct Session {
    /// The seq of the log at its end.
    pub seq: i64,
    /// Its first edit.
    pub began: OffsetDateTime,
    /// Its end.
    pub ended: OffsetDateTime,
    /// Who wrote.
    pub authors: Vec<AccountId>,
    /// The edit behind it put an older text in its place.
    pub replaced: bool,
}

/// The session that ended at that seq; of no seq: the newest.
pub async fn session(db: impl PgExecutor<'_>, document: ProposalId, seq: Option<i64>) -> sqlx::Result<Option<Session>> {
    let row = sqlx::query!(
        r#"
        select seq, began_at, ended_at, authors, replaced
        from checkpoints
        where document = $1 and ($2::bigint is null or seq = $2)
        order by seq desc
        limit 1
        "#,
        document.0,
        seq,
    )
    .fetch_optional(db)
    .await?;
    let session = row.map(|row| Session {
        seq: row.seq,
        began: row.began_at,
        ended: row.ended_at,
        authors: row.authors.into_iter().map(AccountId).collect(),
        replaced: row.replaced,
    });
    Ok(session)
}
