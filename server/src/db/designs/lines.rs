//! The lines of a team's list: everything shown of some designs, in one query however many they are.

use app::model::account::Person;
use app::model::design::DesignLine;
use app::model::ids::{AccountId, DesignId};
use app::model::review::Verdict;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::db::person::{person, word};

/// Somebody who was asked, as the query packs them.
#[derive(Debug, Deserialize)]
struct Asked {
    /// Their account.
    id: Uuid,
    /// Their name.
    name: String,
    /// Their standing verdict.
    verdict: Option<Verdict>,
}

impl From<Asked> for (Person, Option<Verdict>) {
    fn from(asked: Asked) -> Self {
        (Person { id: Some(AccountId(asked.id)), name: asked.name }, asked.verdict)
    }
}

/// A line as the query answers it.
struct Row {
    id: Uuid,
    number: i32,
    title: String,
    state: String,
    changed_at: OffsetDateTime,
    archived: bool,
    owner: Option<Uuid>,
    owner_name: Option<String>,
    proposal: Option<i32>,
    proposal_state: Option<String>,
    open_threads: i64,
    reviewers: Option<Json<Vec<Asked>>>,
}

impl Row {
    fn line(self) -> sqlx::Result<DesignLine> {
        let proposal = self.proposal.zip(self.proposal_state);
        Ok(DesignLine {
            id: DesignId(self.id),
            number: self.number,
            title: self.title,
            state: word(&self.state)?,
            proposal: proposal.map(|(number, state)| word(&state).map(|state| (number, state))).transpose()?,
            owner: person(self.owner, self.owner_name),
            reviewers: self.reviewers.map(|Json(asked)| asked.into_iter().map(Into::into).collect()).unwrap_or_default(),
            open_threads: u32::try_from(self.open_threads).unwrap_or(u32::MAX),
            archived: self.archived,
            changed: self.changed_at,
            snippet: None,
        })
    }
}

/// The lines of these designs, in the order asked for. A verdict is somebody's newest, unless it was withdrawn, dismissed or has lapsed.
pub async fn lines(db: impl PgExecutor<'_>, designs: &[Uuid]) -> sqlx::Result<Vec<DesignLine>> {
    let rows = sqlx::query_as!(
        Row,
        r#"
        select designs.id, designs.number, designs.title, designs.state, designs.changed_at,
            designs.archived_at is not null as "archived!",
            owners.id as "owner?", owners.name as "owner_name?",
            open.number as "proposal?", open.state as "proposal_state?",
            (
                select count(*)
                from threads
                left join proposals on proposals.id = threads.proposal
                where threads.design = designs.id and threads.resolved_at is null
                    -- anchored to the accepted text, or to a proposal that can still be talked about
                    and (threads.proposal is null or proposals.state in ('draft', 'in_review'))
            ) as "open_threads!",
            (
                select jsonb_agg(
                    jsonb_build_object('id', accounts.id, 'name', accounts.name, 'verdict', newest.verdict)
                    order by accounts.name, accounts.id
                )
                from review_requests
                join accounts on accounts.id = review_requests.account
                left join lateral (
                    select case
                        when reviews.withdrawn_at is null and reviews.dismissed_at is null and reviews.lapsed_at is null then reviews.verdict
                    end as verdict
                    from reviews
                    where reviews.proposal = open.id and reviews.account = accounts.id
                    order by reviews.at desc, reviews.id desc
                    limit 1
                ) as newest on true
                where review_requests.proposal = open.id
            ) as "reviewers: Json<Vec<Asked>>"
        from unnest($1::uuid[]) with ordinality as asked (id, place)
        join designs on designs.id = asked.id
        left join accounts as owners on owners.id = designs.owner
        left join lateral (
            select proposals.id, proposals.number, proposals.state
            from proposals
            where proposals.design = designs.id and proposals.state in ('draft', 'in_review')
            order by proposals.number desc
            limit 1
        ) as open on true
        order by asked.place
        "#,
        designs,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::line).collect()
}
