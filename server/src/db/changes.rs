//! What has changed under open sockets; who writes it down is in `migrations/0009_changes.sql`.

use std::collections::HashSet;
use std::time::Duration;

use app::model::ids::{AccountId, ProposalId, TeamId};
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// Rows are kept so long. A process that was frozen for half of it no longer knows what it missed.
const KEPT: Duration = Duration::from_hours(1);

/// One change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Changed {
    /// What an account may do: its role, membership or suspension, a token or session of it.
    Access(AccountId),
    /// Whether a text may be written in, or whether there is one.
    State(TeamId, ProposalId),
}

/// What one look has found.
#[derive(Clone, Debug)]
pub struct Look {
    /// Each change that became visible since the look before; the first finds none.
    pub changes: HashSet<Changed>,
    /// What was visible, for the next.
    snapshot: String,
    /// When it was, as the database counts time, and since when this database runs.
    at: OffsetDateTime,
    up_since: OffsetDateTime,
}

impl Look {
    /// Whether it has found all that happened since `before`: the rows are still kept, and it is the same database, with the same transactions.
    pub fn follows(&self, before: &Self) -> bool {
        self.up_since == before.up_since && self.at - before.at < KEPT / 2
    }
}

/// Looks at what has become visible since a look before.
pub async fn since(db: impl PgExecutor<'_>, before: Option<&Look>) -> sqlx::Result<Look> {
    let rows = sqlx::query!(
        r#"
        select looked.snapshot::text as "snapshot!", looked.at as "at!", looked.up_since as "up_since!",
            changes.account as "account?", changes.document as "document?", changes.team as "team?"
        from (select pg_current_snapshot() as snapshot, now() as at, pg_postmaster_start_time() as up_since) as looked
        left join changes
            on changes.tx >= pg_snapshot_xmin($1::text::pg_snapshot)
            and not pg_visible_in_snapshot(changes.tx, $1::text::pg_snapshot)
        "#,
        before.map(|look| look.snapshot.as_str()),
    )
    .fetch_all(db)
    .await?;
    let first = rows.first().ok_or(sqlx::Error::RowNotFound)?;
    let (snapshot, at, up_since) = (first.snapshot.clone(), first.at, first.up_since);
    let changes = rows.into_iter().filter_map(|row| {
        let state = row.team.zip(row.document).map(|(team, document)| Changed::State(TeamId(team), ProposalId(document)));
        row.account.map(|account| Changed::Access(AccountId(account))).or(state)
    });
    let changes = changes.collect();
    Ok(Look { changes, snapshot, at, up_since })
}

/// Removes rows that every process has read. By the database's clock, which wrote them.
pub async fn tidy(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("delete from changes where at < now() - make_interval(secs => $1)", KEPT.as_secs_f64()).execute(db).await?;
    Ok(())
}
