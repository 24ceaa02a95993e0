//! Reviews and who was asked for them. A review's row is never changed but for what happened to its verdict afterwards.

use app::model::account::Person;
use app::model::approval::{Fate, Given};
use app::model::ids::{AccountId, ProposalId, ReviewId};
use app::model::review::Verdict;
use sqlx::PgExecutor;
use time::OffsetDateTime;

use super::person::{person, word};

/// A review to be published.
pub struct NewReview<'a> {
    /// Its id.
    pub id: ReviewId,
    /// On which proposal.
    pub proposal: ProposalId,
    /// On which revision of it.
    pub revision: i32,
    /// By whom.
    pub by: AccountId,
    /// What they say.
    pub verdict: Verdict,
    /// In their words.
    pub summary: &'a str,
    /// Now.
    pub at: OffsetDateTime,
}

/// Publishes a review.
pub async fn insert(db: impl PgExecutor<'_>, new: NewReview<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into reviews (id, proposal, revision, account, verdict, summary, at) values ($1, $2, $3, $4, $5, $6, $7)",
        new.id.0,
        new.proposal.0,
        new.revision,
        new.by.0,
        new.verdict.as_str(),
        new.summary,
        new.at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A review as it stands in the table.
pub struct Row {
    /// Its id.
    pub id: ReviewId,
    /// Verdict, giver, revision and what was done about it.
    pub given: Given,
    /// In their words.
    pub summary: String,
    /// When.
    pub at: OffsetDateTime,
    /// Who dismissed it and why.
    pub dismissed: Option<(Person, String)>,
}

/// All reviews of a proposal, oldest first, as the rules need them: every one decides about those before it.
pub async fn all(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Vec<Row>> {
    let rows = sqlx::query!(
        r#"
        select reviews.id, reviews.revision, reviews.verdict, reviews.summary, reviews.at,
            reviews.withdrawn_at is not null as "withdrawn!", reviews.lapsed_at is not null as "lapsed!",
            reviews.dismissed_at is not null as "dismissed!", coalesce(reviews.dismiss_reason, '') as "dismiss_reason!",
            givers.id as "by?", givers.name as "by_name?", admins.id as "admin?", admins.name as "admin_name?"
        from reviews
        left join accounts as givers on givers.id = reviews.account
        left join accounts as admins on admins.id = reviews.dismissed_by
        where reviews.proposal = $1
        order by reviews.at, reviews.id
        "#,
        proposal.0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let fate = match (row.withdrawn, row.dismissed, row.lapsed) {
                (true, ..) => Fate::Withdrawn,
                (_, true, _) => Fate::Dismissed,
                (_, _, true) => Fate::Lapsed,
                _ => Fate::Kept,
            };
            let given = Given { by: person(row.by, row.by_name), revision: row.revision, verdict: word(&row.verdict)?, fate };
            let dismissed = row.dismissed.then(|| (person(row.admin, row.admin_name), row.dismiss_reason));
            Ok(Row { id: ReviewId(row.id), given, summary: row.summary, at: row.at, dismissed })
        })
        .collect()
}

/// The proposal that a review is of.
pub async fn proposal_of(db: impl PgExecutor<'_>, review: ReviewId) -> sqlx::Result<Option<ProposalId>> {
    let id = sqlx::query_scalar!("select proposal from reviews where id = $1", review.0).fetch_optional(db).await?;
    Ok(id.map(ProposalId))
}

/// How many reviews an account has published on a proposal.
pub async fn count_of(db: impl PgExecutor<'_>, proposal: ProposalId, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(r#"select count(*) as "count!" from reviews where proposal = $1 and account = $2"#, proposal.0, account.0)
        .fetch_one(db)
        .await
}

/// Its giver takes it back.
pub async fn withdraw(db: impl PgExecutor<'_>, review: ReviewId, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update reviews set withdrawn_at = $2 where id = $1", review.0, at).execute(db).await?;
    Ok(())
}

/// An admin dismisses it.
pub async fn dismiss(db: impl PgExecutor<'_>, review: ReviewId, by: AccountId, reason: &str, at: OffsetDateTime) -> sqlx::Result<()> {
    sqlx::query!("update reviews set dismissed_at = $2, dismissed_by = $3, dismiss_reason = $4 where id = $1", review.0, at, by.0, reason,)
        .execute(db)
        .await?;
    Ok(())
}

/// Asks people for a review; somebody already asked is asked again.
pub async fn request(
    db: impl PgExecutor<'_>,
    proposal: ProposalId,
    reviewers: &[AccountId],
    by: AccountId,
    at: OffsetDateTime,
) -> sqlx::Result<()> {
    let ids: Vec<_> = reviewers.iter().map(|account| account.0).collect();
    sqlx::query!(
        "
        insert into review_requests (proposal, account, requested_by, requested_at)
        select $1, asked, $3, $4 from unnest($2::uuid[]) as asked
        on conflict (proposal, account) do update set requested_by = excluded.requested_by, requested_at = excluded.requested_at
        ",
        proposal.0,
        &ids,
        by.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who was asked and by whom, in the order of asking.
pub async fn requested(db: impl PgExecutor<'_>, proposal: ProposalId) -> sqlx::Result<Vec<(Person, Person)>> {
    let rows = sqlx::query!(
        r#"
        select asked.id, asked.name, askers.id as "by?", askers.name as "by_name?"
        from review_requests
        join accounts as asked on asked.id = review_requests.account
        left join accounts as askers on askers.id = review_requests.requested_by
        where review_requests.proposal = $1
        order by review_requests.requested_at, asked.id
        "#,
        proposal.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (person(Some(row.id), Some(row.name)), person(row.by, row.by_name))).collect())
}
