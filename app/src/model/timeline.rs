//! The timeline of a proposal: what happened to its text, and what it was at each point. And who wrote what of it.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::revision::Side;

/// What a line of the timeline is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The text as it is now.
    Now,
    /// A session of writing.
    Wrote,
    /// A revision was sent for review.
    Sent,
    /// Somebody put an older text in its place.
    PutBack,
    /// A suggestion was accepted.
    Suggestion,
    /// An accepted version was brought into it.
    Arrived,
    /// It became the accepted text.
    Merged,
    /// It began.
    Began,
    /// Held, released, closed, reopened.
    Other,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What it is about.
    pub kind: Kind,
    /// Who did it; nobody: Quorum itself, or it is not known.
    pub who: Vec<Person>,
    /// A finished sentence after the names: "sent revision 2 of P-1 for review".
    pub what: String,
    /// Of writing, since when.
    #[serde(with = "time::serde::rfc3339::option")]
    pub began: Option<OffsetDateTime>,
    /// When; of writing, its end.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What the text was then, where that was kept.
    pub text: Option<Side>,
    /// What to compare that with to see what this changed.
    pub before: Option<Side>,
}

/// A text of the timeline, by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// What it is called: "Revision 2".
    pub name: String,
    /// Who wrote or sent it, as far as that is known.
    pub who: Vec<Person>,
    /// Of a session, since when.
    #[serde(with = "time::serde::rfc3339::option")]
    pub began: Option<OffsetDateTime>,
    /// When it was so; none: now, or it is not known.
    #[serde(with = "time::serde::rfc3339::option")]
    pub at: Option<OffsetDateTime>,
}

/// What putting an older text back answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// What the text was before, to be put back in turn; none: it read so already, and nothing was changed.
    pub before: Option<Side>,
}

/// A stretch of a text that one Yjs client wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// The client.
    pub client: u64,
    /// UTF-16 units.
    pub units: u32,
}

/// How words came into a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// They were written.
    Wrote,
    /// They are in the file or the template that the text began with.
    Brought,
    /// An older text was put back: they are older than that.
    PutBack,
    /// They were suggested by this person, and accepted.
    Suggested(Person),
    /// They are in the accepted text.
    Accepted,
    /// They are not on the server yet, or of somebody whose account is gone.
    Unknown,
}

/// Who wrote a part of a passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wrote {
    /// Whose edit it was; none: nobody's in this proposal, or it is not known.
    pub who: Option<Person>,
    /// How the words came into the text.
    pub how: How,
    /// UTF-16 units of the passage.
    pub units: u32,
    /// Not before; none: not known.
    #[serde(with = "time::serde::rfc3339::option")]
    pub since: Option<OffsetDateTime>,
}
