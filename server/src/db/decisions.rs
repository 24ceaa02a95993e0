//! Accepted versions and the decisions that made them, written by merge and never changed.

use app::model::account::Person;
use app::model::decision::{DecisionLine, Risk, Vote};
use app::model::gate::Requirement;
use app::model::ids::{AccountId, DesignId, ProposalId};
use app::model::section::Section;
use sqlx::PgExecutor;
use sqlx::types::Json;
use time::OffsetDateTime;

use super::person::person;

/// A version to be accepted.
pub struct NewVersion<'a> {
    /// Its design.
    pub design: DesignId,
    /// Its number.
    pub number: i32,
    /// The title accepted with it.
    pub title: &'a str,
    /// Its text.
    pub text: &'a str,
    /// SHA-256 over title and text.
    pub content_hash: &'a [u8],
    /// The text's sections.
    pub sections: &'a [Section],
    /// The Yjs update from the version before.
    pub update: &'a [u8],
    /// The whole Yjs state.
    pub state: &'a [u8],
    /// Now.
    pub at: OffsetDateTime,
}

/// Writes a version.
pub async fn insert_version(db: impl PgExecutor<'_>, new: NewVersion<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into versions (design, number, title, text, content_hash, sections, update, state, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ",
        new.design.0,
        new.number,
        new.title,
        new.text,
        new.content_hash,
        Json(new.sections) as _,
        new.update,
        new.state,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A decision to be recorded.
pub struct NewDecision<'a> {
    /// Its design.
    pub design: DesignId,
    /// The version it makes.
    pub version: i32,
    /// The proposal merged.
    pub proposal: ProposalId,
    /// The revision merged.
    pub revision: i32,
    /// Why, as the proposal said.
    pub why: &'a str,
    /// Who wrote in it.
    pub authors: &'a [Person],
    /// Whose suggestions were accepted.
    pub suggesters: &'a [Person],
    /// Every vote on every revision.
    pub votes: &'a [Vote],
    /// The gate as it stood.
    pub gate: &'a [Requirement],
    /// Threads that are open.
    pub risks: &'a [Risk],
    /// Who merges.
    pub by: AccountId,
    /// Now.
    pub at: OffsetDateTime,
}

/// Records a decision.
pub async fn insert(db: impl PgExecutor<'_>, new: NewDecision<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into decisions (design, version, proposal, revision, why, authors, suggesters, votes, gate, risks, merged_by, merged_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ",
        new.design.0,
        new.version,
        new.proposal.0,
        new.revision,
        new.why,
        Json(new.authors) as _,
        Json(new.suggesters) as _,
        Json(new.votes) as _,
        Json(new.gate) as _,
        Json(new.risks) as _,
        new.by.0,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A design's decisions, newest first, of versions below `before`.
pub async fn list(db: impl PgExecutor<'_>, design: DesignId, before: Option<i32>, limit: i64) -> sqlx::Result<Vec<DecisionLine>> {
    let rows = sqlx::query!(
        r#"
        select decisions.version, versions.title, decisions.merged_at, accounts.id as "by?", accounts.name as "by_name?"
        from decisions
        join versions on versions.design = decisions.design and versions.number = decisions.version
        left join accounts on accounts.id = decisions.merged_by
        where decisions.design = $1 and ($2::integer is null or decisions.version < $2)
        order by decisions.version desc
        limit $3
        "#,
        design.0,
        before,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| DecisionLine { version: row.version, title: row.title, by: person(row.by, row.by_name), at: row.merged_at })
        .collect())
}

/// A decision with the text it accepted.
pub struct Row {
    /// The title accepted with it.
    pub title: String,
    /// The accepted text.
    pub text: String,
    /// SHA-256 over title and text.
    pub content_hash: Vec<u8>,
    /// Why, as the proposal said.
    pub why: String,
    /// Who wrote in it.
    pub authors: Vec<Person>,
    /// Whose suggestions were accepted.
    pub suggesters: Vec<Person>,
    /// The proposal's number.
    pub proposal: i32,
    /// The revision merged.
    pub revision: i32,
    /// Every vote on every revision.
    pub votes: Vec<Vote>,
    /// The gate as it stood.
    pub gate: Vec<Requirement>,
    /// Threads that were open.
    pub risks: Vec<Risk>,
    /// Who merged.
    pub by: Person,
    /// When.
    pub at: OffsetDateTime,
}

/// The decision that made a version.
pub async fn find(db: impl PgExecutor<'_>, design: DesignId, version: i32) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query!(
        r#"
        select versions.title, versions.text, versions.content_hash, decisions.why, decisions.revision, decisions.merged_at,
            decisions.authors as "authors: Json<Vec<Person>>", decisions.suggesters as "suggesters: Json<Vec<Person>>",
            decisions.votes as "votes: Json<Vec<Vote>>", decisions.gate as "gate: Json<Vec<Requirement>>",
            decisions.risks as "risks: Json<Vec<Risk>>", proposals.number as proposal, accounts.id as "by?", accounts.name as "by_name?"
        from decisions
        join versions on versions.design = decisions.design and versions.number = decisions.version
        join proposals on proposals.id = decisions.proposal
        left join accounts on accounts.id = decisions.merged_by
        where decisions.design = $1 and decisions.version = $2
        "#,
        design.0,
        version,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Row {
        title: row.title,
        text: row.text,
        content_hash: row.content_hash,
        why: row.why,
        proposal: row.proposal,
        revision: row.revision,
        authors: row.authors.0,
        suggesters: row.suggesters.0,
        votes: row.votes.0,
        gate: row.gate.0,
        risks: row.risks.0,
        by: person(row.by, row.by_name),
        at: row.merged_at,
    }))
}
