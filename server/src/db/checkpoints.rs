//! What live texts were at the end of each writing session.

use app::model::ids::{AccountId, ProposalId};
use sqlx::PgExecutor;
use sqlx::postgres::types::PgInterval;
use time::OffsetDateTime;

/// The end of a writing session.
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

/// Keeps a checkpoint. One that ended less than `gap` before it began, and began less than `longest` before it ends, becomes part of it: a page
/// that was reloaded is no session of its own.
pub async fn insert(db: impl PgExecutor<'_>, checkpoint: &Checkpoint, gap: PgInterval, longest: PgInterval) -> sqlx::Result<()> {
    let authors: Vec<_> = checkpoint.authors.iter().map(|author| author.0).collect();
    sqlx::query!(
        "
        with joined as (
            delete from checkpoints
            where document = $1 and ended_at > $3::timestamptz - $7::interval and began_at > $4::timestamptz - $8::interval and seq < $2
            returning began_at, authors
        )
        insert into checkpoints (document, seq, began_at, ended_at, authors, text)
        select $1, $2, coalesce((select min(began_at) from joined), $3), $4,
            array(select unnest(authors) from joined union select unnest($5::uuid[])), $6
        on conflict do nothing
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
