//! "Your turn": what waits for somebody, and why.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::ids::InboxId;

/// Why something is in somebody's inbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// They were asked to review.
    ReviewRequested,
    /// Somebody replied in a thread of theirs.
    Reply,
    /// Somebody gave a verdict on a proposal of theirs.
    Verdict,
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InboxItem {
    /// For putting it away.
    pub id: InboxId,
    /// Why it is here.
    pub reason: Reason,
    /// A finished sentence after the name: "asked you to review revision 2".
    pub what: String,
    /// Who did it.
    pub who: Person,
    /// `D-12` and its title.
    pub design: String,
    /// The design's title.
    pub title: String,
    /// The team's name.
    pub team: String,
    /// Where to go, as a link inside the application.
    pub link: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}
