//! A team's designs, last changed first: which ones are on the page.

use app::model::design::{DesignFilter, DesignState};
use app::model::ids::{AccountId, DesignId, TeamId};
use app::model::proposal::ProposalState;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// One row of a page, with what its successor begins after.
pub struct Listed {
    /// Which design.
    pub id: DesignId,
    /// When it last changed.
    pub changed: OffsetDateTime,
}

/// The designs that a filter lets through, last changed first, from behind `after`. Its words are another query's matter.
pub async fn newest(
    db: impl PgExecutor<'_>,
    team: TeamId,
    asking: AccountId,
    filter: &DesignFilter,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Listed>> {
    let (after_at, after_id) = after.unzip();
    // Walks the index in order and stops when the page is full; a filter that lets little through walks over all of the team's designs,
    // some 20 ms for 10,000.
    let rows = sqlx::query!(
        "
        select designs.id, designs.changed_at
        from designs
        where designs.team = $1
            and (designs.archived_at is not null) = $2
            and ($3::text is null or designs.state = $3)
            and ($4::uuid is null or designs.owner = $4)
            and ($5::text is null or $5 = (
                select proposals.state
                from proposals
                where proposals.design = designs.id and proposals.state in ('draft', 'in_review')
                order by proposals.number desc
                limit 1
            ))
            and ($6::timestamptz is null or (designs.changed_at, designs.id) < ($6, $7::uuid))
        order by designs.changed_at desc, designs.id desc
        limit $8
        ",
        team.0,
        filter.archived,
        filter.state.map(DesignState::as_str),
        filter.mine.then_some(asking.0),
        filter.proposal.map(ProposalState::as_str),
        after_at,
        after_id,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| Listed { id: DesignId(row.id), changed: row.changed_at }).collect())
}
