//! Who wrote: from the log's contributions, which are never compacted.

use app::model::account::Person;
use app::model::ids::{AccountId, ProposalId};
use sqlx::PgExecutor;

/// Everybody with at least one update of their own in a document up to `seq`, by name.
pub async fn until(db: impl PgExecutor<'_>, document: ProposalId, seq: i64) -> sqlx::Result<Vec<Person>> {
    let rows = sqlx::query!(
        "
        select accounts.id, accounts.name
        from accounts
        where exists (
            select from contributions
            where contributions.document = $1 and contributions.account = accounts.id and contributions.first_seq <= $2
        )
        order by lower(accounts.name), accounts.id
        ",
        document.0,
        seq,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Person { id: Some(AccountId(row.id)), name: row.name }).collect())
}
