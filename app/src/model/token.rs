//! Bearer tokens of programs.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ids::TokenId;

/// What a token may do, within what its account may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read only.
    Read,
    /// All that its account may.
    Write,
}

impl Scope {
    /// The word in the database, on the command line and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "read" => Ok(Self::Read),
            "write" => Ok(Self::Write),
            _ => Err(format!("“{word}” is not a scope: choose read or write")),
        }
    }
}

/// A token as its owner sees it; the secret itself is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// For revoking it.
    pub id: TokenId,
    /// What its owner calls it.
    pub name: String,
    /// Its first characters.
    pub hint: String,
    /// The team it works in, by slug.
    pub team: String,
    /// What it may do.
    pub scope: Scope,
    /// When it was made.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// When it stops working.
    #[serde(with = "time::serde::rfc3339::option")]
    pub expires: Option<OffsetDateTime>,
    /// When a program last used it.
    #[serde(with = "time::serde::rfc3339::option")]
    pub used: Option<OffsetDateTime>,
}
