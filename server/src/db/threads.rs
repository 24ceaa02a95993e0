//! Threads as rows: where they are anchored, what they ask, whether they are open.

use app::model::account::Person;
use app::model::anchor::Passage;
use app::model::ids::{AccountId, DesignId, ProposalId, TeamId, ThreadId};
use app::model::thread::Kind;
use sqlx::PgExecutor;
use time::OffsetDateTime;

use crate::rooms::Range;

mod list;

pub use list::{blocking, of_accepted, of_proposal, of_removed, open};

/// A thread to be started.
pub struct NewThread<'a> {
    /// Its id.
    pub id: ThreadId,
    /// Its team.
    pub team: TeamId,
    /// Its design.
    pub design: DesignId,
    /// Its proposal.
    pub proposal: ProposalId,
    /// What it asks.
    pub kind: Kind,
    /// Where it is; none: about the whole.
    pub range: Option<&'a Range>,
    /// The text there.
    pub passage: &'a Passage,
    /// The newest revision, when the text was that revision's.
    pub revision: Option<i32>,
    /// Who starts it.
    pub by: AccountId,
    /// Now.
    pub at: OffsetDateTime,
}

/// Writes a thread; its first comment follows in the same transaction.
pub async fn insert(db: impl PgExecutor<'_>, new: NewThread<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into threads (
            id, team, design, proposal, origin, kind, anchor_start, anchor_end, quote, quote_before, quote_after, revision,
            created_by, created_at
        )
        values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        ",
        new.id.0,
        new.team.0,
        new.design.0,
        new.proposal.0,
        new.kind.as_str(),
        new.range.map(|range| range.start.as_slice()),
        new.range.map(|range| range.end.as_slice()),
        new.passage.quote,
        new.passage.before,
        new.passage.after,
        new.revision,
        new.by.0,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A thread as it stands in the table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: ThreadId,
    /// The proposal whose live document it is anchored in; none: the accepted text.
    pub proposal: Option<ProposalId>,
    /// Where it began.
    pub origin: Option<ProposalId>,
    /// What it asks.
    pub kind: Kind,
    /// Where it is; none: about the whole.
    pub range: Option<Range>,
    /// The text it was put on.
    pub passage: Passage,
    /// The revision it was made on.
    pub revision: Option<i32>,
    /// Was nowhere when it was last looked for.
    pub detached: bool,
    /// Who began it.
    pub by: Person,
    /// When.
    pub created: OffsetDateTime,
    /// Who resolved it and when.
    pub resolved: Option<(Person, OffsetDateTime)>,
}

impl Row {
    /// The proposal on whose page it is shown.
    pub fn home(&self) -> Option<ProposalId> {
        self.proposal.or(self.origin)
    }

    /// Whether it is about the whole, not about a passage.
    pub fn whole(&self) -> bool {
        self.range.is_none() && self.passage.quote.is_empty()
    }
}

/// One thread.
pub async fn find(db: impl PgExecutor<'_>, thread: ThreadId) -> sqlx::Result<Option<Row>> {
    let row = sqlx::query_as!(
        list::Columns,
        r#"
        select threads.id, threads.proposal, threads.origin, threads.kind, threads.anchor_start, threads.anchor_end, threads.quote,
            threads.quote_before, threads.quote_after, threads.revision, threads.detached, threads.created_at, threads.resolved_at,
            makers.id as "by?", makers.name as "by_name?", resolvers.id as "resolver?", resolvers.name as "resolver_name?"
        from threads
        left join accounts as makers on makers.id = threads.created_by
        left join accounts as resolvers on resolvers.id = threads.resolved_by
        where threads.id = $1
    "#,
        thread.0
    )
    .fetch_optional(db)
    .await?;
    row.map(list::Columns::row).transpose()
}

/// Puts a thread where its text is now, unless it was moved since it was read; its quote stays what it was put on.
pub async fn reattach(db: impl PgExecutor<'_>, row: &Row, range: &Range) -> sqlx::Result<()> {
    sqlx::query!(
        "
        update threads set anchor_start = $3, anchor_end = $4, detached = false
        where id = $1 and anchor_start is not distinct from $2 and proposal is not null
        ",
        row.id.0,
        row.range.as_ref().map(|range| range.start.as_slice()),
        range.start,
        range.end,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a thread on another passage.
pub async fn attach(db: impl PgExecutor<'_>, thread: ThreadId, range: Option<&Range>, passage: &Passage) -> sqlx::Result<()> {
    sqlx::query!(
        "
        update threads
        set anchor_start = $2, anchor_end = $3, quote = $4, quote_before = $5, quote_after = $6, detached = false
        where id = $1
        ",
        thread.0,
        range.map(|range| range.start.as_slice()),
        range.map(|range| range.end.as_slice()),
        passage.quote,
        passage.before,
        passage.after,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a thread's text is nowhere, unless it was moved since it was read.
pub async fn set_detached(db: impl PgExecutor<'_>, row: &Row, detached: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "update threads set detached = $3 where id = $1 and anchor_start is not distinct from $2 and proposal is not null",
        row.id.0,
        row.range.as_ref().map(|range| range.start.as_slice()),
        detached,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Moves a merged proposal's thread to the accepted text.
pub async fn accept(db: impl PgExecutor<'_>, thread: ThreadId, range: Option<&Range>, detached: bool) -> sqlx::Result<()> {
    sqlx::query!(
        "update threads set proposal = null, anchor_start = $2, anchor_end = $3, detached = $4 where id = $1",
        thread.0,
        range.map(|range| range.start.as_slice()),
        range.map(|range| range.end.as_slice()),
        detached,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Changes what a thread asks.
pub async fn change_kind(db: impl PgExecutor<'_>, thread: ThreadId, kind: Kind) -> sqlx::Result<()> {
    sqlx::query!("update threads set kind = $2 where id = $1", thread.0, kind.as_str()).execute(db).await?;
    Ok(())
}

/// Resolves it.
pub async fn resolve(db: impl PgExecutor<'_>, thread: ThreadId, by: AccountId, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update threads set resolved_by = $2, resolved_at = $3 where id = $1", thread.0, by.0, at).execute(db).await?;
    Ok(())
}

/// Removes one without words.
pub async fn remove(db: impl PgExecutor<'_>, thread: ThreadId) -> sqlx::Result<()> {
    sqlx::query!("delete from threads where id = $1", thread.0).execute(db).await?;
    Ok(())
}

/// Opens it again.
pub async fn reopen(db: impl PgExecutor<'_>, thread: ThreadId) -> sqlx::Result<()> {
    sqlx::query!("update threads set resolved_by = null, resolved_at = null where id = $1", thread.0).execute(db).await?;
    Ok(())
}
