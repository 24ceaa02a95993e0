//! Who wrote: from the log's contributions, which are never compacted.

use app::model::account::Person;
use app::model::ids::{AccountId, ProposalId};
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::person::person;

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

/// Whose a Yjs client is, and what its first edit came from.
#[derive(Clone, Debug)]
pub struct Client {
    /// The client.
    pub client: u64,
    /// Whose it is.
    pub who: Person,
    /// The seq of its first edit.
    pub first: i64,
    /// When that was; none: not known any more.
    pub since: Option<OffsetDateTime>,
    /// It put an older text back: the words are older than the edit.
    pub put_back: bool,
    /// It is a suggestion that was accepted, of this person.
    pub suggested: Option<Person>,
}

/// Those of these Yjs clients that belong to an account. The server draws a fresh one for every edit of its own, so that the first edit of such a
/// client is the only one.
pub async fn of_clients(db: impl PgExecutor<'_>, document: ProposalId, clients: &[u64]) -> sqlx::Result<Vec<Client>> {
    let clients: Vec<i64> = clients.iter().map(|client| client.cast_signed()).collect();
    let rows = sqlx::query!(
        r#"
        select contributions.client, contributions.first_seq, contributions.first_at, accounts.id as account, accounts.name,
            exists (
                select from checkpoints
                where checkpoints.document = $1 and checkpoints.seq = contributions.first_seq - 1 and checkpoints.replaced
            ) as "put_back!",
            threads.id is not null as "suggested!", suggesters.id as "suggester?", suggesters.name as "suggester_name?"
        from contributions
        join accounts on accounts.id = contributions.account
        left join landed on landed.document = $1 and landed.seq = contributions.first_seq and landed.cause like 'suggestion %'
        left join threads on threads.id = case when landed.cause like 'suggestion %' then split_part(landed.cause, ' ', 2)::uuid end
        left join accounts as suggesters on suggesters.id = threads.created_by
        where contributions.document = $1 and contributions.client = any($2)
        "#,
        document.0,
        &clients,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Client {
            client: row.client.cast_unsigned(),
            who: person(Some(row.account), Some(row.name)),
            first: row.first_seq,
            since: row.first_at,
            put_back: row.put_back,
            suggested: row.suggested.then(|| person(row.suggester, row.suggester_name)),
        })
        .collect())
}
