//! Signed-in browsers.

use app::model::account::Caller;
use app::model::ids::AccountId;
use sqlx::PgExecutor;
use time::OffsetDateTime;
use uuid::Uuid;

/// One signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the id in its cookie.
    pub id: Vec<u8>,
    /// Who signed in.
    pub account: AccountId,
    /// The browser as it names itself.
    pub user_agent: String,
    /// Where it last came from.
    pub address: String,
    /// When it signed in.
    pub created_at: OffsetDateTime,
    /// When it was last seen.
    pub seen_at: OffsetDateTime,
    /// When it ends.
    pub expires_at: OffsetDateTime,
}

/// A session as its row is.
struct SessionRow {
    id: Vec<u8>,
    account: Uuid,
    user_agent: String,
    address: String,
    created_at: OffsetDateTime,
    seen_at: OffsetDateTime,
    expires_at: OffsetDateTime,
}

impl From<SessionRow> for Session {
    fn from(row: SessionRow) -> Self {
        let SessionRow { id, account, user_agent, address, created_at, seen_at, expires_at } = row;
        Self { id, account: AccountId(account), user_agent, address, created_at, seen_at, expires_at }
    }
}

/// Writes a session down, or what changed of it.
pub async fn upsert(db: impl PgExecutor<'_>, session: &Session) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        insert into sessions (id, account, user_agent, address, created_at, seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (id) do update
        set account = excluded.account, user_agent = excluded.user_agent, address = excluded.address, seen_at = excluded.seen_at
        "#,
        session.id,
        session.account.0,
        session.user_agent,
        session.address,
        session.created_at,
        session.seen_at,
        session.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Browsers of one account that are signed in at a time: what somebody can look through before ending one.
const MOST: i64 = 100;

/// Ends the account's sessions that were seen least lately, where it has more than 100.
pub async fn delete_stalest(db: impl PgExecutor<'_>, account: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "
        delete from sessions
        where id in (select id from sessions where account = $1 order by seen_at desc, created_at desc offset $2)
        ",
        account.0,
        MOST,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A session that has not ended.
pub async fn find(db: impl PgExecutor<'_>, id: &[u8], now: OffsetDateTime) -> sqlx::Result<Option<Session>> {
    sqlx::query_as!(
        SessionRow,
        r#"
        select id, account, user_agent, address, created_at, seen_at, expires_at
        from sessions
        where id = $1 and expires_at > $2
        "#,
        id,
        now,
    )
    .fetch_optional(db)
    .await
    .map(|row| row.map(Session::from))
}

/// Who a session speaks for and when it was last seen; none when it has ended or its account is suspended.
pub async fn caller(db: impl PgExecutor<'_>, id: &[u8], now: OffsetDateTime) -> sqlx::Result<Option<(Caller, OffsetDateTime)>> {
    let row = sqlx::query!(
        r#"
        select accounts.id, accounts.name, accounts.email, accounts.operator, sessions.seen_at
        from sessions
        join accounts on accounts.id = sessions.account and accounts.suspended_at is null
        where sessions.id = $1 and sessions.expires_at > $2
        "#,
        id,
        now,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| {
        let caller = Caller { account: AccountId(row.id), name: row.name, email: row.email, operator: row.operator, token: None };
        (caller, row.seen_at)
    }))
}

/// Notes that a session was seen: it lives for `idle` seconds from now, but never longer than `absolute` seconds in all.
pub async fn touch(db: impl PgExecutor<'_>, id: &[u8], address: &str, now: OffsetDateTime, idle: f64, absolute: f64) -> sqlx::Result<()> {
    sqlx::query!(
        r#"
        update sessions
        set seen_at = $3, address = $2,
            expires_at = least($3::timestamptz + make_interval(secs => $4), created_at + make_interval(secs => $5))
        where id = $1
        "#,
        id,
        address,
        now,
        idle,
        absolute,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An account's sessions, the one seen last first.
pub async fn of_account(db: impl PgExecutor<'_>, account: AccountId, now: OffsetDateTime) -> sqlx::Result<Vec<Session>> {
    sqlx::query_as!(
        SessionRow,
        r#"
        select id, account, user_agent, address, created_at, seen_at, expires_at
        from sessions
        where account = $1 and expires_at > $2
        order by seen_at desc, id
        "#,
        account.0,
        now,
    )
    .fetch_all(db)
    .await
    .map(|rows| rows.into_iter().map(Session::from).collect())
}

/// Whether an account is signed in from an address.
pub async fn known_address(db: impl PgExecutor<'_>, account: AccountId, address: &str, now: OffsetDateTime) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from sessions where account = $1 and address = $2 and expires_at > $3) as "known!""#,
        account.0,
        address,
        now,
    )
    .fetch_one(db)
    .await
}

/// Ends a session; whose it was, when there was one.
pub async fn delete(db: impl PgExecutor<'_>, id: &[u8]) -> sqlx::Result<Option<AccountId>> {
    let account = sqlx::query_scalar!("delete from sessions where id = $1 returning account", id).fetch_optional(db).await?;
    Ok(account.map(AccountId))
}

/// Ends one of an account's sessions; false when it has none of that id.
pub async fn delete_of(db: impl PgExecutor<'_>, account: AccountId, id: &[u8]) -> sqlx::Result<bool> {
    let done = sqlx::query!("delete from sessions where account = $1 and id = $2", account.0, id).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// Ends all sessions of an account but one.
pub async fn delete_others(db: impl PgExecutor<'_>, account: AccountId, keep: &[u8]) -> sqlx::Result<()> {
    sqlx::query!("delete from sessions where account = $1 and id <> $2", account.0, keep).execute(db).await?;
    Ok(())
}
