//! Bearer tokens of programs.

use app::backend::{NewToken, Tokens};
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{AccountId, TeamId, TokenId};
use app::model::role::Act;
use app::model::token::{Scope, Token};
use async_trait::async_trait;
use time::Duration;

use super::fault::Shown;
use super::sessions::person;
use super::{Service, forms, secrets};
use crate::clock::fresh_id;
use crate::db;
use crate::db::tokens::TokenRow;

/// How old "last used" may be: without it every request would write.
const USED: Duration = Duration::MINUTE;

#[async_trait]
impl Tokens for Service {
    async fn tokens(&self, caller: &Caller) -> Result<Vec<Token>> {
        person(caller)?;
        db::tokens::of_account(&self.db, caller.account, self.clock.now()).await.shown()
    }

    async fn create_token(&self, caller: &Caller, token: NewToken) -> Result<String> {
        person(caller)?;
        let team = self.in_team(caller, &token.team, Act::Read).await?.team;
        self.make_token(caller.account, team, &token.name, token.scope, token.days).await
    }

    async fn revoke_token(&self, caller: &Caller, token: TokenId) -> Result<()> {
        person(caller)?;
        if !db::tokens::revoke(&self.db, caller.account, token, self.clock.now()).await.shown()? {
            return Err(AppError::NotFound("You have no such token.".into()));
        }
        self.access_changed(caller.account).await;
        Ok(())
    }

    async fn token_caller(&self, secret: &str) -> Result<Caller> {
        if !secret.starts_with(secrets::TOKEN_PREFIX) {
            return Err(AppError::SignedOut);
        }
        let (hash, now) = (secrets::hash(secret), self.clock.now());
        let (caller, used) = db::tokens::caller(&self.db, &hash, now).await.shown()?.ok_or(AppError::SignedOut)?;
        if used.is_none_or(|used| now - used >= USED) {
            db::tokens::touch(&self.db, &hash, now).await.shown()?;
        }
        Ok(caller)
    }
}

impl Service {
    /// Makes a token for an account that is in the team; answers its secret.
    pub async fn make_token(&self, account: AccountId, team: TeamId, name: &str, scope: Scope, days: Option<u16>) -> Result<String> {
        let name = forms::name("name", name)?;
        if days == Some(0) {
            return Err(AppError::invalid(
                "days",
                "A token lives for at least one day; leave it empty for one that lives until it is revoked.",
            ));
        }
        let (secret, now) = (secrets::token(), self.clock.now());
        let row = TokenRow {
            id: TokenId(fresh_id()),
            account,
            team,
            name,
            token_hash: &secrets::hash(&secret),
            hint: &secrets::hint(&secret),
            scope,
            created_at: now,
            expires_at: days.map(|days| now + Duration::days(days.into())),
        };
        if !db::tokens::insert(&self.db, row).await.shown()? {
            return Err(AppError::conflict(
                "too-many-tokens",
                "You have 100 tokens. Revoke one that is no longer used, then make this one.",
            ));
        }
        Ok(secret)
    }
}
