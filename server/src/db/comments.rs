//! The comments of threads.

use app::model::account::Person;
use app::model::ids::{AccountId, CommentId, ThreadId};
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::person::person;

/// A comment to be added.
pub struct NewComment<'a> {
    /// Its id.
    pub id: CommentId,
    /// In which thread.
    pub thread: ThreadId,
    /// By whom.
    pub by: AccountId,
    /// Markdown.
    pub body: &'a str,
    /// Now.
    pub at: OffsetDateTime,
}

/// Adds a comment.
pub async fn insert(db: impl PgExecutor<'_>, new: NewComment<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into comments (id, thread, author, body, created_at) values ($1, $2, $3, $4, $5)",
        new.id.0,
        new.thread.0,
        new.by.0,
        new.body,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A comment as it stands in the table.
pub struct Row {
    /// Its id.
    pub id: CommentId,
    /// In which thread.
    pub thread: ThreadId,
    /// Who wrote it.
    pub by: Person,
    /// Markdown.
    pub body: String,
    /// When.
    pub at: OffsetDateTime,
    /// When it was last edited.
    pub edited: Option<OffsetDateTime>,
}

/// The comments of these threads, oldest first; their number is limited where they are added.
pub async fn of(db: impl PgExecutor<'_>, threads: &[ThreadId]) -> sqlx::Result<Vec<Row>> {
    let ids: Vec<_> = threads.iter().map(|thread| thread.0).collect();
    let rows = sqlx::query!(
        r#"
        select comments.id, comments.thread, comments.body, comments.created_at, comments.edited_at,
            accounts.id as "by?", accounts.name as "by_name?"
        from comments
        left join accounts on accounts.id = comments.author
        where comments.thread = any($1)
        order by comments.created_at, comments.id
        "#,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Row {
            id: CommentId(row.id),
            thread: ThreadId(row.thread),
            by: person(row.by, row.by_name),
            body: row.body,
            at: row.created_at,
            edited: row.edited_at,
        })
        .collect())
}

/// Who took part in a thread, and how many comments it has.
pub async fn participants(db: impl PgExecutor<'_>, thread: ThreadId) -> sqlx::Result<(Vec<AccountId>, i64)> {
    let row = sqlx::query!(
        r#"
        select coalesce(array_agg(distinct author) filter (where author is not null), '{}') as "authors!", count(*) as "count!"
        from comments
        where thread = $1
        "#,
        thread.0,
    )
    .fetch_one(db)
    .await?;
    Ok((row.authors.into_iter().map(AccountId).collect(), row.count))
}

/// Where a comment is and who wrote it.
pub async fn find(db: impl PgExecutor<'_>, comment: CommentId) -> sqlx::Result<Option<(ThreadId, Option<AccountId>)>> {
    let row = sqlx::query!("select thread, author from comments where id = $1", comment.0).fetch_optional(db).await?;
    Ok(row.map(|row| (ThreadId(row.thread), row.author.map(AccountId))))
}
