//! Designs as rows: made, read, renamed, archived, deleted.

use app::model::account::Person;
use app::model::design::DesignState;
use app::model::ids::{AccountId, DesignId, TeamId};
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::person::{person, word};

mod cards;
mod lines;
mod list;

pub use cards::{known, like, numbered};
pub use lines::lines;
pub use list::{Listed, newest};

/// A design to be made.
pub struct NewDesign<'a> {
    /// Its id.
    pub id: DesignId,
    /// Its team.
    pub team: TeamId,
    /// From [`take_number`].
    pub number: i32,
    /// Its title, checked.
    pub title: &'a str,
    /// Who makes it.
    pub owner: AccountId,
    /// What an import must give back on export; none: made here, or a file with nothing to remember.
    pub imported: Option<&'a serde_json::Value>,
    /// Now.
    pub at: OffsetDateTime,
}

/// The number that the team's next design gets. Locks the team's row until the transaction ends, so call it late.
pub async fn take_number(db: impl PgExecutor<'_>, team: TeamId) -> sqlx::Result<i32> {
    sqlx::query_scalar!(r#"update teams set next_design = next_design + 1 where id = $1 returning next_design - 1 as "number!""#, team.0)
        .fetch_one(db)
        .await
}

/// Writes a new design; its first proposal takes number 1.
pub async fn insert(db: impl PgExecutor<'_>, new: NewDesign<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into designs (id, team, number, title, owner, imported, next_proposal, created_at, changed_at)
        values ($1, $2, $3, $4, $5, $6, 2, $7, $7)
        ",
        new.id.0,
        new.team.0,
        new.number,
        new.title,
        new.owner.0,
        new.imported,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a design's page says of it, but for its proposals.
pub struct Found {
    /// Its title.
    pub title: String,
    /// Where it is in its life.
    pub state: DesignState,
    /// Who created it.
    pub owner: Person,
    /// Newest accepted version.
    pub version: i32,
    /// Hidden from lists and read-only.
    pub archived: bool,
    /// Has a decision.
    pub decided: bool,
    /// What its import must give back on export.
    pub imported: Option<serde_json::Value>,
}

/// A design as its page shows it.
pub async fn find(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        r#"
        select title, state, version, archived_at is not null as "archived!", imported,
            owners.id as "owner?", owners.name as "owner_name?",
            exists (select from decisions where decisions.design = designs.id) as "decided!"
        from designs
        left join accounts as owners on owners.id = designs.owner
        where designs.id = $1
        "#,
        design.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Found {
            title: row.title,
            state: word(&row.state)?,
            owner: person(row.owner, row.owner_name),
            version: row.version,
            archived: row.archived,
            decided: row.decided,
            imported: row.imported,
        })
    })
    .transpose()
}

/// A design whose row is locked until the transaction ends.
pub struct Locked {
    /// Its title.
    pub title: String,
    /// Newest accepted version.
    pub version: i32,
    /// Hidden from lists and read-only.
    pub archived: bool,
    /// Has a decision.
    pub decided: bool,
}

/// Locks a design. Whoever locks its proposals or documents too does so after it, as merge does: one order, no deadlock. Not its key: appends that
/// refer to it hold their document already.
pub async fn lock(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<Option<Locked>> {
    sqlx::query_as!(
        Locked,
        r#"
        select title, version, archived_at is not null as "archived!",
            exists (select from decisions where decisions.design = designs.id) as "decided!"
        from designs
        where id = $1
        for no key update
        "#,
        design.0,
    )
    .fetch_optional(db)
    .await
}

/// The number that the design's next proposal gets; lists show that something changed.
pub async fn take_proposal_number(db: impl PgExecutor<'_>, design: DesignId, at: OffsetDateTime) -> sqlx::Result<i32> {
    sqlx::query_scalar!(
        r#"
        update designs set next_proposal = next_proposal + 1, changed_at = greatest(changed_at, $2)
        where id = $1
        returning next_proposal - 1 as "number!"
        "#,
        design.0,
        at,
    )
    .fetch_one(db)
    .await
}

/// Lists show that something changed; an older change never hides a newer one.
pub async fn touch(db: impl PgExecutor<'_>, design: DesignId, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update designs set changed_at = greatest(changed_at, $2) where id = $1", design.0, at).execute(db).await?;
    Ok(())
}

/// Gives it another title.
pub async fn rename(db: impl PgExecutor<'_>, design: DesignId, title: &str, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update designs set title = $2, changed_at = greatest(changed_at, $3) where id = $1", design.0, title, at)
        .execute(db)
        .await?;
    Ok(())
}

/// Hides it from lists, or shows it again.
pub async fn archive(db: impl PgExecutor<'_>, design: DesignId, archived: bool, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!(
        "
        update designs
        set archived_at = case when $2 then $3::timestamptz end, changed_at = greatest(changed_at, $3)
        where id = $1
        ",
        design.0,
        archived,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deletes it with everything below it. The schema refuses while a decision refers to it.
pub async fn delete(db: impl PgExecutor<'_>, design: DesignId) -> sqlx::Result<()> {
    sqlx::query!("delete from designs where id = $1", design.0).execute(db).await?;
    Ok(())
}
