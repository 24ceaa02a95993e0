//! The gate: what a proposal must meet to merge, each requirement with its state, the reason and who can meet it.

use serde::{Deserialize, Serialize};

/// All requirements of one proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// In the order people read them.
    pub requirements: Vec<Requirement>,
}

/// One line of the gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// Which one.
    pub name: RequirementName,
    /// Whether it is met.
    pub met: bool,
    /// One sentence: why it is met or not.
    pub why: String,
    /// One sentence: who can meet it. Empty when met.
    pub who: String,
}

/// The requirements of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequirementName {
    /// It was sent for review and is neither merged nor closed.
    InReview,
    /// A non-author's approval covers the newest revision whole.
    Approved,
    /// Nobody's "request changes" stands.
    NoChangesRequested,
    /// No blocking thread is open.
    NoBlockingThread,
    /// The live text is the newest revision.
    TextAsRevised,
    /// The version it stands on is the design's newest.
    BaseCurrent,
}

impl Gate {
    /// Whether everything is met.
    pub fn met(&self) -> bool {
        self.requirements.iter().all(|requirement| requirement.met)
    }
}
