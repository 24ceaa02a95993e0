//! The timeline of a proposal as rows.

use app::model::ids::{AccountId, ProposalId};
use serde_json::Value;
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Row {
    /// When; of a session, when it ended.
    pub at: OffsetDateTime,
    /// Orders what happened at the same instant.
    pub key: String,
    /// The seq of the text that was kept of it.
    pub seq: Option<i64>,
    /// Of a session, when it began.
    pub began: Option<OffsetDateTime>,
    /// Who did it.
    pub people: Vec<AccountId>,
    /// What they did; none: they wrote.
    pub verb: Option<String>,
    /// What its sentence needs.
    pub detail: Option<Value>,
}

/// What happened to a proposal, newest first, from behind `after`.
pub async fn list(
    db: impl PgExecutor<'_>,
    proposal: ProposalId,
    after: Option<(OffsetDateTime, String)>,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    read(db, proposal, after, limit, false).await
}

/// The newest row behind `after` that says what the text was.
pub async fn step_before(db: impl PgExecutor<'_>, proposal: ProposalId, after: (OffsetDateTime, String)) -> sqlx::Result<Option<Row>> {
    Ok(read(db, proposal, Some(after), 1, true).await?.pop())
}

async fn read(
    db: impl PgExecutor<'_>,
    proposal: ProposalId,
    after: Option<(OffsetDateTime, String)>,
    limit: i64,
    only_steps: bool,
) -> sqlx::Result<Vec<Row>> {
    let (after_at, after_key) = after.unzip();
    let rows = sqlx::query_file!("src/db/timeline.sql", proposal.0, after_at, after_key, limit, only_steps).fetch_all(db).await?;
    Ok(rows
        .into_iter()
        .map(|row| Row {
            at: row.at,
            key: row.key,
            seq: row.seq,
            began: row.began,
            people: row.people.into_iter().map(AccountId).collect(),
            verb: row.verb,
            detail: row.detail,
        })
        .collect())
}

/// What was written behind a seq.
#[derive(Clone, Debug)]
pub struct Writing {
    /// By whom.
    pub people: Vec<AccountId>,
    /// Since when.
    pub began: OffsetDateTime,
    /// The newest edit.
    pub latest: OffsetDateTime,
}

/// Who has written behind a seq, as far as the log has not been made shorter; none: nobody.
pub async fn writing(db: impl PgExecutor<'_>, document: ProposalId, behind: i64) -> sqlx::Result<Option<Writing>> {
    let row = sqlx::query!(
        r#"
        select array_remove(array_agg(distinct account), null) as "people?", min(at) as "began?", max(at) as "latest?"
        from updates
        where document = $1 and seq > $2
        "#,
        document.0,
        behind,
    )
    .fetch_one(db)
    .await?;
    let people = row.people.unwrap_or_default().into_iter().map(AccountId).collect();
    Ok(row.began.zip(row.latest).map(|(began, latest)| Writing { people, began, latest }))
}

/// A proposal's beginning: its number, when it was made, and the accepted version that it was forked from.
pub struct Origin {
    /// P-2 of its design.
    pub number: i32,
    /// When.
    pub made: OffsetDateTime,
    /// 0: the empty text.
    pub base: i32,
}

/// Where a proposal comes from.
pub async fn origin(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Option<Origin>> {
    sqlx::query_as!(
        Origin,
        r#"
        select number, created_at as made, coalesce(
            -- what has arrived since then is remembered for good
            (select min(split_part(cause, ' ', 2)::integer) - 1 from landed where document = proposals.id and cause like 'version %'),
            base
        ) as "base!"
        from proposals
        where id = $1
        "#,
        proposal.0,
    )
    .fetch_optional(db)
    .await
}
