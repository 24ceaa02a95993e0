//! Full text: what is indexed of a design, and what is found.

use app::model::ids::{DesignId, ProposalId, TeamId};
use sqlx::PgExecutor;
use time::OffsetDateTime;

mod find;

pub use find::{Found, Query, bodies, common, ranked};

/// One row to be indexed; row 0 is the title.
pub struct Section<'a> {
    /// Heading's text.
    pub heading: &'a str,
    /// Its source, cut.
    pub body: &'a str,
}

/// Writes the design's rows, from `from` on, as they should be; rows that are so already are not touched, for a full-text row is dear to write.
pub async fn put(db: impl PgExecutor<'_>, team: TeamId, design: DesignId, from: i32, rows: &[Section<'_>]) -> sqlx::Result<()> {
    let headings: Vec<&str> = rows.iter().map(|row| row.heading).collect();
    let bodies: Vec<&str> = rows.iter().map(|row| row.body).collect();
    sqlx::query!(
        "
        insert into search_sections (design, ordinal, team, heading, body)
        select $1, $3 + place::integer - 1, $2, heading, body
        from unnest($4::text[], $5::text[]) with ordinality as rows (heading, body, place)
        on conflict (design, ordinal) do update
        set heading = excluded.heading, body = excluded.body
        where (search_sections.heading, search_sections.body) is distinct from (excluded.heading, excluded.body)
        ",
        design.0,
        team.0,
        from,
        &headings as &[&str],
        &bodies as &[&str],
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Removes the design's rows from `from` on: the text has become shorter.
pub async fn cut(db: impl PgExecutor<'_>, design: DesignId, from: i32) -> sqlx::Result<()> {
    sqlx::query!("delete from search_sections where design = $1 and ordinal >= $2", design.0, from).execute(db).await?;
    Ok(())
}

/// A document whose newest text is not indexed yet.
pub struct Behind {
    /// Which.
    pub document: ProposalId,
    /// The design it would change.
    pub design: DesignId,
    /// The seq of its newest update.
    pub head: i64,
}

/// Documents whose text changed and then rested since before `quiet`, or that wait since before `patience`, longest first.
pub async fn behind(db: impl PgExecutor<'_>, quiet: OffsetDateTime, patience: OffsetDateTime, limit: i64) -> sqlx::Result<Vec<Behind>> {
    // Looks at the end of every log that can grow, some 10 ms for 10,000: whatever told which have grown would be written at every keystroke.
    let rows = sqlx::query!(
        r#"
        with behind as materialized (
            select id, head, indexed from logs where state <> 'closed' and head > indexed
        ),
        timed as materialized (
            select
                id,
                head,
                -- a row that compaction has removed is old enough
                (select at from updates where document = id and seq = head) as newest,
                (select at from updates where document = id and seq = indexed + 1) as oldest
            from behind
        )
        select timed.id as "id!", timed.head as "head!", proposals.design
        from timed
        join proposals using (id)
        where newest is null or newest <= $1 or oldest <= $2
        order by newest nulls first
        limit $3
        "#,
        quiet,
        patience,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Behind { document: ProposalId(row.id), design: DesignId(row.design), head: row.head }).collect())
}

/// The index has caught up with the document up to `seq`; the design's line shows when its text last changed (`now`, when that is forgotten).
pub async fn caught_up(db: impl PgExecutor<'_>, document: ProposalId, seq: i64, now: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "
        with document as (
            update documents set indexed = $2 where id = $1 and indexed < $2 returning id
        )
        update designs
        set changed_at = greatest(designs.changed_at, coalesce(updates.at, $3))
        from document
        join proposals on proposals.id = document.id
        left join updates on updates.document = document.id and updates.seq = $2
        where designs.id = proposals.design
        ",
        document.0,
        seq,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a reader would find of a design.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// Its team.
    pub team: TeamId,
    /// Its title.
    pub title: String,
    /// Its newest accepted version.
    pub version: i32,
    /// Its newest open proposal, whose live text is indexed instead of the accepted one.
    pub open: Option<ProposalId>,
}

/// What is to be indexed of a design.
pub async fn source(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<Option<Source>> {
    let row = sqlx::query!(
        r#"
        select designs.team, designs.title, designs.version, open.id as "open?"
        from designs
        left join lateral (
            select id from proposals
            where proposals.design = designs.id and proposals.state in ('draft', 'in_review')
            order by proposals.number desc
            limit 1
        ) as open on true
        where designs.id = $1
        "#,
        design.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Source { team: TeamId(row.team), title: row.title, version: row.version, open: row.open.map(ProposalId) }))
}

/// How far the index has caught up with a document.
pub async fn indexed(db: impl PgExecutor<'_>, document: ProposalId) -> sqlx::Result<i64> {
    Ok(sqlx::query_scalar!("select indexed from documents where id = $1", document.0).fetch_optional(db).await?.unwrap_or_default())
}

/// Keeps two indexings of one design apart until the transaction ends, so that the older text never lands on the newer one.
pub async fn lock(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<()> {
    // An advisory lock, because the design's own row is merge's to lock and must not wait for the index.
    sqlx::query!("select pg_advisory_xact_lock(hashtextextended('search ' || $1::uuid::text, 0))", design.0).execute(db).await?;
    Ok(())
}
