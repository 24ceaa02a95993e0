//! People: coming in, passwords, sessions.

use app::backend::{Accounts, SetUp, SignUp, Visitor};
use app::error::{AppError, Result};
use app::model::account::{Caller, Me, SignedIn, Welcome};
use app::model::ids::AccountId;
use async_trait::async_trait;

use super::fault::Shown;
use super::sessions::person;
use super::{Service, forms, passwords, sample, secrets};
use crate::db;

mod entering;

/// What an invitation that cannot be used (any more) is, whatever the reason.
fn no_invitation() -> AppError {
    AppError::NotFound("This invitation cannot be used: it was used, has expired or was taken back. Ask for a new one.".into())
}

#[async_trait]
impl Accounts for Service {
    async fn empty(&self) -> Result<bool> {
        Ok(!db::accounts::any(&self.db).await.shown()?)
    }

    async fn set_up(&self, form: SetUp, visitor: &Visitor) -> Result<AccountId> {
        let taken = self.limit_form("set-up", &visitor.address).await?;
        self.check_set_up_code(&form.code)?;
        self.give_back(taken).await?;
        self.make_first_account(form).await
    }

    async fn load_sample(&self, caller: &Caller) -> Result<String> {
        person(caller)?;
        sample::load(self, caller).await
    }

    async fn sign_in(&self, email: &str, password: &str, visitor: &Visitor) -> Result<AccountId> {
        let account = db::accounts::by_email(&self.db, email.trim()).await.shown()?;
        let taken = self.limit_sign_in(email, account.as_ref().map(|account| account.id), &visitor.address).await?;
        let kept = account.as_ref().and_then(|account| account.password_hash.as_deref());
        let right = self.people.passwords.verify(password, kept).await?;
        let account = account.filter(|_| right).ok_or_else(wrong_password)?;
        self.give_back(taken).await?;
        if account.suspended {
            return Err(AppError::Forbidden("This account is suspended. Ask the operator of this Quorum.".into()));
        }
        self.upgrade_hash(&account, password).await?;
        Ok(account.id)
    }

    async fn welcome(&self, invitation: &str) -> Result<Welcome> {
        let hash = secrets::hash(invitation);
        db::invitations::welcome(&self.db, &hash, self.clock.now()).await.shown()?.ok_or_else(no_invitation)
    }

    async fn sign_up(&self, form: SignUp, visitor: &Visitor) -> Result<AccountId> {
        let taken = self.limit_form("sign-up", &visitor.address).await?;
        self.welcome(&form.invitation).await?;
        let account = self.make_invited_account(form).await?;
        self.give_back(taken).await?;
        Ok(account)
    }

    async fn accept_invitation(&self, caller: &Caller, invitation: &str) -> Result<String> {
        person(caller)?;
        self.join(caller.account, invitation).await
    }

    async fn forget_password(&self, email: &str, visitor: &Visitor) -> Result<()> {
        self.mail_reset(email, &visitor.address).await
    }

    async fn reset_password(&self, link: &str, password: &str, visitor: &Visitor) -> Result<()> {
        let taken = self.limit_form("reset", &visitor.address).await?;
        self.set_password_by_link(link, password).await?;
        self.give_back(taken).await
    }

    async fn change_password(&self, caller: &Caller, current: &str, new: &str, visitor: &Visitor) -> Result<()> {
        person(caller)?;
        passwords::check(new, &caller.email, &caller.name).map_err(|error| about("new", error))?;
        let taken = self.limit_sign_in(&caller.email, Some(caller.account), &visitor.address).await?;
        let account = db::accounts::by_id(&self.db, caller.account).await.shown()?.ok_or(AppError::SignedOut)?;
        if !self.people.passwords.verify(current, account.password_hash.as_deref()).await? {
            return Err(AppError::invalid("current", "This is not your present password."));
        }
        self.give_back(taken).await?;
        self.set_password(caller.account, new, Some(&visitor.session)).await
    }

    async fn rename_account(&self, caller: &Caller, name: &str) -> Result<()> {
        person(caller)?;
        db::accounts::rename(&self.db, caller.account, forms::name("name", name)?).await.shown()
    }

    async fn me(&self, caller: &Caller) -> Result<Me> {
        let teams = db::accounts::memberships(&self.db, caller.account).await.shown()?;
        let waiting = db::accounts::waiting(&self.db, caller.account).await.shown()?;
        Ok(Me {
            account: caller.account,
            name: caller.name.clone(),
            email: caller.email.clone(),
            operator: caller.operator,
            teams,
            waiting: waiting.try_into().unwrap_or(u32::MAX),
        })
    }

    async fn sessions(&self, caller: &Caller, visitor: &Visitor) -> Result<Vec<SignedIn>> {
        person(caller)?;
        self.sessions_of(caller.account, &visitor.session).await
    }

    async fn end_session(&self, caller: &Caller, key: &str) -> Result<()> {
        person(caller)?;
        self.end_session_of(caller.account, key).await
    }
}

/// The same for an unknown address and for a wrong password.
fn wrong_password() -> AppError {
    AppError::invalid("", "This e-mail address and password do not belong together.")
}

/// The same error, about another field of the form.
fn about(field: &str, error: AppError) -> AppError {
    match error {
        AppError::Invalid { message, .. } => AppError::invalid(field, message),
        error => error,
    }
}
