//! Typed identifiers: a review's id cannot be passed where an account's is meant.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares a newtype over [`Uuid`] that reads, prints and serialises as the bare UUID.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// A person who can sign in.
    AccountId,
    /// A tenant.
    TeamId,
    /// A numbered document of a team.
    DesignId,
    /// A live draft that would change a design; also the id of its Yjs document.
    ProposalId,
    /// One person's verdict on one revision.
    ReviewId,
    /// A discussion.
    ThreadId,
    /// One message of a thread.
    CommentId,
    /// A link by which somebody joins a team.
    InvitationId,
    /// A program's bearer token.
    TokenId,
    /// One entry of somebody's inbox.
    InboxId,
}
