//! Who could be asked to review.

use app::model::ids::{AccountId, ProposalId, TeamId};
use app::model::review::Candidate;
use app::model::role::Role;
use sqlx::PgExecutor;

use crate::db::access::role;

/// Members who may review a proposal and whose name or address contains `like` (already escaped for `like`), by name; its authors last.
pub async fn matching(db: impl PgExecutor<'_>, team: TeamId, proposal: ProposalId, like: &str, limit: i64) -> sqlx::Result<Vec<Candidate>> {
    let rows = sqlx::query!(
        r#"
        select accounts.id, accounts.name, accounts.email,
            exists (select from contributions where contributions.document = $4 and contributions.account = accounts.id) as "wrote!"
        from members
        join accounts on accounts.id = members.account and accounts.suspended_at is null
        where members.team = $1 and members.role <> 'viewer'
            and (accounts.name ilike '%' || $2::text || '%' or accounts.email ilike '%' || $2::text || '%')
        order by 4, lower(accounts.name), accounts.id
        limit $3
        "#,
        team.0,
        like,
        limit,
        proposal.0,
    )
    .fetch_all(db)
    .await?;
    let found = rows.into_iter();
    Ok(found.map(|row| Candidate { account: AccountId(row.id), name: row.name, email: row.email, wrote: row.wrote }).collect())
}

/// What was found for one address.
pub struct Asked {
    /// The address as asked for.
    pub email: String,
    /// The member of that address; none: nobody of this team, or suspended.
    pub member: Option<(AccountId, Role)>,
}

/// The members of these addresses, in the order asked for.
pub async fn by_email(db: impl PgExecutor<'_>, team: TeamId, emails: &[String]) -> sqlx::Result<Vec<Asked>> {
    let rows = sqlx::query!(
        r#"
        select asked.email as "email!", members.account as "account?", members.role as "role?"
        from unnest($2::text[]) with ordinality as asked (email, place)
        left join accounts on lower(accounts.email) = lower(asked.email) and accounts.suspended_at is null
        left join members on members.account = accounts.id and members.team = $1
        order by asked.place
        "#,
        team.0,
        emails,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let member = row.account.zip(row.role);
            let member = member.map(|(account, word)| Ok::<_, sqlx::Error>((AccountId(account), role(&word)?))).transpose()?;
            Ok(Asked { email: row.email, member })
        })
        .collect()
}
