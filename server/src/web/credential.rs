//! Who asks, for programs and sockets: a bearer token, or a browser's session where a door allows it.

use std::sync::Arc;

use app::backend::Visit;
use app::error::AppError;
use app::model::account::Caller;
use axum::extract::{FromRef, FromRequestParts, Query};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use http::request::Parts;

use super::error::Problem;
use crate::service::{Credential, Service};

/// A program with a valid token in `Authorization: Bearer`. Cookies are not looked at, so other sites' pages cannot borrow one.
#[derive(Clone, Debug)]
pub struct Bearer(pub Caller);

/// Somebody who opens a socket, and what to ask again when their access changes ([`Service::caller`]).
#[derive(Clone, Debug)]
pub struct Asking {
    /// Who it is.
    pub caller: Caller,
    /// What proved it.
    pub credential: Credential,
}

/// The token in `Authorization: Bearer …`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

/// The token in `?token=`, which stock providers send because browsers' sockets carry no headers.
pub fn in_query(parts: &Parts) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Given {
        token: Option<String>,
    }
    Query::<Given>::try_from_uri(&parts.uri).ok()?.0.token
}

impl<S: Send + Sync> FromRequestParts<S> for Bearer
where
    Service: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let secret = bearer(&parts.headers).ok_or(AppError::SignedOut)?.to_owned();
        Ok(Self(Service::from_ref(state).caller(&Credential::Token(secret)).await?))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asking
where
    Service: FromRef<S>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let secret = bearer(&parts.headers).map(str::to_owned).or_else(|| in_query(parts));
        if let Some(secret) = secret {
            let credential = Credential::Token(secret);
            return Ok(Self { caller: Service::from_ref(state).caller(&credential).await?, credential });
        }
        let visit = parts.extensions.get::<Arc<dyn Visit>>().ok_or(AppError::SignedOut)?;
        Ok(Self { caller: visit.signed_in()?, credential: Credential::Session(visit.visitor().session) })
    }
}
