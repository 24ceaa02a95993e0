//! What people say to comments without words.

use app::model::ids::{AccountId, CommentId, ThreadId};
use app::model::reaction::{Reacted, Reaction};
use app::model::sentence::and_others;
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::person::word;

/// People that are named for one sign; the others are counted.
const NAMED: i32 = 10;

/// Leaves a sign; one that is there already stays as it is.
pub async fn add(
    db: impl PgExecutor<'_>,
    comment: CommentId,
    account: AccountId,
    reaction: Reaction,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into reactions (comment, account, kind, at) values ($1, $2, $3, $4) on conflict do nothing",
        comment.0,
        account.0,
        reaction.as_str(),
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes one back.
pub async fn remove(db: impl PgExecutor<'_>, comment: CommentId, account: AccountId, reaction: Reaction) -> sqlx::Result<()> {
    sqlx::query!("delete from reactions where comment = $1 and account = $2 and kind = $3", comment.0, account.0, reaction.as_str())
        .execute(db)
        .await?;
    Ok(())
}

/// The signs on the comments of these threads, as somebody sees them; who came first is named first.
pub async fn of(db: impl PgExecutor<'_>, threads: &[ThreadId], asking: AccountId) -> sqlx::Result<Vec<(CommentId, Reacted)>> {
    let ids: Vec<_> = threads.iter().map(|thread| thread.0).collect();
    let rows = sqlx::query!(
        r#"
        select reactions.comment, reactions.kind, count(*) as "count!", bool_or(reactions.account = $2) as "mine!",
            (array_agg(accounts.name order by reactions.at, accounts.id))[1:$3] as "names!"
        from reactions
        join comments on comments.id = reactions.comment
        join accounts on accounts.id = reactions.account
        where comments.thread = any($1)
        group by reactions.comment, reactions.kind
        "#,
        &ids,
        asking.0,
        NAMED,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let count = u32::try_from(row.count).unwrap_or(u32::MAX);
            let others = (count as usize).saturating_sub(row.names.len());
            let reacted = Reacted { reaction: word(&row.kind)?, count, who: and_others(row.names, others), mine: row.mine };
            Ok((CommentId(row.comment), reacted))
        })
        .collect()
}
