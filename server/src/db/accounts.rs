//! Accounts and the links that set their passwords.

use std::collections::HashMap;

use app::error::AppError;
use app::model::account::{Membership, Person};
use app::model::ids::{AccountId, TeamId};
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

use super::access::role;
use super::person::person;
use super::{DbError, OnConstraint};

/// An account as sign-in and the command line need it.
#[derive(Clone, Debug)]
pub struct Account {
    /// Which.
    pub id: AccountId,
    /// As typed at sign-up.
    pub email: String,
    /// Shown to others.
    pub name: String,
    /// In PHC form; none: must be reset first.
    pub password_hash: Option<String>,
    /// Runs this instance.
    pub operator: bool,
    /// May not sign in at present.
    pub suspended: bool,
}

/// An account as its row is.
struct AccountRow {
    id: Uuid,
    email: String,
    name: String,
    password_hash: Option<String>,
    operator: bool,
    suspended: bool,
}

impl From<AccountRow> for Account {
    fn from(row: AccountRow) -> Self {
        let AccountRow { id, email, name, password_hash, operator, suspended } = row;
        Self { id: AccountId(id), email, name, password_hash, operator, suspended }
    }
}

/// An account to make.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// Its id.
    pub id: AccountId,
    /// Its address.
    pub email: &'a str,
    /// Its name.
    pub name: &'a str,
    /// In PHC form.
    pub password_hash: &'a str,
    /// Runs this instance.
    pub operator: bool,
}

/// Whether there is any account.
pub async fn any(db: impl PgExecutor<'_>) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from accounts) as "any!""#).fetch_one(db).await
}

/// Lets nobody else make an account until this transaction ends, so that only one can be the first.
pub async fn lock_first(db: impl PgExecutor<'_>) -> sqlx::Result<()> {
    sqlx::query!("lock table accounts in share row exclusive mode").execute(db).await?;
    Ok(())
}

/// Makes an account; `taken` is said when its address has one.
pub async fn insert(
    db: impl PgExecutor<'_>,
    account: NewAccount<'_>,
    now: OffsetDateTime,
    taken: impl FnOnce() -> AppError,
) -> Result<(), DbError> {
    sqlx::query!(
        "insert into accounts (id, email, name, password_hash, operator, created_at) values ($1, $2, $3, $4, $5, $6)",
        account.id.0,
        account.email,
        account.name,
        account.password_hash,
        account.operator,
        now,
    )
    .execute(db)
    .await
    .on_constraint("accounts_email_key", taken)?;
    Ok(())
}

/// The account of an address, compared without case.
pub async fn by_email(db: impl PgExecutor<'_>, email: &str) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        AccountRow,
        r#"
        select id, email, name, password_hash, operator, suspended_at is not null as "suspended!"
        from accounts
        where lower(email) = lower($1)
        "#,
        email,
    )
    .fetch_optional(db)
    .await
    .map(|row| row.map(Account::from))
}

/// One account.
pub async fn by_id(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<Option<Account>> {
    sqlx::query_as!(
        AccountRow,
        r#"
        select id, email, name, password_hash, operator, suspended_at is not null as "suspended!"
        from accounts
        where id = $1
        "#,
        account.0,
    )
    .fetch_optional(db)
    .await
    .map(|row| row.map(Account::from))
}

/// Those of these accounts that there still are.
pub async fn still_there(db: impl PgExecutor<'_>, accounts: &[AccountId]) -> sqlx::Result<Vec<AccountId>> {
    let ids: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    let found = sqlx::query_scalar!("select id from accounts where id = any($1)", &ids).fetch_all(db).await?;
    Ok(found.into_iter().map(AccountId).collect())
}

/// Sets an account's password.
pub async fn set_password(db: impl PgExecutor<'_>, account: AccountId, password_hash: &str) -> sqlx::Result<()> {
    sqlx::query!("update accounts set password_hash = $2 where id = $1", account.0, password_hash).execute(db).await?;
    Ok(())
}

/// Replaces a hash by a stronger one of the same password, unless the password was changed meanwhile.
pub async fn upgrade_hash(db: impl PgExecutor<'_>, account: AccountId, old: &str, new: &str) -> sqlx::Result<()> {
    sqlx::query!("update accounts set password_hash = $3 where id = $1 and password_hash = $2", account.0, old, new).execute(db).await?;
    Ok(())
}

/// Gives an account another name.
pub async fn rename(db: impl PgExecutor<'_>, account: AccountId, name: &str) -> sqlx::Result<()> {
    sqlx::query!("update accounts set name = $2 where id = $1", account.0, name).execute(db).await?;
    Ok(())
}

/// Suspends an account or lets it in again; false: there is no such account.
pub async fn suspend(db: impl PgExecutor<'_>, account: AccountId, since: Option<OffsetDateTime>) -> sqlx::Result<bool> {
    let done = sqlx::query!("update accounts set suspended_at = $2 where id = $1", account.0, since).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// The teams an account is in, by name.
pub async fn memberships(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<Vec<Membership>> {
    let rows = sqlx::query!(
        r#"
        select teams.id, teams.slug, teams.name, teams.device_copies, members.role
        from members
        join teams on teams.id = members.team
        where members.account = $1
        order by lower(teams.name), teams.id
        "#,
        account.0,
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Membership {
                team: TeamId(row.id),
                slug: row.slug,
                name: row.name,
                role: role(&row.role)?,
                device_copies: row.device_copies,
            })
        })
        .collect()
}

/// How many things wait for an account, in teams it is still in.
pub async fn waiting(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"
        select count(*) as "count!"
        from inbox
        join members on members.team = inbox.team and members.account = inbox.account
        where inbox.account = $1 and inbox.done_at is null
        "#,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// Accounts as others see them.
pub async fn people(db: impl PgExecutor<'_>, accounts: &[AccountId]) -> sqlx::Result<HashMap<AccountId, Person>> {
    let ids: Vec<Uuid> = accounts.iter().map(|account| account.0).collect();
    let rows = sqlx::query!("select id, name from accounts where id = any($1)", &ids).fetch_all(db).await?;
    Ok(rows.into_iter().map(|row| (AccountId(row.id), person(Some(row.id), Some(row.name)))).collect())
}
