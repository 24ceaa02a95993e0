//! Forgotten passwords: links that set a new one, by mail, by an admin, by the command line.

use app::error::{AppError, Result};
use app::model::ids::AccountId;
use time::Duration;

use super::fault::Shown;
use super::{Service, forms, passwords, secrets};
use crate::db;
use crate::mail::Letter;

/// How long a link sets a password: long enough to find the mail, too short to be found in it later.
const LIFETIME: Duration = Duration::hours(2);

fn no_link() -> AppError {
    AppError::NotFound("This link cannot be used: it was used or has expired. Ask for a new one.".into())
}

impl Service {
    /// Mails a link when there is such an account. It is looked up after the answer, so that its time says nothing either.
    pub(crate) async fn mail_reset(&self, email: &str, address: &str) -> Result<()> {
        if self.people.mail.is_none() {
            return Err(AppError::Unavailable(
                "This Quorum sends no mail. Ask an admin of your team for a link that sets a new password.".into(),
            ));
        }
        let email = forms::email(email)?.to_owned();
        self.limit_form("forgotten", address).await?;
        self.limit_mail(&email).await?;
        let service = self.clone();
        self.people.tasks.spawn(async move {
            // Logged below; nobody waits for it.
            let _ = service.send_reset(&email).await;
        });
        Ok(())
    }

    /// Makes a link that sets an account's password.
    pub async fn make_reset_link(&self, account: AccountId) -> Result<String> {
        let (secret, now) = (secrets::link(), self.clock.now());
        db::resets::insert(&self.db, &secrets::hash(&secret), account, now, now + LIFETIME).await.shown()?;
        Ok(self.people.links.reset(&secret))
    }

    /// Sets a password by a link, and ends all sessions.
    pub(crate) async fn set_password_by_link(&self, link: &str, password: &str) -> Result<()> {
        let (hash, now) = (secrets::hash(link), self.clock.now());
        let account = db::resets::account_of(&self.db, &hash, now).await.shown()?.ok_or_else(no_link)?;
        let account = db::accounts::by_id(&self.db, account).await.shown()?.ok_or_else(no_link)?;
        // Before the link is used up, so that a refused password does not cost it.
        passwords::check(password, &account.email, &account.name)?;
        let password_hash = self.people.passwords.hash(password).await?;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        db::resets::take(&mut *tx, &hash, now).await.shown()?.ok_or_else(no_link)?;
        db::accounts::set_password(&mut *tx, account.id, &password_hash).await.shown()?;
        db::sessions::delete_others(&mut *tx, account.id, &[]).await.shown()?;
        tx.commit().await.shown()?;
        self.access_changed(account.id).await;
        Ok(())
    }

    /// Sets an account's password and ends its sessions but one.
    pub async fn set_password(&self, account: AccountId, password: &str, keep: Option<&[u8]>) -> Result<()> {
        let row = db::accounts::by_id(&self.db, account).await.shown()?.ok_or_else(|| AppError::not_found("account"))?;
        passwords::check(password, &row.email, &row.name)?;
        let password_hash = self.people.passwords.hash(password).await?;
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        db::accounts::set_password(&mut *tx, account, &password_hash).await.shown()?;
        db::sessions::delete_others(&mut *tx, account, keep.unwrap_or_default()).await.shown()?;
        tx.commit().await.shown()?;
        self.access_changed(account).await;
        Ok(())
    }

    async fn send_reset(&self, email: &str) -> Result<()> {
        let Some(mail) = &self.people.mail else { return Ok(()) };
        let Some(account) = db::accounts::by_email(&self.db, email).await.shown()? else { return Ok(()) };
        if account.suspended {
            return Ok(());
        }
        let link = self.make_reset_link(account.id).await?;
        mail.send(&account.email, Letter::reset(&account.name, &link)).await;
        Ok(())
    }
}
