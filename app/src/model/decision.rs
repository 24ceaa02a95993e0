//! Decisions: the permanent records of merges.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::gate::Gate;
use super::ids::ThreadId;
use super::review::Verdict;
use super::thread::Kind;

/// A decision in a design's list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionLine {
    /// The version it made.
    pub version: i32,
    /// The title accepted with it.
    pub title: String,
    /// Who merged.
    pub by: Person,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// The whole record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// D-12.
    pub design_number: i32,
    /// The version it made.
    pub version: i32,
    /// The title accepted with it.
    pub title: String,
    /// Why, as the proposal said.
    pub why: String,
    /// The proposal's number and the revision merged.
    pub proposal: i32,
    /// The revision merged.
    pub revision: i32,
    /// SHA-256 over title and text, hex.
    pub content_hash: String,
    /// Who wrote in the revision merged; names are those of the day.
    pub authors: Vec<Person>,
    /// Whose suggestions were accepted in the proposal.
    pub suggesters: Vec<Person>,
    /// The accepted text, rendered.
    pub text: super::proposal::Rendered,
    /// Every vote on every revision.
    pub votes: Vec<Vote>,
    /// The gate as it stood.
    pub gate: Gate,
    /// Threads that were open.
    pub risks: Vec<Risk>,
    /// Who merged.
    pub by: Person,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// One vote in a record; names are those of the day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Vote {
    /// Whose.
    pub by: Person,
    /// On which revision.
    pub revision: i32,
    /// What.
    pub verdict: Verdict,
    /// In their words.
    pub summary: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// It was one of the approvals that opened the gate.
    pub counted: bool,
}

/// A thread that was open at the merge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    /// The thread.
    pub thread: ThreadId,
    /// What it asked.
    pub kind: Kind,
    /// The text it was put on.
    pub quote: String,
    /// Who began it.
    pub by: String,
}
