//! Doors to [`crate::backend::Accounts`].

use leptos::prelude::*;

use crate::error::AppError;
use crate::model::account::{Me, SignedIn, Welcome};

/// The signed-in person; none when nobody is.
#[server(prefix = "/rpc", endpoint = "accounts/me")]
pub async fn get_me() -> Result<Option<Me>, AppError> {
    let (visit, backend) = super::asked()?;
    match visit.caller() {
        Some(caller) => backend.me(&caller).await.map(Some),
        None => Ok(None),
    }
}

/// Whether nobody has an account yet.
#[server(prefix = "/rpc", endpoint = "accounts/empty")]
pub async fn is_empty() -> Result<bool, AppError> {
    let (_, backend) = super::asked()?;
    backend.empty().await
}

/// Makes the first account and its team, and signs this browser in.
#[server(prefix = "/rpc", endpoint = "accounts/set_up")]
pub async fn set_up(code: String, name: String, email: String, password: String, team: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    let account = backend.set_up(crate::backend::SetUp { code, name, email, password, team }, &visit.visitor()).await?;
    visit.begin(account).await
}

/// Loads the sample team and answers its slug.
#[server(prefix = "/rpc", endpoint = "accounts/load_sample")]
pub async fn load_sample() -> Result<String, AppError> {
    let (visit, backend) = super::asked()?;
    backend.load_sample(&visit.signed_in()?).await
}

/// Signs this browser in.
#[server(prefix = "/rpc", endpoint = "accounts/sign_in")]
pub async fn sign_in(email: String, password: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    let account = backend.sign_in(&email, &password, &visit.visitor()).await?;
    visit.begin(account).await
}

/// Signs this browser out.
#[server(prefix = "/rpc", endpoint = "accounts/sign_out")]
pub async fn sign_out() -> Result<(), AppError> {
    let (visit, _) = super::asked()?;
    visit.end().await
}

/// What an invitation's page shows.
#[server(prefix = "/rpc", endpoint = "accounts/welcome")]
pub async fn get_welcome(invitation: String) -> Result<Welcome, AppError> {
    let (_, backend) = super::asked()?;
    backend.welcome(&invitation).await
}

/// Makes an account by an invitation, and signs this browser in.
#[server(prefix = "/rpc", endpoint = "accounts/sign_up")]
pub async fn sign_up(invitation: String, name: String, email: String, password: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    let account = backend.sign_up(crate::backend::SignUp { invitation, name, email, password }, &visit.visitor()).await?;
    visit.begin(account).await
}

/// Joins an invitation's team with the account one has; answers the team's slug.
#[server(prefix = "/rpc", endpoint = "accounts/accept_invitation")]
pub async fn accept_invitation(invitation: String) -> Result<String, AppError> {
    let (visit, backend) = super::asked()?;
    backend.accept_invitation(&visit.signed_in()?, &invitation).await
}

/// Mails a link that sets a new password.
#[server(prefix = "/rpc", endpoint = "accounts/forget_password")]
pub async fn forget_password(email: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.forget_password(&email, &visit.visitor()).await
}

/// Sets a new password by such a link.
#[server(prefix = "/rpc", endpoint = "accounts/reset_password")]
pub async fn reset_password(link: String, password: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.reset_password(&link, &password, &visit.visitor()).await
}

/// Changes one's own password.
#[server(prefix = "/rpc", endpoint = "accounts/change_password")]
pub async fn change_password(current: String, new: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.change_password(&visit.signed_in()?, &current, &new, &visit.visitor()).await
}

/// Changes one's own name.
#[server(prefix = "/rpc", endpoint = "accounts/rename")]
pub async fn rename_account(name: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.rename_account(&visit.signed_in()?, &name).await
}

/// One's signed-in browsers.
#[server(prefix = "/rpc", endpoint = "accounts/sessions")]
pub async fn get_sessions() -> Result<Vec<SignedIn>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.sessions(&visit.signed_in()?, &visit.visitor()).await
}

/// Ends one of them.
#[server(prefix = "/rpc", endpoint = "accounts/end_session")]
pub async fn end_session(key: String) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.end_session(&visit.signed_in()?, &key).await
}
