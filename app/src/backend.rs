//! The port: what people can do in Quorum, one trait per noun, implemented by `server/src/service`.
//!
//! It has one implementation and exists to turn the arrow: server functions must be visible to the browser build, their bodies need
//! PostgreSQL and the live rooms. Every method checks for itself what the caller may do; no door has to.

mod accounts;
mod designs;
mod inboxes;
mod pictures;
mod proposals;
mod reviews;
mod suggestions;
mod teams;
mod threads;
mod timelines;
mod tokens;
mod unsent;
mod visit;

pub use accounts::{Accounts, SetUp, SignUp};
pub use designs::{Designs, Import};
pub use inboxes::Inboxes;
pub use pictures::Pictures;
pub use proposals::Proposals;
pub use reviews::Reviews;
pub use suggestions::Suggestions;
pub use teams::Teams;
pub use threads::Threads;
pub use timelines::Timelines;
pub use tokens::{NewToken, Tokens};
pub use unsent::Unsent;
pub use visit::{Visit, Visitor};

/// Everything, as pages and programs ask for it.
pub trait Backend:
    Accounts + Teams + Tokens + Designs + Proposals + Reviews + Threads + Suggestions + Timelines + Unsent + Inboxes + Pictures
{
}

impl<T> Backend for T where
    T: Accounts + Teams + Tokens + Designs + Proposals + Reviews + Threads + Suggestions + Timelines + Unsent + Inboxes + Pictures
{
}
