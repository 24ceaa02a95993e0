//! Live documents as rows: made with their proposal, opened, held and closed with it. What is appended to them is the log's matter.

use app::model::ids::{AccountId, DesignId, ProposalId, TeamId};
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;

/// A document to be made.
pub struct NewDocument<'a> {
    /// The proposal that it is the text of.
    pub id: ProposalId,
    /// Its team.
    pub team: TeamId,
    /// What it begins with, one Yjs update; empty: nothing.
    pub update: &'a [u8],
    /// Whose text that is and the Yjs client that wrote it; none: the accepted text, nobody's own.
    pub author: Option<(AccountId, u64)>,
    /// Now.
    pub at: OffsetDateTime,
}

/// Makes a document, open, with its first update.
pub async fn create(db: &mut PgConnection, new: NewDocument<'_>) -> sqlx::Result<()> {
    let head = i64::from(!new.update.is_empty());
    sqlx::query!("insert into documents (id, team, head) values ($1, $2, $3)", new.id.0, new.team.0, head).execute(&mut *db).await?;
    if head == 0 {
        return Ok(());
    }
    sqlx::query!(
        "insert into updates (document, seq, bytes, account, at) values ($1, 1, $2, $3, $4)",
        new.id.0,
        new.update,
        new.author.map(|(account, _)| account.0),
        new.at,
    )
    .execute(&mut *db)
    .await?;
    if let Some((account, client)) = new.author {
        sqlx::query!(
            "insert into contributions (document, client, account, first_seq, last_seq) values ($1, $2, $3, 1, 1)",
            new.id.0,
            client.cast_signed(),
            account.0,
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// Who may write in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Editors.
    Open,
    /// Only Quorum itself.
    Held,
    /// Nobody.
    Closed,
}

impl State {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Held => "held",
            Self::Closed => "closed",
        }
    }
}

/// Says who may write from now on. Its room must look again after the commit.
pub async fn set_state(db: impl PgExecutor<'_>, document: ProposalId, state: State) -> sqlx::Result<()> {
    sqlx::query!("update documents set state = $2 where id = $1", document.0, state.as_str()).execute(db).await?;
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
