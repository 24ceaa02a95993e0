//! Bearer tokens of programs.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::ids::TokenId;
use crate::model::token::{Scope, Token};

/// A token to make.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// The team it works in, by slug.
    pub team: String,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Scope,
    /// Days until it stops working; none: until revoked.
    pub days: Option<u16>,
}

/// What people do about their tokens. Tokens themselves cannot make tokens.
#[async_trait]
pub trait Tokens: Send + Sync {
    /// One's tokens that still work, newest first (at most 100).
    async fn tokens(&self, caller: &Caller) -> Result<Vec<Token>>;

    /// Makes one and answers its secret, the only time it is seen.
    async fn create_token(&self, caller: &Caller, token: NewToken) -> Result<String>;

    /// Makes one of one's own unusable; its sockets close.
    async fn revoke_token(&self, caller: &Caller, token: TokenId) -> Result<()>;

    /// Who a token speaks for. Unknown, revoked, expired, or its account suspended or no longer in the team: signed out.
    async fn token_caller(&self, secret: &str) -> Result<Caller>;
}
