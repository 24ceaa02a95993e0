//! What the frame of a proposal's page shows.

use app::model::ids::{AccountId, DesignId, ProposalId};
use app::model::proposal::ProposalPage;
use app::model::revision::RevisionLine;
use app::model::role::Role;
use sqlx::PgExecutor;

use crate::db::person::{person, word};
use crate::db::versions::Version;

/// The page's frame as `asking` sees it, without its revisions.
pub async fn frame(db: impl PgExecutor<'_>, proposal: ProposalId, asking: AccountId, role: Role) -> sqlx::Result<Option<ProposalPage>> {
    let row = sqlx::query!(
        r#"
        select proposals.number, proposals.title, proposals.why, proposals.state, proposals.base, proposals.close_reason,
            proposals.merged_version, proposals.held_at is not null as "held!",
            designs.id as design, designs.number as design_number, designs.title as design_title, designs.version,
            designs.archived_at is not null as "archived!",
            makers.id as "by?", makers.name as "by_name?", holders.id as "holder?", holders.name as "holder_name?",
            exists (select from contributions where contributions.document = proposals.id and contributions.account = $2) as "wrote!",
            exists (select from review_requests where review_requests.proposal = proposals.id and review_requests.account = $2) as "asked!",
            (select count(*) from threads where threads.proposal = proposals.id and threads.resolved_at is null) as "open_threads!"
        from proposals
        join designs on designs.id = proposals.design
        left join accounts as makers on makers.id = proposals.created_by
        left join accounts as holders on holders.id = proposals.held_by
        where proposals.id = $1
        "#,
        proposal.0,
        asking.0,
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(ProposalPage {
            id: proposal,
            number: row.number,
            title: row.title,
            why: row.why,
            state: word(&row.state)?,
            by: person(row.by, row.by_name),
            design: DesignId(row.design),
            design_number: row.design_number,
            design_title: row.design_title,
            version: row.version,
            base: row.base,
            held_by: row.held.then(|| person(row.holder, row.holder_name)),
            close_reason: row.close_reason,
            merged_version: row.merged_version,
            archived: row.archived,
            role,
            wrote: row.wrote,
            asked: row.asked,
            revisions: Vec::new(),
            open_threads: u32::try_from(row.open_threads).unwrap_or(u32::MAX),
        })
    })
    .transpose()
}

/// A proposal's newest revisions, newest first.
pub async fn revisions(db: impl PgExecutor<'_>, proposal: ProposalId, limit: i64) -> sqlx::Result<Vec<RevisionLine>> {
    let rows = sqlx::query!(
        r#"
        select revisions.number, revisions.title, revisions.created_at, accounts.id as "by?", accounts.name as "by_name?"
        from revisions
        left join accounts on accounts.id = revisions.created_by
        where revisions.proposal = $1
        order by revisions.number desc
        limit $2
        "#,
        proposal.0,
        limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| RevisionLine { number: row.number, title: row.title, by: person(row.by, row.by_name), at: row.created_at })
        .collect())
}

/// The accepted version that a proposal stands on; none: the empty version 0.
pub async fn standing_on(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Option<Version>> {
    sqlx::query_as!(
        Version,
        "
        select versions.title, versions.text
        from proposals
        join versions on versions.design = proposals.design and versions.number = proposals.base
        where proposals.id = $1
        ",
        proposal.0,
    )
    .fetch_optional(db)
    .await
}
