//! What happened to designs, in order. Rows are written in the transaction of what they tell of, and never changed.

use app::model::account::Person;
use app::model::ids::{AccountId, DesignId, ProposalId, TeamId};
use serde_json::Value;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

use super::person::person;

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its id, which orders what happened at the same instant.
    pub id: Uuid,
    /// Whose.
    pub team: TeamId,
    /// To which design.
    pub design: DesignId,
    /// To which of its proposals, when to one.
    pub proposal: Option<ProposalId>,
    /// Who did it; none: Quorum itself.
    pub account: Option<AccountId>,
    /// A verb of `service::history`, which makes sentences of them.
    pub verb: &'static str,
    /// What the sentence needs.
    pub detail: Value,
    /// When.
    pub at: OffsetDateTime,
}

/// Writes it down; once, should the transaction that it rides with be tried again.
pub async fn insert(db: impl PgExecutor<'_>, entry: Entry) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into history (id, team, design, proposal, account, verb, detail, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (id) do nothing
        ",
        entry.id,
        entry.team.0,
        entry.design.0,
        entry.proposal.map(|proposal| proposal.0),
        entry.account.map(|account| account.0),
        entry.verb,
        entry.detail,
        entry.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One row, ready to become a sentence.
pub struct Happened {
    /// What a page begins after, with `at`.
    pub id: Uuid,
    /// Who did it.
    pub who: Option<Person>,
    /// What they did.
    pub verb: String,
    /// What the sentence needs.
    pub detail: Value,
    /// The number of the proposal it happened to.
    pub proposal: Option<i32>,
    /// When.
    pub at: OffsetDateTime,
}

/// What happened to a design, newest first, from behind `after`.
pub async fn list(
    db: impl PgExecutor<'_>,
    design: DesignId,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Happened>> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query!(
        r#"
        select history.id, history.verb, history.detail, history.at, history.account, accounts.name as "name?",
            proposals.number as "proposal?"
        from history
        left join accounts on accounts.id = history.account
        left join proposals on proposals.id = history.proposal
        where history.design = $1
            and ($2::timestamptz is null or (history.at, history.id) < ($2, $3::uuid))
        order by history.at desc, history.id desc
        limit $4
        "#,
        design.0,
        after_at,
        after_id,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Happened {
            id: row.id,
            who: Some(person(row.account, row.name)),
            verb: row.verb,
            detail: row.detail,
            proposal: row.proposal,
            at: row.at,
        })
        .collect())
}
