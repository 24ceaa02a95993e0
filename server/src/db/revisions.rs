//! Revisions as rows: written once by "Send for review", never changed.

use app::model::account::Person;
use app::model::approval::Frozen;
use app::model::ids::{AccountId, ProposalId};
use app::model::section::Section;
use sqlx::PgExecutor;
use sqlx::types::Json;
use time::OffsetDateTime;

use super::person::person;

/// A revision to be written.
pub struct NewRevision<'a> {
    /// Its proposal.
    pub proposal: ProposalId,
    /// One more than the newest, under the proposal's lock.
    pub number: i32,
    /// The design's title at this moment.
    pub title: &'a str,
    /// The text.
    pub text: &'a str,
    /// SHA-256 over title and text.
    pub content_hash: &'a [u8],
    /// The text's sections.
    pub sections: &'a [Section],
    /// The Yjs state it was read from.
    pub state: &'a [u8],
    /// The seq of the log that it shows.
    pub seq: i64,
    /// The version the proposal stood on.
    pub base: i32,
    /// Who sent it.
    pub by: AccountId,
    /// Now.
    pub at: OffsetDateTime,
}

/// Writes a revision.
pub async fn insert(db: impl PgExecutor<'_>, new: NewRevision<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into revisions (proposal, number, title, text, content_hash, sections, state, seq, base, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ",
        new.proposal.0,
        new.number,
        new.title,
        new.text,
        new.content_hash,
        Json(new.sections) as _,
        new.state,
        new.seq,
        new.base,
        new.by.0,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A revision as it was frozen.
pub struct Revision {
    /// Its number.
    pub number: i32,
    /// The title frozen with it.
    pub title: String,
    /// The text.
    pub text: String,
    /// SHA-256 over title and text.
    pub content_hash: Vec<u8>,
    /// The text's sections.
    pub sections: Json<Vec<Section>>,
    /// The seq of the log that it shows.
    pub seq: i64,
}

/// A proposal's newest revision; none: never sent.
pub async fn newest(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(
        Revision,
        r#"
        select number, title, text, content_hash, sections as "sections: Json<Vec<Section>>", seq
        from revisions
        where proposal = $1
        order by number desc
        limit 1
        "#,
        proposal.0,
    )
    .fetch_optional(db)
    .await
}

/// The newest revision and those with the same title and text, oldest first: all that an approval of the newest can have been given on.
pub async fn alike(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Vec<Frozen>> {
    let rows = sqlx::query!(
        r#"
        select number, encode(content_hash, 'hex') as "content_hash!", sections as "sections: Json<Vec<Section>>"
        from revisions
        where proposal = $1
            and content_hash = (select content_hash from revisions where proposal = $1 order by number desc limit 1)
        order by number
        "#,
        proposal.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Frozen { number: row.number, content_hash: row.content_hash, sections: row.sections.0 }).collect())
}

/// Whether a proposal has a revision of this number.
pub async fn exists(db: impl PgExecutor<'_>, proposal: ProposalId, number: i32) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from revisions where proposal = $1 and number = $2) as "exists!""#, proposal.0, number)
        .fetch_one(db)
        .await
}

/// Who sent a revision, and when.
pub async fn sent(db: impl PgExecutor<'_>, proposal: ProposalId, number: i32) -> sqlx::Result<Option<(Person, OffsetDateTime)>> {
    let row = sqlx::query!(
        r#"
        select revisions.created_at, accounts.id as "by?", accounts.name as "by_name?"
        from revisions
        left join accounts on accounts.id = revisions.created_by
        where revisions.proposal = $1 and revisions.number = $2
        "#,
        proposal.0,
        number,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (person(row.by, row.by_name), row.created_at)))
}
