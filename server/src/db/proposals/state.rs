//! What happens to proposals as a whole: held, released, closed, opened again. The state of the document, which every append asks for,
//! changes in the same statement's transaction, so nothing can be appended to a text that is held or closed.

use app::model::ids::{AccountId, DesignId, ProposalId};
use app::model::proposal::ProposalState;
use sqlx::PgExecutor;
use time::OffsetDateTime;

use crate::db::person::word;

/// A proposal whose row is locked until the transaction ends.
pub struct Locked {
    /// Where it is in its life.
    pub state: ProposalState,
    /// The accepted version it stands on.
    pub base: i32,
    /// Nobody writes at present.
    pub held: bool,
}

/// Locks a proposal; its design must be locked before (see [`crate::db::designs::lock`]).
pub async fn lock(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Option<Locked>> {
    let row =
        sqlx::query!(r#"select state, base, held_at is not null as "held!" from proposals where id = $1 for no key update"#, proposal.0)
            .fetch_optional(db)
            .await?;
    row.map(|row| Ok(Locked { state: word(&row.state)?, base: row.base, held: row.held })).transpose()
}

/// A design's open proposals, oldest first, and the version each stands on.
pub async fn open_of(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<Vec<(ProposalId, i32)>> {
    let rows =
        sqlx::query!("select id, base from proposals where design = $1 and state in ('draft', 'in_review') order by number", design.0)
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|row| (ProposalId(row.id), row.base)).collect())
}

/// Nobody writes until it is released.
pub async fn hold(db: impl PgExecutor<'_>, proposal: ProposalId, by: AccountId, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update proposals set held_by = $2, held_at = $3 where id = $1", proposal.0, by.0, at).execute(db).await?;
    Ok(())
}

/// Editors write again.
pub async fn release(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<()> {
    sqlx::query!("update proposals set held_by = null, held_at = null where id = $1", proposal.0).execute(db).await?;
    Ok(())
}

/// Gives it up; a hold ends with it.
pub async fn close(db: impl PgExecutor<'_>, proposal: ProposalId, by: AccountId, reason: &str, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "
        update proposals
        set state = 'closed', closed_by = $2, closed_at = $3, close_reason = $4, held_by = null, held_at = null
        where id = $1
        ",
        proposal.0,
        by.0,
        at,
        reason,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Opens it again: in review when it was ever sent, else a draft.
pub async fn reopen(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<()> {
    sqlx::query!(
        "
        update proposals
        set state = case when exists (select from revisions where revisions.proposal = proposals.id) then 'in_review' else 'draft' end,
            closed_by = null, closed_at = null, close_reason = null
        where id = $1
        ",
        proposal.0,
    )
    .execute(db)
    .await?;
    Ok(())
}
