//! What is found: designs by their best section, best first.
//!
//! Words that nearly every section contains (`the`, two letters typed so far) would have the database rank everything it holds. Where more
//! than [`COMMON`] sections match, only the texts of the [`RECENT`] designs that changed last are ranked, and all titles as always.

use app::model::design::{DesignFilter, DesignState};
use app::model::ids::{AccountId, TeamId};
use app::model::proposal::ProposalState;
use sqlx::PgExecutor;
use uuid::Uuid;

/// More matching sections than this are not ranked: 20 ms on the reference machine.
const COMMON: i64 = 4_000;

/// How many designs' texts are ranked instead.
const RECENT: i64 = 300;

/// Above every rank that words have: a number means one design.
const NUMBERED: f32 = 2.0;

/// What is looked for.
pub struct Query<'a> {
    /// In which team.
    pub team: TeamId,
    /// Who looks.
    pub asking: AccountId,
    /// What the list is narrowed to.
    pub filter: &'a DesignFilter,
    /// Words for titles, as `to_tsquery` takes them: every word may be unfinished.
    pub titles: &'a str,
    /// Words for texts: those of one letter must stand there so.
    pub texts: &'a str,
    /// The number of a design, if they may be one.
    pub number: Option<i32>,
}

/// A design that was found.
pub struct Found {
    /// Which.
    pub design: Uuid,
    /// How well its best section matches.
    pub rank: f32,
    /// Which section that is.
    pub ordinal: i32,
}

/// Whether too many of the team's sections match to rank them all.
pub async fn common(db: impl PgExecutor<'_>, query: &Query<'_>) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        r#"
        select count(*) as "found!"
        from (
            select from search_sections where team = $1 and words @@ to_tsquery('simple', $2) limit $3
        ) as matching
        "#,
        query.team.0,
        query.texts,
        COMMON + 1,
    )
    .fetch_one(db)
    .await?;
    Ok(found > COMMON)
}

/// The designs that match and that the filter lets through, best first, from behind `after` (rank and id of the last one before).
#[expect(clippy::too_many_lines, reason = "one query, read in one piece")]
pub async fn ranked(
    db: impl PgExecutor<'_>,
    query: &Query<'_>,
    common: bool,
    after: Option<(f32, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Found>> {
    let (after_rank, after_id) = after.unzip();
    sqlx::query_as!(
        Found,
        r#"
        with asked as materialized (
            select designs.id, designs.number, designs.changed_at
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
        ),
        hits as (
            select asked.id as design, 0 as ordinal, $13::real as rank from asked where asked.number = $14
            union all
            select design, ordinal, ts_rank(words, to_tsquery('simple', $6)) as rank
            from search_sections
            where team = $1 and ordinal = 0 and words @@ to_tsquery('simple', $6)
            union all
            select design, ordinal, ts_rank(words, to_tsquery('simple', $7)) as rank
            from search_sections
            where not $8::boolean and team = $1 and ordinal > 0 and words @@ to_tsquery('simple', $7)
            union all
            select sections.design, sections.ordinal, ts_rank(sections.words, to_tsquery('simple', $7)) as rank
            from (select id from asked where $8::boolean order by changed_at desc, id desc limit $9) as recent
            join search_sections as sections on sections.design = recent.id
            where sections.ordinal > 0 and sections.words @@ to_tsquery('simple', $7)
        ),
        best as (
            select distinct on (hits.design) hits.design, hits.ordinal, hits.rank
            from hits
            order by hits.design, hits.rank desc, hits.ordinal
        )
        select best.design as "design!", best.ordinal as "ordinal!", best.rank as "rank!"
        from best
        join asked on asked.id = best.design
        where $10::real is null or (best.rank, best.design) < ($10, $11::uuid)
        order by best.rank desc, best.design desc
        limit $12
        "#,
        query.team.0,
        query.filter.archived,
        query.filter.state.map(DesignState::as_str),
        query.filter.mine.then_some(query.asking.0),
        query.filter.proposal.map(ProposalState::as_str),
        query.titles,
        query.texts,
        common,
        RECENT,
        after_rank,
        after_id,
        limit,
        NUMBERED,
        query.number,
    )
    .fetch_all(db)
    .await
}

/// Heading and body of these sections, in the order asked for; for the rows shown, so that nothing else is read in full.
pub async fn bodies(db: impl PgExecutor<'_>, designs: &[Uuid], ordinals: &[i32]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"
        select case when sections.ordinal = 0 then sections.heading else sections.body end as "body!"
        from unnest($1::uuid[], $2::integer[]) with ordinality as shown (design, ordinal, place)
        join search_sections as sections on sections.design = shown.design and sections.ordinal = shown.ordinal
        order by shown.place
        "#,
        designs,
        ordinals,
    )
    .fetch_all(db)
    .await
}
