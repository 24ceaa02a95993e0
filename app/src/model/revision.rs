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
    /// An accepted version of the design; 0 is the empty text.
    Version(i32),
    /// The live text as it was at a seq of its log: a point on its timeline.
    At(i64),
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Accepted => f.write_str("accepted"),
            Self::Revision(number) => write!(f, "{number}"),
            Self::Live => f.write_str("live"),
            Self::Suggested => f.write_str("suggested"),
            Self::Version(number) => write!(f, "v{number}"),
            Self::At(seq) => write!(f, "at-{seq}"),
        }
    }
}

impl std::str::FromStr for Side {
    type Err = String;

    /// As in links: `accepted`, `live`, `suggested`, a revision's number, a version as `v3`, or a point on the timeline as `at-120`.
    fn from_str(word: &str) -> Result<Self, String> {
        let unknown = || {
            format!(
                "“{word}” is nothing to compare with: say accepted, live, suggested, a revision's number, v and a version's, or at- and a seq"
            )
        };
        let side = match word {
            "accepted" => Some(Self::Accepted),
            "live" => Some(Self::Live),
            "suggested" => Some(Self::Suggested),
            other => match (other.strip_prefix("at-"), other.strip_prefix('v')) {
                (Some(seq), _) => natural(seq).map(Self::At),
                (_, Some(number)) => natural(number).map(Self::Version),
                _ => other.parse().ok().map(Self::Revision),
            },
        };
        side.ok_or_else(unknown)
    }
}

/// A number without a sign.
fn natural<N: std::str::FromStr>(digits: &str) -> Option<N> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::Side;

    #[test]
    fn a_side_reads_as_it_is_written() {
        for side in [Side::Accepted, Side::Live, Side::Suggested, Side::Revision(3), Side::Version(0), Side::At(120)] {
            assert_eq!(side.to_string().parse(), Ok(side));
        }
        for word in ["", "at-", "at--1", "at-+1", "v", "v-1", "x"] {
            assert!(word.parse::<Side>().is_err(), "{word}");
        }
    }
}
