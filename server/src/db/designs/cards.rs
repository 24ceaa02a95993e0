//! Designs by their numbers and by what somebody has typed of them: where texts name them.

use app::model::design::DesignCard;
use app::model::ids::TeamId;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::db::person::{person, word};

/// A card as the queries answer it.
struct Row {
    number: i32,
    title: String,
    state: String,
    archived: bool,
    owner: Option<Uuid>,
    owner_name: Option<String>,
    proposal: Option<i32>,
    proposal_state: Option<String>,
}

impl Row {
    fn card(self) -> sqlx::Result<DesignCard> {
        let proposal = self.proposal.zip(self.proposal_state);
        Ok(DesignCard {
            number: self.number,
            title: self.title,
            state: word(&self.state)?,
            proposal: proposal.map(|(number, state)| word(&state).map(|state| (number, state))).transpose()?,
            owner: person(self.owner, self.owner_name),
            archived: self.archived,
        })
    }
}

/// Those of these numbers that a team has, in order.
pub async fn numbered(db: impl PgExecutor<'_>, team: TeamId, numbers: &[i32]) -> sqlx::Result<Vec<DesignCard>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select designs.number, designs.title, designs.state, designs.archived_at is not null as "archived!",
            owners.id as "owner?", owners.name as "owner_name?",
            open.number as "proposal?", open.state as "proposal_state?"
        from designs
        left join accounts as owners on owners.id = designs.owner
        left join lateral (
            select proposals.number, proposals.state
            from proposals
            where proposals.design = designs.id and proposals.state in ('draft', 'in_review')
            order by proposals.number desc
            limit 1
        ) as open on true
        where designs.team = $1 and designs.number = any($2)
        order by designs.number
        "#,
        team.0,
        numbers,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::card).collect()
}

/// The team's designs whose number begins so, or whose title contains every word (given in lower case): the number itself, longer numbers, titles; those
/// that changed last first. Not the archived ones.
pub async fn like(
    db: impl PgExecutor<'_>,
    team: TeamId,
    number: Option<&str>,
    words: &[String],
    limit: i64,
) -> sqlx::Result<Vec<DesignCard>> {
    // Without words this walks an index; else it reads all the team's titles, some 10 ms for 10,000.
    let rows = sqlx::query_as!(
        Row,
        r#"
        select found.number as "number!", found.title as "title!", found.state as "state!", false as "archived!",
            owners.id as "owner?", owners.name as "owner_name?",
            open.number as "proposal?", open.state as "proposal_state?"
        from (
            select id, number, title, state, owner, changed_at
            from designs
            where team = $1 and archived_at is null
                and (
                    starts_with(number::text, $2)
                    or not exists (select from unnest($3::text[]) as word where position(word in lower(title)) = 0)
                )
            order by number::text is not distinct from $2 desc, starts_with(number::text, $2) is true desc, changed_at desc, id desc
            limit $4
        ) as found
        left join accounts as owners on owners.id = found.owner
        left join lateral (
            select proposals.number, proposals.state
            from proposals
            where proposals.design = found.id and proposals.state in ('draft', 'in_review')
            order by proposals.number desc
            limit 1
        ) as open on true
        order by found.number::text is not distinct from $2 desc, starts_with(found.number::text, $2) is true desc,
            found.changed_at desc, found.id desc
        "#,
        team.0,
        number,
        words,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::card).collect()
}

/// The team's name in links, and those of these numbers that it has.
pub async fn known(db: impl PgExecutor<'_>, team: TeamId, numbers: &[i32]) -> sqlx::Result<Option<(String, Vec<i32>)>> {
    let row = sqlx::query!(
        r#"
        select slug, array(select number from designs where designs.team = teams.id and number = any($2)) as "numbers!"
        from teams
        where id = $1
        "#,
        team.0,
        numbers,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.slug, row.numbers)))
}
