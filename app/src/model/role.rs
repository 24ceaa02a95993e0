//! Who may do what in a team: the table of the README's "Roles", as code.

use serde::{Deserialize, Serialize};

/// A member's role; each may all that the one before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads, searches, exports, sees history and votes.
    Viewer,
    /// Also threads, suggestions and reviews; their approval counts.
    Commenter,
    /// Also creates, writes, sends for review, renames, holds, closes, reopens, merges.
    Editor,
    /// Also members, policy, dismissing a verdict, archive and delete.
    Admin,
}

/// What somebody may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Read, search, export, see history and votes.
    Read,
    /// Threads, suggestions and reviews.
    Discuss,
    /// Create, write, send for review, rename, hold, close, reopen, merge.
    Write,
    /// Members, invitations, policy, dismissing a verdict, archive, delete.
    Administer,
}

impl Role {
    /// Every role, least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Commenter, Self::Editor, Self::Admin];

    /// Whether this role allows `act`.
    pub fn may(self, act: Act) -> bool {
        let needed = match act {
            Act::Read => Self::Viewer,
            Act::Discuss => Self::Commenter,
            Act::Write => Self::Editor,
            Act::Administer => Self::Admin,
        };
        self >= needed
    }

    /// The word in the database, in REST and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Commenter => "commenter",
            Self::Editor => "editor",
            Self::Admin => "admin",
        }
    }

    /// As a label.
    pub fn title(self) -> &'static str {
        match self {
            Self::Viewer => "Viewer",
            Self::Commenter => "Commenter",
            Self::Editor => "Editor",
            Self::Admin => "Admin",
        }
    }

    /// In a sentence: "an editor".
    pub fn with_article(self) -> String {
        let article = if matches!(self, Self::Editor | Self::Admin) { "an" } else { "a" };
        format!("{article} {}", self.as_str())
    }

    /// What it allows, for those who give it.
    pub fn about(self) -> &'static str {
        match self {
            Self::Viewer => "reads everything",
            Self::Commenter => "also comments and reviews; their approval counts",
            Self::Editor => "also writes, sends for review and merges",
            Self::Admin => "also manages people and policy",
        }
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Role {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == word)
            .ok_or_else(|| format!("“{word}” is not a role: choose viewer, commenter, editor or admin"))
    }
}
