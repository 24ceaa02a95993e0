//! What operators do on the command line, without a session: whoever holds the database's password may.

use app::error::{AppError, Result};
use app::model::ids::{AccountId, TeamId};
use app::model::role::Role;
use app::model::token::Scope;

use super::Service;
use super::fault::Shown;
use crate::db;

impl Service {
    /// The account of an address.
    pub async fn account_of(&self, email: &str) -> Result<AccountId> {
        let found = db::accounts::by_email(&self.db, email.trim()).await.shown()?;
        let none = || AppError::NotFound(format!("There is no account {email}. Make it with “quorum account create”."));
        found.map(|account| account.id).ok_or_else(none)
    }

    /// Makes an account; false: there is this very one already.
    pub async fn ensure_account(&self, name: &str, email: &str, password: &str) -> Result<bool> {
        let Some(account) = db::accounts::by_email(&self.db, email.trim()).await.shown()? else {
            self.make_account(name, email, password).await?;
            return Ok(true);
        };
        let same = self.people.passwords.verify(password, account.password_hash.as_deref()).await?;
        if same && account.name == name.trim() {
            return Ok(false);
        }
        Err(AppError::conflict(
            "account-exists",
            format!("{email} has an account with another name or password. To set its password use “quorum account reset”."),
        ))
    }

    /// Makes a team; false: there is this very one already.
    pub async fn ensure_team(&self, slug: &str, name: &str, admin: &str) -> Result<bool> {
        let admin = self.account_of(admin).await?;
        let Some(team) = db::teams::by_slug(&self.db, slug).await.shown()? else {
            self.make_team(slug, name, admin).await?;
            self.access_changed(admin).await;
            return Ok(true);
        };
        let role = db::teams::role_of(&self.db, team.id, admin).await.shown()?;
        if team.name == name.trim() && role == Some(Role::Admin) {
            return Ok(false);
        }
        Err(AppError::conflict(
            "team-exists",
            format!("There is a team {slug} with another name or admin. To add an admin use “quorum team add --role admin”."),
        ))
    }

    /// Puts an account into a team, or gives a member another role.
    pub async fn ensure_member(&self, slug: &str, email: &str, role: Role) -> Result<()> {
        let (team, account) = (self.team_of_slug(slug).await?, self.account_of(email).await?);
        self.put_in(team, account, role).await
    }

    /// Makes a token for a member of a team.
    pub async fn token_for(&self, email: &str, slug: &str, name: &str, scope: Scope, days: Option<u16>) -> Result<String> {
        let (team, account) = (self.team_of_slug(slug).await?, self.account_of(email).await?);
        if db::teams::role_of(&self.db, team, account).await.shown()?.is_none() {
            let reason = format!("{email} is not in the team {slug}. Add it with “quorum team add”.");
            return Err(AppError::conflict("not-a-member", reason));
        }
        self.make_token(account, team, name, scope, days).await
    }

    async fn team_of_slug(&self, slug: &str) -> Result<TeamId> {
        let found = db::teams::by_slug(&self.db, slug).await.shown()?;
        let none = || AppError::NotFound(format!("There is no team {slug}. Make it with “quorum team create”."));
        found.map(|team| team.id).ok_or_else(none)
    }
}
