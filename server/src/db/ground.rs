//! The proposal that a use case stands on, with its design.
//!
//! Whatever decides about a proposal (a vote, a thread, a revision, a merge) locks its design's row first: a merge sees every vote or comes
//! before it. A merge goes on to lock the document's row and then the proposal's, in the order in which an append takes them, so that the
//! two never wait for each other in a circle.

use app::model::account::Person;
use app::model::ids::{AccountId, DesignId, ProposalId, TeamId};
use app::model::proposal::ProposalState;
use sqlx::{PgConnection, PgExecutor};
use time::OffsetDateTime;

use super::person::{person, word};

/// A proposal and what it needs to know of its design.
#[derive(Clone, Debug)]
pub struct Ground {
    /// The proposal.
    pub proposal: ProposalId,
    /// P-2 of the design.
    pub number: i32,
    /// Why, as its maker said.
    pub why: String,
    /// Where it is.
    pub state: ProposalState,
    /// The accepted version it stands on.
    pub base: i32,
    /// The version it became.
    pub merged_version: Option<i32>,
    /// Who made it.
    pub by: Person,
    /// The design.
    pub design: DesignId,
    /// Its team.
    pub team: TeamId,
    /// The design's title.
    pub title: String,
    /// The design's newest accepted version.
    pub version: i32,
    /// The design is archived: read-only.
    pub archived: bool,
}

/// The ground as it is at this moment.
pub async fn find(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Option<Ground>> {
    let row = sqlx::query!(
        r#"
        select proposals.number, proposals.why, proposals.state, proposals.base, proposals.merged_version,
            accounts.id as "by?", accounts.name as "by_name?",
            designs.id as design, designs.team, designs.title, designs.version, designs.archived_at is not null as "archived!"
        from proposals
        join designs on designs.id = proposals.design
        left join accounts on accounts.id = proposals.created_by
        where proposals.id = $1
        "#,
        proposal.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Ground {
            proposal,
            number: row.number,
            why: row.why,
            state: word(&row.state)?,
            base: row.base,
            merged_version: row.merged_version,
            by: person(row.by, row.by_name),
            design: DesignId(row.design),
            team: TeamId(row.team),
            title: row.title,
            version: row.version,
            archived: row.archived,
        })
    })
    .transpose()
}

/// The ground, its design locked until the transaction ends and marked as changed `at`, if it does change.
///
/// Rows that merely refer to the design can still be written: no key changes.
pub async fn lock(db: &mut PgConnection, proposal: ProposalId, at: impl Into<Option<OffsetDateTime>>) -> sqlx::Result<Option<Ground>> {
    sqlx::query!(
        "
        update designs set changed_at = greatest(changed_at, $2)
        where id = (select design from proposals where id = $1)
        ",
        proposal.0,
        at.into(),
    )
    .execute(&mut *db)
    .await?;
    find(db, proposal).await
}

/// As [`lock`], and the document's and the proposal's rows too: nothing is appended until the transaction ends.
pub async fn lock_text(db: &mut PgConnection, proposal: ProposalId, at: OffsetDateTime) -> sqlx::Result<Option<Ground>> {
    lock(db, proposal, at).await?;
    sqlx::query!("select id from documents where id = $1 for update", proposal.0).fetch_optional(&mut *db).await?;
    sqlx::query!("select id from proposals where id = $1 for no key update", proposal.0).fetch_optional(&mut *db).await?;
    find(db, proposal).await
}

/// It was sent for review.
pub async fn in_review(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<()> {
    sqlx::query!("update proposals set state = 'in_review' where id = $1 and state = 'draft'", proposal.0).execute(db).await?;
    Ok(())
}

/// It became a version: read-only for good, and no longer held by anybody.
pub async fn merged(db: &mut PgConnection, ground: &Ground, version: i32) -> sqlx::Result<()> {
    sqlx::query!(
        "update proposals set state = 'merged', merged_version = $2, held_by = null, held_at = null where id = $1",
        ground.proposal.0,
        version,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!("update documents set state = 'closed' where id = $1", ground.proposal.0).execute(&mut *db).await?;
    sqlx::query!("update designs set version = $2, state = 'accepted' where id = $1", ground.design.0, version).execute(db).await?;
    Ok(())
}

/// Of these accounts, those that are in the team, may sign in and may at least comment.
pub async fn able_to_review(db: impl PgExecutor<'_>, team: TeamId, accounts: &[AccountId]) -> sqlx::Result<Vec<AccountId>> {
    let ids: Vec<_> = accounts.iter().map(|account| account.0).collect();
    let found = sqlx::query_scalar!(
        "
        select members.account
        from members
        join accounts on accounts.id = members.account and accounts.suspended_at is null
        where members.team = $1 and members.account = any($2) and members.role <> 'viewer'
        ",
        team.0,
        &ids,
    )
    .fetch_all(db)
    .await?;
    Ok(found.into_iter().map(AccountId).collect())
}
