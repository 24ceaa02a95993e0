//! Revisions: frozen snapshots that reviews refer to.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;

/// One revision, in lists and choosers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RevisionLine {
    /// From 1.
    pub number: i32,
    /// The title frozen with it.
    pub title: String,
    /// Who sent it for review.
    pub by: Person,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The design's accepted text that the proposal stands on; empty for a new design.
    Accepted,
    /// A revision by number.
    Revision(i32),
    /// The text as it is now.
    Live,
    /// The text as it would be with all open suggestions that fit it.
    Suggested,
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accepted => f.write_str("accepted"),
            Self::Revision(number) => write!(f, "{number}"),
            Self::Live => f.write_str("live"),
            Self::Suggested => f.write_str("suggested"),
        }
    }
}

impl std::str::FromStr for Side {
    type Err = String;

    /// As in links: `accepted`, `live`, `suggested` or a revision's number.
    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "accepted" => Ok(Self::Accepted),
            "live" => Ok(Self::Live),
            "suggested" => Ok(Self::Suggested),
            number => number
                .parse()
                .map(Self::Revision)
                .map_err(|_| format!("“{word}” is nothing to compare with: say accepted, live, suggested or a revision's number")),
        }
    }
}
