//! Which design's text names which others: written when a text is indexed, read by whoever is named.

use app::model::design::Backlink;
use app::model::ids::{DesignId, TeamId};
use sqlx::PgExecutor;

use super::person::word;

/// Writes what a design's accepted text and its newest open proposal name, as it should be; rows that are so already are not touched.
pub async fn put(db: impl PgExecutor<'_>, team: TeamId, design: DesignId, accepted: &[i32], proposed: &[i32]) -> sqlx::Result<()> {
    sqlx::query!(
        "
        with named as (
            select number, bool_or(accepted) as accepted
            from (
                select unnest($3::integer[]) as number, true as accepted
                union all
                select unnest($4::integer[]), false
            ) as both_texts
            group by number
        ), gone as (
            delete from backlinks where design = $1 and number not in (select number from named)
        )
        insert into backlinks (design, number, team, accepted)
        select $1, number, $2, accepted from named
        on conflict (design, number) do update
        set accepted = excluded.accepted
        where backlinks.accepted <> excluded.accepted
        ",
        design.0,
        team.0,
        accepted,
        proposed,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The designs that name the one of a number, newest first, from below `before`. Not itself, and none of the archive.
pub async fn of(db: impl PgExecutor<'_>, team: TeamId, number: i32, before: Option<i32>, limit: i64) -> sqlx::Result<Vec<Backlink>> {
    let rows = sqlx::query!(
        "
        select designs.number, designs.title, designs.state, backlinks.accepted
        from backlinks
        join designs on designs.id = backlinks.design
        where backlinks.team = $1 and backlinks.number = $2
            and designs.number <> $2 and designs.archived_at is null
            and ($3::integer is null or designs.number < $3)
        order by designs.number desc
        limit $4
        ",
        team.0,
        number,
        before,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| Ok(Backlink { number: row.number, title: row.title, state: word(&row.state)?, accepted: row.accepted }))
        .collect()
}
