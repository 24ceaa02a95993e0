//! Sessions of browsers: the cookie, and the store over our own table, so that people can see and end theirs.

use std::fmt;

use app::model::ids::AccountId;
use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::HeaderValue;
use http::header::SET_COOKIE;
use serde_json::Value;
use time::OffsetDateTime;
use tower_sessions::cookie::SameSite;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{SessionManagerLayer, SessionStore};

use super::state::Doors;
use crate::config::PublicUrl;
use crate::db;
use crate::db::sessions::Session;
use crate::service::{ABSOLUTE, IDLE, Service, session_key};

/// Whose session it is.
pub const ACCOUNT: &str = "account";
/// The browser as it named itself at sign-in.
pub const USER_AGENT: &str = "user_agent";
/// Where it signed in from.
pub const ADDRESS: &str = "address";

/// Sessions over our own table.
#[derive(Clone)]
pub struct Store(Service);

/// Reads and writes the session cookie. Anonymous visitors get none.
pub fn layer(doors: &Doors) -> SessionManagerLayer<Store> {
    let url = &doors.setting.public_url;
    SessionManagerLayer::new(Store(doors.service.clone()))
        .with_name(cookie_name(url))
        .with_secure(url.secure())
        .with_http_only(true)
        // Lax, not Strict: a link in a mail to a proposal must open it signed in.
        .with_same_site(SameSite::Lax)
        .with_path("/")
}

/// `__Host-` makes browsers refuse the cookie without Secure, with a domain or another path; plain http cannot have it.
fn cookie_name(url: &PublicUrl) -> &'static str {
    if url.secure() { "__Host-quorum" } else { "quorum" }
}

/// Middleware: a removed cookie needs the attributes it was set with, or browsers refuse to remove one named `__Host-`.
pub async fn remove_properly(State(doors): State<Doors>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let url = &doors.setting.public_url;
    let emptied = format!("{}=;", cookie_name(url));
    let proper = if url.secure() {
        "__Host-quorum=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
    } else {
        "quorum=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
    };
    if let http::header::Entry::Occupied(mut cookies) = response.headers_mut().entry(SET_COOKIE) {
        for cookie in cookies.iter_mut().filter(|cookie| cookie.as_bytes().starts_with(emptied.as_bytes())) {
            *cookie = HeaderValue::from_static(proper);
        }
    }
    response
}

#[async_trait]
impl SessionStore for Store {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits do not collide.
        self.save(record).await?;
        db::sessions::delete_stalest(self.0.db(), account(record)?).await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let now = self.0.clock().now();
        let session = Session {
            id: session_key(record.id.0),
            account: account(record)?,
            user_agent: text(record, USER_AGENT).to_owned(),
            address: text(record, ADDRESS).to_owned(),
            created_at: record.expiry_date - ABSOLUTE,
            seen_at: now,
            expires_at: record.expiry_date.min(now + IDLE),
        };
        db::sessions::upsert(self.0.db(), &session).await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.0.clock().now();
        let found = db::sessions::find(self.0.db(), &session_key(id.0), now).await.map_err(backend)?;
        Ok(found.map(|session| record(*id, &session)))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        db::sessions::delete(self.0.db(), &session_key(id.0)).await.map_err(backend)?;
        Ok(())
    }
}

fn text<'a>(record: &'a Record, key: &str) -> &'a str {
    record.data.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn account(record: &Record) -> Result<AccountId> {
    text(record, ACCOUNT).parse().map_err(|_| Error::Encode("a session without an account".into()))
}

fn record(id: Id, session: &Session) -> Record {
    let expiry_date: OffsetDateTime = session.created_at + ABSOLUTE;
    let data = [(ACCOUNT, session.account.to_string()), (USER_AGENT, session.user_agent.clone()), (ADDRESS, session.address.clone())];
    Record { id, data: data.map(|(key, value)| (key.to_owned(), Value::String(value))).into(), expiry_date }
}

fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}
