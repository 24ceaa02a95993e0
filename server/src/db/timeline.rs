//! The timeline of a proposal as rows, and who wrote what of its text.

use std::collections::HashMap;

use app::model::account::Person;
use app::model::ids::{AccountId, ProposalId};
use serde_json::Value;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

use super::person::person;

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
    let (after_at, after_key) = after.unzip();
    let rows = sqlx::query_file!("src/db/timeline.sql", proposal.0, after_at, after_key, limit).fetch_all(db).await?;
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

/// Accounts as others see them.
pub async fn people(db: impl PgExecutor<'_>, accounts: &[AccountId]) -> sqlx::Result<HashMap<AccountId, Person>> {
    let ids: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    let rows = sqlx::query!("select id, name from accounts where id = any($1)", &ids).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.id), person(Some(row.id), Some(row.name)))).collect())
}

/// A proposal's beginning: when it was made, and the accepted version that it was forked from.
pub struct Origin {
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
        select created_at as made, coalesce(
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

/// An accepted version of the design that a proposal is of.
pub struct Accepted {
    /// The title accepted with it.
    pub title: String,
    /// Its text.
    pub text: String,
    /// When.
    pub at: OffsetDateTime,
}

/// That version.
pub async fn accepted(db: impl PgExecutor<'_>, proposal: ProposalId, number: i32) -> sqlx::Result<Option<Accepted>> {
    sqlx::query_as!(
        Accepted,
        "
        select versions.title, versions.text, versions.created_at as at
        from proposals
        join versions on versions.design = proposals.design and versions.number = $2
        where proposals.id = $1
        ",
        proposal.0,
        number,
    )
    .fetch_optional(db)
    .await
}

/// Who sent a revision, and when.
pub async fn revision(db: impl PgExecutor<'_>, proposal: ProposalId, number: i32) -> sqlx::Result<Option<(Person, OffsetDateTime)>> {
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
