//! Pictures of teams. Their bytes are in the row, or in a store of objects.

use app::model::ids::{AccountId, TeamId};
use app::model::picture::PictureName;
use sqlx::PgExecutor;
use time::OffsetDateTime;

/// A picture to keep.
#[derive(Clone, Debug)]
pub struct NewPicture<'a> {
    /// Whose members see it.
    pub team: TeamId,
    /// What it is.
    pub name: &'a PictureName,
    /// How many bytes it has.
    pub size: usize,
    /// None: they are in the store of objects.
    pub bytes: Option<&'a [u8]>,
    /// Who brought it.
    pub by: AccountId,
    /// Now.
    pub at: OffsetDateTime,
}

/// Where a picture is.
#[derive(Clone, Debug)]
pub struct Found {
    /// A team that has it, and the asking account in it.
    pub team: TeamId,
    /// None: they are in the store of objects.
    pub bytes: Option<Vec<u8>>,
}

/// Keeps a picture; one that the team has already stays as it is.
pub async fn insert(db: impl PgExecutor<'_>, new: NewPicture<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "
        insert into pictures (team, hash, media_type, width, height, size, bytes, brought_by, brought_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict do nothing
        ",
        new.team.0,
        &new.name.hash[..],
        new.name.format.media_type(),
        side(new.name.width),
        side(new.name.height),
        i32::try_from(new.size).unwrap_or(i32::MAX),
        new.bytes,
        new.by.0,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a team has a picture.
pub async fn has(db: impl PgExecutor<'_>, team: TeamId, name: &PictureName) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from pictures where team = $1 and hash = $2) as "has!""#, team.0, &name.hash[..],)
        .fetch_one(db)
        .await
}

/// Bytes of all of a team's pictures.
pub async fn weight(db: impl PgExecutor<'_>, team: TeamId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select coalesce(sum(size), 0) as "weight!" from pictures where team = $1"#, team.0).fetch_one(db).await
}

/// A picture of a team that the account is in; with `bound`, of that team only. None: there is none of exactly that name.
pub async fn find(db: impl PgExecutor<'_>, name: &PictureName, account: AccountId, bound: Option<TeamId>) -> sqlx::Result<Option<Found>> {
    let row = sqlx::query!(
        "
        select pictures.team, pictures.bytes
        from pictures
        join members on members.team = pictures.team
        join accounts on accounts.id = members.account and accounts.suspended_at is null
        where pictures.hash = $1 and pictures.media_type = $2 and pictures.width = $3 and pictures.height = $4
            and members.account = $5 and ($6::uuid is null or pictures.team = $6)
        limit 1
        ",
        &name.hash[..],
        name.format.media_type(),
        side(name.width),
        side(name.height),
        account.0,
        bound.map(|team| team.0),
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| Found { team: TeamId(row.team), bytes: row.bytes }))
}

/// A side in pixels; names have none that is larger than the column takes.
fn side(pixels: u32) -> i32 {
    i32::try_from(pixels).unwrap_or(i32::MAX)
}
