//! Proposals: live drafts that would change a design's accepted text.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::ids::{DesignId, ProposalId};
use super::revision::RevisionLine;
use super::role::Role;
use super::section::Heading;

/// Where a proposal is: draft → in review → merged or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// Being written; nobody was asked to review it yet.
    Draft,
    /// Has at least one revision.
    InReview,
    /// Became the accepted text; read-only for good.
    Merged,
    /// Given up; may be reopened.
    Closed,
}

impl ProposalState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Draft, Self::InReview, Self::Merged, Self::Closed];

    /// The word in the database, in links and in REST.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Merged => "merged",
            Self::Closed => "closed",
        }
    }

    /// Whether its text may still change.
    pub fn open(self) -> bool {
        matches!(self, Self::Draft | Self::InReview)
    }
}

impl std::str::FromStr for ProposalState {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| format!("“{word}” is not a state of a proposal"))
    }
}

/// One line of a design's proposals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalLine {
    /// Its id.
    pub id: ProposalId,
    /// P-2 of the design.
    pub number: i32,
    /// What it would change.
    pub title: String,
    /// Why.
    pub why: String,
    /// Where it is.
    pub state: ProposalState,
    /// Who opened it.
    pub by: Person,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub created: OffsetDateTime,
    /// Its newest revision's number, 0 when never sent.
    pub revision: i32,
}

/// The frame of a proposal's page, the same on all its tabs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProposalPage {
    /// Its id; also the name of its socket.
    pub id: ProposalId,
    /// P-2 of the design.
    pub number: i32,
    /// What it would change.
    pub title: String,
    /// Why.
    pub why: String,
    /// Where it is.
    pub state: ProposalState,
    /// Who opened it.
    pub by: Person,
    /// The design.
    pub design: DesignId,
    /// D-12.
    pub design_number: i32,
    /// The design's title.
    pub design_title: String,
    /// Newest accepted version of the design.
    pub version: i32,
    /// The version this stands on; below `version` until what was merged has arrived here.
    pub base: i32,
    /// Who holds the text, when it is held.
    pub held_by: Option<Person>,
    /// Why it was closed.
    pub close_reason: Option<String>,
    /// The version it became.
    pub merged_version: Option<i32>,
    /// The design is archived: read-only.
    pub archived: bool,
    /// What the asking account may do.
    pub role: Role,
    /// The asking account has written in it, so their approval does not count.
    pub wrote: bool,
    /// The asking account was asked to review it.
    pub asked: bool,
    /// Its revisions, newest first.
    pub revisions: Vec<RevisionLine>,
    /// Open threads, detached ones included.
    pub open_threads: u32,
}

impl ProposalPage {
    /// The number of the newest revision; none when it was never sent for review.
    pub fn newest(&self) -> Option<i32> {
        self.revisions.first().map(|revision| revision.number)
    }

    /// Whether the asking account may suggest changes of it now; a hold does not keep anybody from it.
    pub fn suggestible(&self) -> bool {
        self.state.open() && !self.archived && self.role.may(super::role::Act::Discuss)
    }

    /// Whether the asking account may write in it now.
    pub fn writable(&self) -> bool {
        self.state.open() && !self.archived && self.held_by.is_none() && self.role.may(super::role::Act::Write)
    }
}

/// A text, rendered, as it was at one moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rendered {
    /// Sanitised HTML; text runs carry `data-s` (UTF-16 offset in the source), blocks `data-b` (`start-end`).
    pub html: String,
    /// The outline.
    pub headings: Vec<Heading>,
    /// The seq of the live document it shows; none for a frozen text.
    pub seq: Option<i64>,
    /// Length of the source in UTF-16 units.
    pub length: u32,
    /// Words to be read, without code.
    pub words: u32,
}

/// Words that people read in a minute when they want to understand them; prose that is looked through goes faster (Brysbaert 2019: 238).
const WORDS_A_MINUTE: u32 = 220;

impl Rendered {
    /// Whether laying out all of it at once would be felt.
    pub fn long(&self) -> bool {
        self.length > 100_000
    }

    /// What goes along with a page that the server has rendered: the HTML is in the page, and sent twice it would make a long text slow.
    #[must_use]
    pub fn beside_its_html(&self) -> Self {
        let Self { headings, seq, length, words, .. } = self;
        Self { html: String::new(), headings: headings.clone(), seq: *seq, length: *length, words: *words }
    }

    /// How long it takes to read, in whole minutes; none where there is nothing to read.
    pub fn minutes(&self) -> u32 {
        self.words.div_ceil(WORDS_A_MINUTE)
    }
}

/// What a merge answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The version that the revision became.
    pub version: i32,
}
