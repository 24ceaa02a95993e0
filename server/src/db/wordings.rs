//! What comments say, and said before they were edited.

use app::model::ids::CommentId;
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// Puts other words into a comment and keeps those that were there. One that reads so already stays as it is: nothing was edited.
pub async fn replace(db: impl PgExecutor<'_>, comment: CommentId, body: &str, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "
        with earlier as (
            insert into earlier_wordings (comment, nth, body, written_at)
            select id, 1 + (select count(*) from earlier_wordings where comment = $1), body, coalesce(edited_at, created_at)
            from comments
            where id = $1 and body <> $2
        )
        update comments set body = $2, edited_at = $3 where id = $1 and body <> $2
        ",
        comment.0,
        body,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many earlier wordings a comment has.
pub async fn count(db: impl PgExecutor<'_>, comment: CommentId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from earlier_wordings where comment = $1"#, comment.0).fetch_one(db).await
}

/// What a comment said at one time.
pub struct Row {
    /// When that was written.
    pub at: OffsetDateTime,
    /// Markdown.
    pub body: String,
}

/// Everything that a comment said, the oldest first; the last is what it says. Their number is limited where they are added.
pub async fn of(db: impl PgExecutor<'_>, comment: CommentId) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as!(
        Row,
        r#"
        select written_at as "at!", body as "body!" from (
            select nth, written_at, body from earlier_wordings where comment = $1
            union all
            select null, coalesce(edited_at, created_at), body from comments where id = $1
        ) as wordings
        order by nth nulls last
        "#,
        comment.0,
    )
    .fetch_all(db)
    .await
}
