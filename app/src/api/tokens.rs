//! Doors to [`crate::backend::Tokens`].

use leptos::prelude::*;

use crate::error::AppError;
use crate::model::ids::TokenId;
use crate::model::token::{Scope, Token};

/// One's tokens that still work.
#[server(prefix = "/rpc", endpoint = "tokens/list")]
pub async fn list_tokens() -> Result<Vec<Token>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.tokens(&visit.signed_in()?).await
}

/// Makes one and answers its secret.
#[server(prefix = "/rpc", endpoint = "tokens/create")]
pub async fn create_token(team: String, name: String, scope: Scope, days: Option<u16>) -> Result<String, AppError> {
    let (visit, backend) = super::asked()?;
    backend.create_token(&visit.signed_in()?, crate::backend::NewToken { team, name, scope, days }).await
}

/// Makes one unusable.
#[server(prefix = "/rpc", endpoint = "tokens/revoke")]
pub async fn revoke_token(token: TokenId) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.revoke_token(&visit.signed_in()?, token).await
}
