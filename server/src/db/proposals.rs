//! Proposals as rows: made, found, and where they are in their life.

use app::model::account::Person;
use app::model::ids::{AccountId, DesignId, ProposalId, TeamId};
use app::model::proposal::{ProposalLine, ProposalState};
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::person::{person, word};

mod page;
mod people;
mod state;

pub use page::{frame, revisions, standing_on};
pub use people::{Asked, by_email, matching};
pub use state::{Locked, close, hold, lock, open_of, release, reopen};

/// A proposal to be made.
pub struct NewProposal<'a> {
    /// Its id.
    pub id: ProposalId,
    /// The design it would change.
    pub design: DesignId,
    /// P-2 of the design.
    pub number: i32,
    /// What it would change.
    pub title: &'a str,
    /// Why.
    pub why: &'a str,
    /// The accepted version it stands on.
    pub base: i32,
    /// Who makes it.
    pub by: AccountId,
    /// Now.
    pub at: OffsetDateTime,
}

/// Writes a new proposal, a draft.
pub async fn insert(db: impl PgExecutor<'_>, new: NewProposal<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into proposals (id, design, number, title, why, base, created_by, created_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        ",
        new.id.0,
        new.design.0,
        new.number,
        new.title,
        new.why,
        new.base,
        new.by.0,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A design's proposals, newest first, with numbers below `before`.
pub async fn list(db: impl PgExecutor<'_>, design: DesignId, before: Option<i32>, limit: i64) -> sqlx::Result<Vec<ProposalLine>> {
    let rows = sqlx::query!(
        r#"
        select proposals.id, proposals.number, proposals.title, proposals.why, proposals.state, proposals.created_at,
            accounts.id as "by?", accounts.name as "by_name?",
            coalesce((select max(revisions.number) from revisions where revisions.proposal = proposals.id), 0) as "revision!"
        from proposals
        left join accounts on accounts.id = proposals.created_by
        where proposals.design = $1 and ($2::integer is null or proposals.number < $2)
        order by proposals.number desc
        limit $3
        "#,
        design.0,
        before,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ProposalLine {
                id: ProposalId(row.id),
                number: row.number,
                title: row.title,
                why: row.why,
                state: word(&row.state)?,
                by: person(row.by, row.by_name),
                created: row.created_at,
                revision: row.revision,
            })
        })
        .collect()
}

/// The proposal of a number.
pub async fn by_number(db: impl PgExecutor<'_>, design: DesignId, number: i32) -> sqlx::Result<Option<ProposalId>> {
    let id = sqlx::query_scalar!("select id from proposals where design = $1 and number = $2", design.0, number).fetch_optional(db).await?;
    Ok(id.map(ProposalId))
}

/// P-2 of its design.
pub async fn number(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<i32> {
    sqlx::query_scalar!("select number from proposals where id = $1", proposal.0).fetch_one(db).await
}

/// A proposal's place in the product.
pub struct Whereabouts {
    /// Its design.
    pub design: DesignId,
    /// Its design's team.
    pub team: TeamId,
    /// Its design's title.
    pub title: String,
    /// What the design's import must give back on export.
    pub imported: Option<serde_json::Value>,
    /// Where it is in its life.
    pub state: ProposalState,
    /// Who holds its text.
    pub held_by: Option<Person>,
    /// The design is archived.
    pub archived: bool,
}

/// Where a proposal belongs and whether it can be written in.
pub async fn whereabouts(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Option<Whereabouts>> {
    let row = sqlx::query!(
        r#"
        select designs.id as design, designs.team, designs.title, designs.imported, designs.archived_at is not null as "archived!",
            proposals.state, proposals.held_at is not null as "held!", holders.id as "holder?", holders.name as "holder_name?"
        from proposals
        join designs on designs.id = proposals.design
        left join accounts as holders on holders.id = proposals.held_by
        where proposals.id = $1
        "#,
        proposal.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Whereabouts {
            design: DesignId(row.design),
            team: TeamId(row.team),
            title: row.title,
            imported: row.imported,
            state: word(&row.state)?,
            held_by: row.held.then(|| person(row.holder, row.holder_name)),
            archived: row.archived,
        })
    })
    .transpose()
}
