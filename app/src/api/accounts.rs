//! Doors to [`crate::backend::Accounts`].

use leptos::prelude::*;

use super::asked;
use crate::error::AppError;
use crate::model::account::Me;

/// The signed-in person; none when nobody is.
#[server(prefix = "/rpc", endpoint = "accounts/me")]
pub async fn get_me() -> Result<Option<Me>, AppError> {
    let (visit, backend) = asked()?;
    match visit.caller() {
        Some(caller) => backend.me(&caller).await.map(Some),
        None => Ok(None),
    }
}

/// Signs this browser in.
#[server(prefix = "/rpc", endpoint = "accounts/sign_in")]
pub async fn sign_in(email: String, password: String) -> Result<(), AppError> {
    let (visit, backend) = asked()?;
    let account = backend.sign_in(&email, &password, &visit.visitor()).await?;
    visit.begin(account).await
}
