//! Whether live documents can be written in: opened, held and closed with their proposal. What is in them is the log's matter.

use app::model::ids::{DesignId, ProposalId};
use sqlx::PgExecutor;

use super::log::State;

/// Says who may write from now on. Its room must look again after the commit.
pub async fn set_state(db: impl PgExecutor<'_>, document: ProposalId, state: State) -> sqlx::Result<()> {
    let word = match state {
        State::Open => "open",
        State::Held => "held",
        State::Closed => "closed",
    };
    sqlx::query!("update documents set state = $2 where id = $1", document.0, word).execute(db).await?;
    Ok(())
}

/// Closes the documents of all open proposals of a design, or gives them back the state of their proposal. Answers which.
pub async fn archive(db: impl PgExecutor<'_>, design: DesignId, archived: bool) -> sqlx::Result<Vec<ProposalId>> {
    let ids = sqlx::query_scalar!(
        "
        update documents
        set state = case when $2 then 'closed' when proposals.held_at is not null then 'held' else 'open' end
        from proposals
        where proposals.id = documents.id and proposals.design = $1 and proposals.state in ('draft', 'in_review')
        returning documents.id
        ",
        design.0,
        archived,
    )
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().map(ProposalId).collect())
}

/// All documents of a design, of closed and merged proposals too.
pub async fn of_design(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<Vec<ProposalId>> {
    let ids = sqlx::query_scalar!("select id from proposals where design = $1", design.0).fetch_all(db).await?;
    Ok(ids.into_iter().map(ProposalId).collect())
}
