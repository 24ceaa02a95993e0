//! Suggestions as rows: what a thread would change, and what became of it.

use app::model::account::Person;
use app::model::anchor::Passage;
use app::model::ids::{AccountId, ProposalId, ThreadId};
use app::model::suggestion::State;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::person::{person, word};
use crate::rooms::Range;

/// What a cause of the log begins with that is a suggestion's.
const CAUSE: &str = "suggestion ";

/// One place that a suggestion would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where.
    pub range: Range,
    /// What is there.
    pub passage: Passage,
    /// What would be.
    pub replacement: String,
}

/// A suggestion without its edits.
#[derive(Clone, Debug)]
pub struct Row {
    /// In which thread.
    pub thread: ThreadId,
    /// In whose text the thread is; none: the accepted one's.
    pub proposal: Option<ProposalId>,
    /// Who made it.
    pub by: Person,
    /// What became of it.
    pub state: State,
    /// Raised whenever its edits change.
    pub edition: i32,
}

impl Row {
    /// What an edit of the log comes from that brings it into the text.
    pub fn cause(&self) -> String {
        format!("{CAUSE}{} {}", self.thread, self.edition)
    }
}

/// Writes a suggestion; its thread is there.
pub async fn insert(db: &mut PgConnection, thread: ThreadId, edits: &[Edit]) -> sqlx::Result<()> {
    sqlx::query!("insert into suggestions (thread) values ($1)", thread.0).execute(&mut *db).await?;
    insert_edits(db, thread, edits).await
}

/// Replaces what an open one would change.
pub async fn change(db: &mut PgConnection, thread: ThreadId, edits: &[Edit]) -> sqlx::Result<()> {
    sqlx::query!("update suggestions set edition = edition + 1 where thread = $1", thread.0).execute(&mut *db).await?;
    sqlx::query!("delete from suggested_edits where thread = $1", thread.0).execute(&mut *db).await?;
    insert_edits(db, thread, edits).await
}

async fn insert_edits(db: &mut PgConnection, thread: ThreadId, edits: &[Edit]) -> sqlx::Result<()> {
    let column = |value: fn(&Edit) -> &str| -> Vec<String> { edits.iter().map(|edit| value(edit).to_owned()).collect() };
    let bytes = |value: fn(&Edit) -> &[u8]| -> Vec<Vec<u8>> { edits.iter().map(|edit| value(edit).to_vec()).collect() };
    sqlx::query!(
        "
        insert into suggested_edits (thread, nth, anchor_start, anchor_end, original, original_before, original_after, replacement)
        select $1, rows.*
        from rows from (
            generate_series(1, cardinality($2::bytea[])),
            unnest($2::bytea[]), unnest($3::bytea[]), unnest($4::text[]), unnest($5::text[]), unnest($6::text[]), unnest($7::text[])
        ) as rows
        ",
        thread.0,
        &bytes(|edit| &edit.range.start),
        &bytes(|edit| &edit.range.end),
        &column(|edit| &edit.passage.quote),
        &column(|edit| &edit.passage.before),
        &column(|edit| &edit.passage.after),
        &column(|edit| &edit.replacement),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One, its row locked until the transaction ends: nobody else decides it or changes it meanwhile.
pub async fn lock(db: &mut PgConnection, thread: ThreadId) -> sqlx::Result<Option<Row>> {
    sqlx::query!("select thread from suggestions where thread = $1 for update", thread.0).fetch_optional(&mut *db).await?;
    Ok(of(db, &[thread]).await?.pop())
}

/// Those of these threads that are suggestions.
pub async fn of(db: impl PgExecutor<'_>, threads: &[ThreadId]) -> sqlx::Result<Vec<Row>> {
    let ids: Vec<Uuid> = threads.iter().map(|thread| thread.0).collect();
    let rows = sqlx::query!(
        r#"
        select suggestions.thread, suggestions.state, suggestions.edition, threads.proposal,
            accounts.id as "by?", accounts.name as "by_name?"
        from suggestions
        join threads on threads.id = suggestions.thread
        left join accounts on accounts.id = threads.created_by
        where suggestions.thread = any($1)
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Row {
                thread: ThreadId(row.thread),
                proposal: row.proposal.map(ProposalId),
                by: person(row.by, row.by_name),
                state: word(&row.state)?,
                edition: row.edition,
            })
        })
        .collect()
}

/// What these would change, in the order of the text.
pub async fn edits(db: impl PgExecutor<'_>, threads: &[ThreadId]) -> sqlx::Result<Vec<(ThreadId, Edit)>> {
    let ids: Vec<Uuid> = threads.iter().map(|thread| thread.0).collect();
    let rows = sqlx::query!(
        "
        select thread, anchor_start, anchor_end, original, original_before, original_after, replacement
        from suggested_edits
        where thread = any($1)
        order by thread, nth
        ",
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let passage = Passage { quote: row.original, before: row.original_before, after: row.original_after };
            let range = Range { start: row.anchor_start, end: row.anchor_end };
            (ThreadId(row.thread), Edit { range, passage, replacement: row.replacement })
        })
        .collect())
}

/// Whose suggestions were accepted in a proposal, by name; also after their discussion has moved to the accepted text.
pub async fn credited(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Vec<Person>> {
    let rows = sqlx::query!(
        "
        select accounts.id, accounts.name
        from accounts
        where exists (
            select from threads
            join suggestions on suggestions.thread = threads.id
            where (threads.proposal = $1 or threads.origin = $1) and threads.created_by = accounts.id and suggestions.state = 'accepted'
        )
        order by lower(accounts.name), accounts.id
        ",
        proposal.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Person { id: Some(AccountId(row.id)), name: row.name }).collect())
}

/// The open ones of a proposal, the oldest first: they are threads, whose number is limited.
pub async fn open(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Vec<ThreadId>> {
    let ids = sqlx::query_scalar!(
        "
        select threads.id
        from threads join suggestions on suggestions.thread = threads.id
        where threads.proposal = $1 and suggestions.state = 'open'
        order by threads.created_at, threads.id
        ",
        proposal.0,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ThreadId).collect())
}

/// How many open ones an account has in a proposal.
pub async fn open_by(db: impl PgExecutor<'_>, proposal: ProposalId, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from threads join suggestions on suggestions.thread = threads.id
        where threads.proposal = $1 and threads.created_by = $2 and suggestions.state = 'open'
        "#,
        proposal.0,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// Says what became of one. That it is accepted, the append says that brings it into the text.
pub async fn set_state(db: impl PgExecutor<'_>, thread: ThreadId, state: State) -> sqlx::Result<()> {
    sqlx::query!("update suggestions set state = $2 where thread = $1", thread.0, state.as_str()).execute(db).await?;
    Ok(())
}

/// Those of these causes that are suggestions which cannot land any more, the others locked until the transaction ends.
pub async fn stale(db: &mut PgConnection, causes: &[Option<String>]) -> sqlx::Result<Vec<String>> {
    let asked: Vec<&String> = causes.iter().flatten().filter(|cause| cause.starts_with(CAUSE)).collect();
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let threads: Vec<Uuid> = asked.iter().filter_map(|cause| thread_of(cause)).collect();
    let landable = sqlx::query_scalar!(
        r#"
        select concat('suggestion ', thread, ' ', edition) as "cause!"
        from suggestions
        where thread = any($1) and state = 'open'
        order by thread
        for update
        "#,
        &threads,
    )
    .fetch_all(db)
    .await?;
    Ok(asked.into_iter().filter(|cause| !landable.contains(cause)).cloned().collect())
}

/// The thread of a suggestion's cause.
fn thread_of(cause: &str) -> Option<Uuid> {
    cause.strip_prefix(CAUSE)?.split(' ').next()?.parse().ok()
}
