//! Reviews: one person's verdict on one revision.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::ids::{AccountId, ReviewId};

/// Somebody who could be asked to review a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// They have written in it, so their approval would not count.
    pub wrote: bool,
}

/// What a reviewer says of a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Good to merge as far as this person is concerned.
    Approve,
    /// Must not be merged before this person says otherwise.
    RequestChanges,
    /// Neither.
    Comment,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 3] = [Self::Approve, Self::RequestChanges, Self::Comment];

    /// The word in the database and in REST.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::RequestChanges => "request_changes",
            Self::Comment => "comment",
        }
    }
}

impl std::str::FromStr for Verdict {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|verdict| verdict.as_str() == word)
            .ok_or_else(|| format!("“{word}” is not a verdict: choose approve, request_changes or comment"))
    }
}

/// What became of a verdict after it was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It stands.
    Stands,
    /// Its giver gave another one later.
    Replaced,
    /// Its giver took it back.
    Withdrawn,
    /// An admin dismissed it.
    Dismissed {
        /// Who.
        by: Person,
        /// Why.
        reason: String,
    },
    /// Its giver left the team.
    Lapsed,
}

/// One published review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// Whose.
    pub by: Person,
    /// On which revision.
    pub revision: i32,
    /// What they said.
    pub verdict: Verdict,
    /// In their words, as rendered Markdown.
    pub summary_html: String,
    /// In their words, as written.
    pub summary: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// What became of it.
    pub standing: Standing,
    /// They have written in the proposal: their approval does not count.
    pub author: bool,
}

/// Somebody who was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reviewer {
    /// Who.
    pub person: Person,
    /// Asked by whom; none: came unasked.
    pub asked_by: Option<Person>,
    /// Their standing verdict and the revision it was given on.
    pub verdict: Option<(Verdict, i32)>,
}

/// Tab Review, but for the comparison itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewBoard {
    /// Everybody asked or who reviewed unasked.
    pub reviewers: Vec<Reviewer>,
    /// All reviews, newest first.
    pub reviews: Vec<Review>,
    /// What must be met to merge.
    pub gate: super::gate::Gate,
}

impl ReviewBoard {
    /// The newest revision that somebody has judged: what they have seen.
    pub fn last_reviewed(&self, account: super::ids::AccountId) -> Option<i32> {
        self.reviews.iter().filter(|review| review.by.id == Some(account)).map(|review| review.revision).max()
    }
}
