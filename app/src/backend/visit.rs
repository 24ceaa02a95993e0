//! Who is asking, and the session that their browser holds.

use async_trait::async_trait;

use crate::error::{AppError, Result};
use crate::model::account::Caller;
use crate::model::ids::AccountId;
use crate::model::theme::Theme;

/// The browser or program that asks: what is limited and written down about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// Its address, behind trusted proxies the one they report.
    pub address: String,
    /// As it names itself, cut at 300 characters.
    pub user_agent: String,
    /// SHA-256 of its session's id; empty for programs.
    pub session: Vec<u8>,
}

/// One request, as server functions see it; put into Leptos' context by the door.
#[async_trait]
pub trait Visit: Send + Sync {
    /// Who is signed in.
    fn caller(&self) -> Option<Caller>;

    /// The browser that asks.
    fn visitor(&self) -> Visitor;

    /// The theme its cookie asks for ([`crate::model::theme::COOKIE`]).
    fn theme(&self) -> Option<Theme>;

    /// Gives the page being rendered an HTTP status other than 200.
    fn fail(&self, status: u16);

    /// Tells the browser together with the page's head which part of the application's module the page needs
    /// ([`crate::routes`]), so that it need not find out one after the other.
    fn needs(&self, part: &str);

    /// Signs this browser in, under a session id drawn fresh.
    async fn begin(&self, account: AccountId) -> Result<()>;

    /// Signs this browser out.
    async fn end(&self) -> Result<()>;

    /// Who is signed in, or [`AppError::SignedOut`].
    fn signed_in(&self) -> Result<Caller> {
        self.caller().ok_or(AppError::SignedOut)
    }
}
