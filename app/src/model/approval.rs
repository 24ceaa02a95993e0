//! Which verdicts stand, and what an approval covers.
//!
//! There is no policy under which an approval counts for text its giver could not have seen, or for an author's own text.

use super::account::Person;
use super::ids::AccountId;
use super::review::Verdict;
use super::section::Section;

/// A revision, as far as approvals are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// Its number, from 1.
    pub number: i32,
    /// SHA-256 over title and text, hex.
    pub content_hash: String,
    /// Its sections with their hashes.
    pub sections: Vec<Section>,
}

impl Frozen {
    /// Whether somebody who saw this one saw all of `other`: it is the same revision, or the same title, text and sections.
    pub fn shows(&self, other: &Self) -> bool {
        self.number == other.number || (self.content_hash == other.content_hash && self.sections == other.sections)
    }
}

/// What was done about a verdict after it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Kept,
    /// Its giver took it back.
    Withdrawn,
    /// An admin dismissed it.
    Dismissed,
    /// Its giver left the team.
    Lapsed,
}

/// A verdict that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// By whom.
    pub by: Person,
    /// On which revision.
    pub revision: i32,
    /// What.
    pub verdict: Verdict,
    /// What was done about it.
    pub fate: Fate,
}

impl Given {
    /// Whether this verdict, given later by the same person, ends `earlier`.
    ///
    /// A comment ends nothing. A request for changes ends whatever they said before. An approval ends what they said of the same or of
    /// an older revision: approving revision 1 does not take back what they demanded of revision 2.
    fn ends(&self, earlier: &Self) -> bool {
        match self.verdict {
            Verdict::Comment => false,
            Verdict::RequestChanges => true,
            Verdict::Approve => self.revision >= earlier.revision,
        }
    }
}

/// Whether the verdict at `index` of all that were given (oldest first) was ended by a later one of the same person.
///
/// What a verdict ended stays ended, also when the verdict that ended it is taken back. A comment demands nothing that could end.
pub fn replaced(given: &[Given], index: usize) -> bool {
    let this = &given[index];
    this.verdict != Verdict::Comment
        && this.by.id.is_some()
        && given[index + 1..].iter().any(|later| later.by.id == this.by.id && later.ends(this))
}

/// Whether the verdict at `index` of all that were given (oldest first) stands. A deleted account's does not.
pub fn stands(given: &[Given], index: usize) -> bool {
    given[index].fate == Fate::Kept && given[index].by.id.is_some() && !replaced(given, index)
}

/// The verdicts that stand, oldest first, comments left out: they demand and allow nothing.
pub fn standing(given: &[Given]) -> impl Iterator<Item = &Given> {
    (0..given.len()).filter(|&index| given[index].verdict != Verdict::Comment && stands(given, index)).map(|index| &given[index])
}

/// The standing verdict a person is shown with: the one on the newest revision.
pub fn verdict_of(given: &[Given], account: AccountId) -> Option<(Verdict, i32)> {
    let own = standing(given).filter(|given| given.by.id == Some(account));
    own.max_by_key(|given| given.revision).map(|given| (given.verdict, given.revision))
}

/// Whether the verdict at `index` is an approval that counts for the newest revision, the last of `revisions`, under the policy "whole
/// revision": it stands, was given on it or on one that shows all of it, by somebody who is not among its `authors`.
pub fn counts(given: &[Given], index: usize, revisions: &[Frozen], authors: &[AccountId]) -> bool {
    let this = &given[index];
    let seen = revisions.iter().find(|revision| revision.number == this.revision);
    this.verdict == Verdict::Approve
        && stands(given, index)
        && this.by.id.is_some_and(|account| !authors.contains(&account))
        && seen.zip(revisions.last()).is_some_and(|(seen, newest)| seen.shows(newest))
}

/// The approvals that count, oldest first.
pub fn counting<'a>(given: &'a [Given], revisions: &[Frozen], authors: &[AccountId]) -> impl Iterator<Item = &'a Given> {
    (0..given.len()).filter(|&index| counts(given, index, revisions, authors)).map(|index| &given[index])
}

#[cfg(test)]
mod tests;
