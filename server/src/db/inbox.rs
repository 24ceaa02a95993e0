//! Whose turn it is. One open entry per account, reason and subject; a second of the same kind renews the first.

use app::model::account::Person;
use app::model::ids::{AccountId, InboxId, ProposalId, TeamId, ThreadId};
use app::model::inbox::{Detail, Reason};
use sqlx::PgExecutor;
use sqlx::types::Json;
use time::OffsetDateTime;
use uuid::Uuid;

use super::person::{person, word};
use crate::clock::fresh_id;

/// An entry for several people.
pub struct Turn<'a> {
    /// Why.
    pub reason: Reason,
    /// In which team.
    pub team: TeamId,
    /// About which proposal.
    pub proposal: ProposalId,
    /// About which of its threads.
    pub thread: Option<ThreadId>,
    /// Who made it their turn.
    pub actor: AccountId,
    /// What the sentence needs.
    pub detail: &'a Detail,
    /// Now.
    pub at: OffsetDateTime,
}

/// Makes it the turn of those of `accounts` who are in the team; answers who they are.
pub async fn put(db: impl PgExecutor<'_>, accounts: &[AccountId], turn: Turn<'_>) -> sqlx::Result<Vec<AccountId>> {
    let accounts: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    let ids: Vec<Uuid> = accounts.iter().map(|_| fresh_id()).collect();
    let put = sqlx::query_scalar!(
        "
        insert into inbox (id, account, team, proposal, thread, reason, actor, detail, at)
        select rows.id, rows.account, $3, $4, $5, $6, $7, $8, $9
        from unnest($1::uuid[], $2::uuid[]) as rows (id, account)
        join members on members.team = $3 and members.account = rows.account
        on conflict (account, reason, proposal, thread) where done_at is null
            do update set actor = excluded.actor, detail = excluded.detail, at = excluded.at
        returning account
        ",
        &ids,
        &accounts,
        turn.team.0,
        turn.proposal.0,
        turn.thread.map(|thread| thread.0),
        turn.reason.as_str(),
        turn.actor.0,
        Json(turn.detail) as _,
        turn.at,
    )
    .fetch_all(db)
    .await?;
    Ok(put.into_iter().map(AccountId).collect())
}

/// Which open entries are done with.
#[derive(Clone, Copy, Default)]
pub struct Done {
    /// Only this account's.
    pub account: Option<AccountId>,
    /// Only with this reason.
    pub reason: Option<Reason>,
    /// Only about this proposal.
    pub proposal: Option<ProposalId>,
    /// Only about this thread.
    pub thread: Option<ThreadId>,
}

/// Takes them out of the inboxes; answers whose.
pub async fn done(db: impl PgExecutor<'_>, which: Done, at: OffsetDateTime) -> sqlx::Result<Vec<AccountId>> {
    let accounts = sqlx::query_scalar!(
        "
        update inbox set done_at = $5
        where done_at is null
            and ($1::uuid is null or account = $1)
            and ($2::text is null or reason = $2)
            and ($3::uuid is null or proposal = $3)
            and ($4::uuid is null or thread = $4)
        returning account
        ",
        which.account.map(|account| account.0),
        which.reason.map(Reason::as_str),
        which.proposal.map(|proposal| proposal.0),
        which.thread.map(|thread| thread.0),
        at,
    )
    .fetch_all(db)
    .await?;
    Ok(accounts.into_iter().map(AccountId).collect())
}

/// Puts one of one's own (of `team` only, when given) away; whether there is such a one.
pub async fn put_away(
    db: impl PgExecutor<'_>,
    account: AccountId,
    team: Option<TeamId>,
    item: InboxId,
    at: OffsetDateTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "update inbox set done_at = coalesce(done_at, $4) where id = $1 and account = $2 and ($3::uuid is null or team = $3)",
        item.0,
        account.0,
        team.map(|team| team.0),
        at,
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// An entry with the names of what it is about.
pub struct Row {
    /// Its id.
    pub id: InboxId,
    /// Why.
    pub reason: Reason,
    /// Who made it their turn.
    pub actor: Person,
    /// What the sentence needs.
    pub detail: Detail,
    /// The thread it is about.
    pub thread: Option<ThreadId>,
    /// The proposal's number.
    pub proposal: i32,
    /// D-12.
    pub design: i32,
    /// The design's title.
    pub title: String,
    /// The team's name in links.
    pub slug: String,
    /// The team's name.
    pub team: String,
    /// When.
    pub at: OffsetDateTime,
}

/// What waits for an account in the teams it is in (or in `team` only), newest first, from behind `after`.
pub async fn list(
    db: impl PgExecutor<'_>,
    account: AccountId,
    team: Option<TeamId>,
    after: Option<(OffsetDateTime, Uuid)>,
    limit: i64,
) -> sqlx::Result<Vec<Row>> {
    let (after_at, after_id) = after.unzip();
    let rows = sqlx::query!(
        r#"
        select inbox.id, inbox.reason, inbox.thread, inbox.at, inbox.detail as "detail: Json<Detail>",
            actors.id as "actor?", actors.name as "actor_name?",
            proposals.number as proposal, designs.number as design, designs.title, teams.slug, teams.name as team
        from inbox
        join members on members.team = inbox.team and members.account = inbox.account
        join teams on teams.id = inbox.team
        join proposals on proposals.id = inbox.proposal
        join designs on designs.id = proposals.design
        left join accounts as actors on actors.id = inbox.actor
        where inbox.account = $1 and inbox.done_at is null
            and ($2::uuid is null or inbox.team = $2)
            and ($3::timestamptz is null or (inbox.at, inbox.id) < ($3, $4::uuid))
        order by inbox.at desc, inbox.id desc
        limit $5
        "#,
        account.0,
        team.map(|team| team.0),
        after_at,
        after_id,
        limit,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Row {
                id: InboxId(row.id),
                reason: word(&row.reason)?,
                actor: person(row.actor, row.actor_name),
                detail: row.detail.0,
                thread: row.thread.map(ThreadId),
                proposal: row.proposal,
                design: row.design,
                title: row.title,
                slug: row.slug,
                team: row.team,
                at: row.at,
            })
        })
        .collect()
}

/// How many entries wait for an account: the number in the title.
pub async fn count(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<u32> {
    let count = sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from inbox
        join members on members.team = inbox.team and members.account = inbox.account
        where inbox.account = $1 and inbox.done_at is null
        "#,
        account.0,
    )
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}
