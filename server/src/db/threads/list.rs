//! Threads in lists: of a proposal's page, of an accepted text, of the gate.

use app::model::account::Person;
use app::model::anchor::Passage;
use app::model::ids::{DesignId, ProposalId, ThreadId};
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

use super::Row;
use crate::db::person::{person, word};
use crate::rooms::Range;

/// The columns of every query for threads.
pub(super) struct Columns {
    pub(super) id: Uuid,
    pub(super) proposal: Option<Uuid>,
    pub(super) origin: Option<Uuid>,
    pub(super) kind: String,
    pub(super) anchor_start: Option<Vec<u8>>,
    pub(super) anchor_end: Option<Vec<u8>>,
    pub(super) quote: String,
    pub(super) quote_before: String,
    pub(super) quote_after: String,
    pub(super) revision: Option<i32>,
    pub(super) detached: bool,
    pub(super) created_at: OffsetDateTime,
    pub(super) resolved_at: Option<OffsetDateTime>,
    pub(super) by: Option<Uuid>,
    pub(super) by_name: Option<String>,
    pub(super) resolver: Option<Uuid>,
    pub(super) resolver_name: Option<String>,
}

impl Columns {
    /// As the product's types.
    pub(super) fn row(self) -> sqlx::Result<Row> {
        Ok(Row {
            id: ThreadId(self.id),
            proposal: self.proposal.map(ProposalId),
            origin: self.origin.map(ProposalId),
            kind: word(&self.kind)?,
            range: self.anchor_start.zip(self.anchor_end).map(|(start, end)| Range { start, end }),
            passage: Passage { quote: self.quote, before: self.quote_before, after: self.quote_after },
            revision: self.revision,
            detached: self.detached,
            by: person(self.by, self.by_name),
            created: self.created_at,
            resolved: self.resolved_at.map(|at| (person(self.resolver, self.resolver_name), at)),
        })
    }
}

/// The threads of a proposal's page, those included that went on to the accepted text: open ones first, the newest of each.
pub async fn of_proposal(db: impl PgExecutor<'_>, proposal: ProposalId, limit: i64) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        Columns,
        r#"
        select threads.id, threads.proposal, threads.origin, threads.kind, threads.anchor_start, threads.anchor_end, threads.quote,
            threads.quote_before, threads.quote_after, threads.revision, threads.detached, threads.created_at, threads.resolved_at,
            makers.id as "by?", makers.name as "by_name?", resolvers.id as "resolver?", resolvers.name as "resolver_name?"
        from threads
        left join accounts as makers on makers.id = threads.created_by
        left join accounts as resolvers on resolvers.id = threads.resolved_by
        where threads.proposal = $1 or (threads.proposal is null and threads.origin = $1)
        order by threads.resolved_at is null desc, threads.created_at desc, threads.id desc
        limit $2
        "#,
        proposal.0,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Columns::row).collect()
}

/// The threads of a design's accepted text: open ones first, the newest of each.
pub async fn of_accepted(db: impl PgExecutor<'_>, design: DesignId, limit: i64) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query_as!(
        Columns,
        r#"
        select threads.id, threads.proposal, threads.origin, threads.kind, threads.anchor_start, threads.anchor_end, threads.quote,
            threads.quote_before, threads.quote_after, threads.revision, threads.detached, threads.created_at, threads.resolved_at,
            makers.id as "by?", makers.name as "by_name?", resolvers.id as "resolver?", resolvers.name as "resolver_name?"
        from threads
        left join accounts as makers on makers.id = threads.created_by
        left join accounts as resolvers on resolvers.id = threads.resolved_by
        where threads.design = $1 and threads.proposal is null
        order by threads.resolved_at is null desc, threads.created_at desc, threads.id desc
        limit $2
        "#,
        design.0,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Columns::row).collect()
}

/// Who began each open blocking thread of a proposal, oldest first; their number is limited where they are started.
pub async fn blocking(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Vec<Person>> {
    let rows = sqlx::query!(
        r#"
        select accounts.id as "by?", accounts.name as "by_name?"
        from threads
        left join accounts on accounts.id = threads.created_by
        where threads.proposal = $1 and threads.resolved_at is null and threads.kind = 'blocking'
        order by threads.created_at, threads.id
        "#,
        proposal.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| person(row.by, row.by_name)).collect())
}

/// How many threads of a proposal are open.
pub async fn open(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from threads where proposal = $1 and resolved_at is null"#, proposal.0)
        .fetch_one(db)
        .await
}

/// Those of these threads whose beginner's account is removed.
pub async fn of_removed(db: impl PgExecutor<'_>, threads: &[ThreadId]) -> sqlx::Result<Vec<ThreadId>> {
    let ids: Vec<Uuid> = threads.iter().map(|thread| thread.0).collect();
    let found = sqlx::query_scalar!("select id from threads where id = any($1) and created_by is null", &ids).fetch_all(db).await?;
    Ok(found.into_iter().map(ThreadId).collect())
}
