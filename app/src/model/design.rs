//! Designs and how they are listed.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::ids::DesignId;
use super::proposal::{ProposalLine, ProposalState};
use super::review::Verdict;
use super::role::Role;

/// Where a design is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DesignState {
    /// No accepted text yet.
    Proposed,
    /// Has an accepted text.
    Accepted,
    /// Built as accepted.
    Implemented,
    /// Replaced by another design.
    Superseded,
    /// Given up.
    Withdrawn,
}

impl DesignState {
    /// Every state, in the order of a design's life.
    pub const ALL: [Self; 5] = [Self::Proposed, Self::Accepted, Self::Implemented, Self::Superseded, Self::Withdrawn];

    /// The word in the database, in links and in REST.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Implemented => "implemented",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl std::str::FromStr for DesignState {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| format!("“{word}” is not a state of a design"))
    }
}

/// One line of a team's list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignLine {
    /// Its id.
    pub id: DesignId,
    /// D-12.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Where it is in its life.
    pub state: DesignState,
    /// The newest open proposal: its number and state.
    pub proposal: Option<(i32, ProposalState)>,
    /// Who created it.
    pub owner: Person,
    /// Who was asked to review the newest open proposal, with their standing verdict.
    pub reviewers: Vec<(Person, Option<Verdict>)>,
    /// Open threads, detached ones included.
    pub open_threads: u32,
    /// Hidden from lists.
    pub archived: bool,
    /// Last change of anything shown here or of its text.
    #[serde(with = "time::serde::rfc3339")]
    pub changed: OffsetDateTime,
    /// For searches: the best passage, as HTML of escaped text and `<mark>`.
    pub snippet: Option<String>,
}

/// What a team's list is asked for. All of it is kept in the link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignFilter {
    /// Words to find in titles and texts; the last may be unfinished.
    #[serde(default)]
    pub search: String,
    /// Only designs in this state.
    #[serde(default)]
    pub state: Option<DesignState>,
    /// Only designs whose newest open proposal is in this state.
    #[serde(default)]
    pub proposal: Option<ProposalState>,
    /// Only designs the asking account owns.
    #[serde(default)]
    pub mine: bool,
    /// Archived ones instead of the others.
    #[serde(default)]
    pub archived: bool,
    /// The `next` of the page before.
    #[serde(default)]
    pub after: Option<String>,
}

/// A design's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DesignPage {
    /// Its id.
    pub id: DesignId,
    /// D-12.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Where it is in its life.
    pub state: DesignState,
    /// Who created it.
    pub owner: Person,
    /// Newest accepted version, 0 when nothing is accepted yet.
    pub version: i32,
    /// Hidden from lists and read-only.
    pub archived: bool,
    /// What the asking account may do here.
    pub role: Role,
    /// Has a decision, so can never be deleted.
    pub decided: bool,
    /// It was imported with a byte order mark or line endings other than LF, so there are two ways to export it.
    pub imported: bool,
    /// Its proposals, newest first (at most 50; the rest through `list_proposals`).
    pub proposals: Vec<ProposalLine>,
}

/// One thing that happened to a design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Who did it; none: Quorum itself.
    pub who: Option<Person>,
    /// A finished sentence after the name: "renamed it from “A” to “B”".
    pub what: String,
    /// Where to look, as a link inside the application.
    pub link: Option<String>,
    /// The timeline of the proposal that it happened to, as such a link.
    pub timeline: Option<String>,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// A design as it is offered while somebody names it, and shown where a text names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignCard {
    /// D-12.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Where it is in its life.
    pub state: DesignState,
    /// The newest open proposal: its number and state.
    pub proposal: Option<(i32, ProposalState)>,
    /// Who created it.
    pub owner: Person,
    /// Hidden from lists.
    pub archived: bool,
}

/// A design whose text names another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backlink {
    /// D-12.
    pub number: i32,
    /// Its title.
    pub title: String,
    /// Where it is in its life.
    pub state: DesignState,
    /// Its accepted text names the other; else only its newest open proposal does.
    pub accepted: bool,
}

/// What creating a design answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// D-12.
    pub number: i32,
    /// Its first proposal's id.
    pub proposal: super::ids::ProposalId,
    /// Its first proposal's number.
    pub proposal_number: i32,
}

/// A text to start from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Its name in links and forms.
    pub key: String,
    /// What the chooser shows.
    pub name: String,
    /// One sentence of what it is for.
    pub about: String,
}
