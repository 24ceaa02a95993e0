//! People: coming in, passwords, sessions.

use async_trait::async_trait;

use super::Visitor;
use crate::error::Result;
use crate::model::account::{Caller, Me, SignedIn, Welcome};
use crate::model::ids::AccountId;

/// The first account of an empty instance.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// The one-time code that the server printed at start.
    pub code: String,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their password.
    pub password: String,
    /// The name of the first team.
    pub team: String,
}

/// Joining by an invitation's link.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// The invitation's secret, from the link.
    pub invitation: String,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// What people do about their own account.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Whether nobody has an account yet.
    async fn empty(&self) -> Result<bool>;

    /// Makes the first account (operator) and its team (admin); needs the code printed at start.
    async fn set_up(&self, form: SetUp, visitor: &Visitor) -> Result<AccountId>;

    /// Loads the sample team: three accounts, six designs, a review under way. Operator only. Answers its slug.
    async fn load_sample(&self, caller: &Caller) -> Result<String>;

    /// Checks a password. The same answer and time for an unknown account; limited per account and per address.
    async fn sign_in(&self, email: &str, password: &str, visitor: &Visitor) -> Result<AccountId>;

    /// What an invitation's page shows. Not found: used, expired, revoked or never made.
    async fn welcome(&self, invitation: &str) -> Result<Welcome>;

    /// Makes an account by an invitation and joins its team.
    async fn sign_up(&self, form: SignUp, visitor: &Visitor) -> Result<AccountId>;

    /// Joins an invitation's team with the account one has. Answers the team's slug.
    async fn accept_invitation(&self, caller: &Caller, invitation: &str) -> Result<String>;

    /// Mails a link that sets a new password. The same answer whether or not there is such an account;
    /// [`crate::error::AppError::Unavailable`] where no mail is set up, saying whom to ask.
    async fn forget_password(&self, email: &str, visitor: &Visitor) -> Result<()>;

    /// Sets a new password by such a link and ends all sessions of the account.
    async fn reset_password(&self, link: &str, password: &str, visitor: &Visitor) -> Result<()>;

    /// Changes one's own password and ends one's other sessions.
    async fn change_password(&self, caller: &Caller, current: &str, new: &str, visitor: &Visitor) -> Result<()>;

    /// Changes one's own name.
    async fn rename_account(&self, caller: &Caller, name: &str) -> Result<()>;

    /// The frame around every page.
    async fn me(&self, caller: &Caller) -> Result<Me>;

    /// One's signed-in browsers, newest first (at most 100).
    async fn sessions(&self, caller: &Caller, visitor: &Visitor) -> Result<Vec<SignedIn>>;

    /// Ends one of them.
    async fn end_session(&self, caller: &Caller, key: &str) -> Result<()>;
}
