//! The gate: what a proposal must meet to merge, each requirement with its state, the reason and who can meet it.

use serde::{Deserialize, Serialize};

use super::account::Person;
use super::approval::{Frozen, Given};
use super::ids::AccountId;
use super::proposal::ProposalState;

mod requirements;

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

/// Everything the gate depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Where the proposal is.
    pub state: ProposalState,
    /// The version it became.
    pub merged_version: Option<i32>,
    /// The newest revision, last, and before it, oldest first, at least those with the same content. Empty when never sent.
    pub revisions: Vec<Frozen>,
    /// All verdicts on all revisions, oldest first.
    pub given: Vec<Given>,
    /// Who has written in the newest revision.
    pub authors: Vec<AccountId>,
    /// Who was asked to review.
    pub asked: Vec<Person>,
    /// Who began each open blocking thread.
    pub blocking: Vec<Person>,
    /// The committed text at the proposal's head is the newest revision's.
    pub text_as_revised: bool,
    /// The accepted version the proposal stands on.
    pub base: i32,
    /// The design's newest accepted version.
    pub version: i32,
}

impl Facts {
    /// The newest revision's number.
    pub fn newest(&self) -> Option<i32> {
        self.revisions.last().map(|revision| revision.number)
    }

    /// Whether an account has written in the newest revision.
    pub fn wrote(&self, account: Option<AccountId>) -> bool {
        account.is_some_and(|account| self.authors.contains(&account))
    }
}

impl Gate {
    /// The gate of a proposal.
    pub fn of(facts: &Facts) -> Self {
        Self {
            requirements: vec![
                requirements::in_review(facts),
                requirements::approved(facts),
                requirements::no_changes_requested(facts),
                requirements::no_blocking_thread(facts),
                requirements::text_as_revised(facts),
                requirements::base_current(facts),
            ],
        }
    }

    /// Whether everything is met.
    pub fn met(&self) -> bool {
        self.requirements.iter().all(|requirement| requirement.met)
    }

    /// The requirements that are not met, as one paragraph: what a refused merge says.
    pub fn missing(&self) -> String {
        let unmet = self.requirements.iter().filter(|requirement| !requirement.met);
        unmet.map(|requirement| requirement.why.as_str()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests;
