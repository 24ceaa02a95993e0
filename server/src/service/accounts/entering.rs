//! How accounts come to be: the first run, an invitation, the command line.

use app::backend::{SetUp, SignUp};
use app::error::{AppError, Result};
use app::model::ids::{AccountId, TeamId};
use app::model::role::Role;
use sqlx::PgConnection;
use subtle::ConstantTimeEq;

use super::no_invitation;
use crate::clock::fresh_id;
use crate::db;
use crate::db::accounts::{Account, NewAccount};
use crate::db::teams::TeamRow;
use crate::service::fault::Shown;
use crate::service::{Service, forms, passwords, secrets};

/// What there can only be one of.
fn not_first() -> AppError {
    AppError::conflict("already-set-up", "This Quorum has accounts already. Sign in, or ask for an invitation.")
}

fn address_taken() -> AppError {
    AppError::invalid("email", "There is an account with this address. Sign in first, then open the invitation again.")
}

impl Service {
    /// Compares without telling by its time how much was right; hyphens, spaces and case do not matter, people type it.
    pub(super) fn check_set_up_code(&self, code: &str) -> Result<()> {
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        let wanted = self.people.set_up_code.as_deref().ok_or_else(not_first)?;
        if bool::from(letters(wanted).as_bytes().ct_eq(letters(code).as_bytes())) {
            return Ok(());
        }
        Err(AppError::invalid("code", "This is not the code. The server printed it when it started; look into its log."))
    }

    /// The operator, and their team.
    pub(super) async fn make_first_account(&self, form: SetUp) -> Result<AccountId> {
        let person = self.ready(&form.name, &form.email, &form.password).await?;
        let team_name = forms::name("team", &form.team)?;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        db::accounts::lock_first(&mut *tx).await.shown()?;
        if db::accounts::any(&mut *tx).await.shown()? {
            return Err(not_first());
        }
        self.insert(&mut tx, &person, true).await?;
        let team = TeamRow { id: TeamId(fresh_id()), slug: forms::slug_of(team_name), name: team_name.to_owned() };
        let now = self.clock.now();
        db::teams::insert(&mut *tx, &team, now, not_first).await.shown()?;
        db::teams::add_member(&mut *tx, team.id, person.id, Role::Admin, now).await.shown()?;
        tx.commit().await.shown()?;
        Ok(person.id)
    }

    /// An account by invitation, in the invitation's team.
    pub(super) async fn make_invited_account(&self, form: SignUp) -> Result<AccountId> {
        let person = self.ready(&form.name, &form.email, &form.password).await?;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        self.insert(&mut tx, &person, false).await?;
        self.enter(&mut tx, person.id, &form.invitation).await?;
        tx.commit().await.shown()?;
        Ok(person.id)
    }

    /// An account for the command line; the first one is the operator.
    pub async fn make_account(&self, name: &str, email: &str, password: &str) -> Result<AccountId> {
        let person = self.ready(name, email, password).await?;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        db::accounts::lock_first(&mut *tx).await.shown()?;
        let first = !db::accounts::any(&mut *tx).await.shown()?;
        self.insert(&mut tx, &person, first).await?;
        tx.commit().await.shown()?;
        Ok(person.id)
    }

    /// Joins a team with the account one has; answers its slug. A member keeps their role and the invitation.
    pub(super) async fn join(&self, account: AccountId, invitation: &str) -> Result<String> {
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let (team, new) = self.enter(&mut tx, account, invitation).await?;
        if !new {
            return Err(AppError::conflict(
                "already-member",
                "You are in this team already. The invitation can still be used by somebody else.",
            ));
        }
        let team = db::teams::by_id(&mut *tx, team).await.shown()?.ok_or_else(no_invitation)?;
        tx.commit().await.shown()?;
        self.access_changed(account).await;
        Ok(team.slug)
    }

    /// A hash with today's parameters in place of a weaker one, while the password is at hand.
    pub(super) async fn upgrade_hash(&self, account: &Account, password: &str) -> Result<()> {
        let Some(old) = account.password_hash.as_deref().filter(|hash| passwords::outdated(hash)) else { return Ok(()) };
        let new = self.people.passwords.hash(password).await?;
        db::accounts::upgrade_hash(&self.db, account.id, old, &new).await.shown()
    }

    /// Checks a form and hashes its password, before any transaction is begun.
    async fn ready(&self, name: &str, email: &str, password: &str) -> Result<Ready> {
        let (name, email) = (forms::name("name", name)?, forms::email(email)?);
        passwords::check(password, email, name)?;
        let password_hash = self.people.passwords.hash(password).await?;
        Ok(Ready { id: AccountId(fresh_id()), name: name.to_owned(), email: email.to_owned(), password_hash })
    }

    async fn insert(&self, tx: &mut PgConnection, person: &Ready, operator: bool) -> Result<()> {
        let Ready { id, name, email, password_hash } = person;
        let account = NewAccount { id: *id, email, name, password_hash, operator };
        db::accounts::insert(tx, account, self.clock.now(), address_taken).await.shown()
    }

    /// Uses an invitation up and adds the member; false: they were one already.
    async fn enter(&self, tx: &mut PgConnection, account: AccountId, invitation: &str) -> Result<(TeamId, bool)> {
        let (hash, now) = (secrets::hash(invitation), self.clock.now());
        let taken = db::invitations::take(&mut *tx, &hash, account, now).await.shown()?;
        let (team, role) = taken.ok_or_else(no_invitation)?;
        let new = db::teams::add_member(&mut *tx, team, account, role, now).await.shown()?;
        Ok((team, new))
    }
}

/// A person whose form is in order.
struct Ready {
    id: AccountId,
    name: String,
    email: String,
    password_hash: String,
}
