//! Who asks: a signed-in browser or a program with a token.

use app::backend::Tokens;
use app::error::{AppError, Result};
use app::model::account::{Caller, SignedIn};
use app::model::ids::AccountId;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use time::Duration;

use super::Service;
use super::fault::Shown;
use crate::db;

/// A session that is not used for so long ends.
pub const IDLE: Duration = Duration::days(14);
/// A session ends after so long, used or not.
pub const ABSOLUTE: Duration = Duration::days(90);
/// How old "last seen" may be: without it every request would write.
const SEEN: Duration = Duration::MINUTE;

/// What a connection proved with who it is, so that long-lived ones can be asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// SHA-256 of a session's id.
    Session(Vec<u8>),
    /// A bearer token.
    Token(String),
}

/// What is kept of a session's id.
pub fn session_key(id: i128) -> Vec<u8> {
    Sha256::digest(id.to_le_bytes()).to_vec()
}

impl Service {
    /// Who a credential speaks for now. Ended, revoked, suspended: signed out.
    pub async fn caller(&self, credential: &Credential) -> Result<Caller> {
        match credential {
            Credential::Token(secret) => self.token_caller(secret).await,
            Credential::Session(key) => {
                let found = db::sessions::caller(&self.db, key, self.clock.now()).await.shown()?;
                found.map(|(caller, _)| caller).ok_or(AppError::SignedOut)
            }
        }
    }

    /// Who a browser's session speaks for; notes that it was seen, and from where.
    pub async fn visiting(&self, key: &[u8], address: &str) -> Result<Option<Caller>> {
        let now = self.clock.now();
        let Some((caller, seen)) = db::sessions::caller(&self.db, key, now).await.shown()? else { return Ok(None) };
        if now - seen >= SEEN {
            let (idle, absolute) = (IDLE.as_seconds_f64(), ABSOLUTE.as_seconds_f64());
            db::sessions::touch(&self.db, key, address, now, idle, absolute).await.shown()?;
        }
        Ok(Some(caller))
    }

    /// Ends the session of a browser that signs out.
    pub async fn sign_out(&self, key: &[u8]) -> Result<()> {
        if let Some(account) = db::sessions::delete(&self.db, key).await.shown()? {
            self.access_changed(account).await;
        }
        Ok(())
    }

    pub(crate) async fn sessions_of(&self, account: AccountId, current: &[u8]) -> Result<Vec<SignedIn>> {
        let rows = db::sessions::of_account(&self.db, account, self.clock.now()).await.shown()?;
        let shown = rows.into_iter().map(|row| SignedIn {
            key: HEXLOWER.encode(&row.id),
            current: row.id == current,
            user_agent: row.user_agent,
            address: row.address,
            since: row.created_at,
            seen: row.seen_at,
        });
        Ok(shown.collect())
    }

    pub(crate) async fn end_session_of(&self, account: AccountId, key: &str) -> Result<()> {
        let gone = || AppError::NotFound("This session has ended already.".into());
        let id = HEXLOWER.decode(key.as_bytes()).map_err(|_| gone())?;
        if !db::sessions::delete_of(&self.db, account, &id).await.shown()? {
            return Err(gone());
        }
        self.access_changed(account).await;
        Ok(())
    }
}

/// A person in a browser; programs with a token do not manage people.
pub(crate) fn person(caller: &Caller) -> Result<()> {
    match caller.token {
        None => Ok(()),
        Some(_) => Err(AppError::Forbidden("A token cannot do this. Sign in with a browser.".into())),
    }
}
