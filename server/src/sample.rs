//! The sample team "Payments": six designs in different states and a review under way, so that a newcomer can try the whole story.

use app::model::thread::Kind;

mod designs;

/// One design of the sample team; its number is its place in the list, from 1.
#[derive(Clone, Copy, Debug)]
pub struct SampleDesign {
    /// Its title.
    pub title: &'static str,
    /// What its first proposal says it is for.
    pub why: &'static str,
    /// The text of its first revision, or of its draft.
    pub markdown: &'static str,
    /// A second text: the next revision of a review under way, or the change proposed to an accepted design.
    pub revised: Option<&'static str>,
    /// How far it has come.
    pub stage: Stage,
    /// Discussions on its newest text.
    pub threads: &'static [SampleThread],
}

/// How far a sample design has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Being written; never sent for review.
    Draft,
    /// Revision 1 is `markdown` and got a request for changes; revision 2 is `revised` and waits for a review.
    InReview {
        /// What the reviewer of revision 1 said.
        summary: &'static str,
    },
    /// Its revision is approved; merging is all that is left to do.
    Approved {
        /// What the approving reviewer said.
        summary: &'static str,
    },
    /// Merged.
    Accepted {
        /// What the approving reviewer said.
        summary: &'static str,
    },
    /// Merged, with an open proposal that would make `revised` its text.
    ChangeProposed {
        /// What the approving reviewer said of the accepted text.
        summary: &'static str,
        /// What the change is called.
        title: &'static str,
        /// Why it is proposed.
        why: &'static str,
    },
    /// Given up: its proposal is closed and it is archived.
    Withdrawn {
        /// Why.
        reason: &'static str,
    },
}

/// A discussion on a passage.
#[derive(Clone, Copy, Debug)]
pub struct SampleThread {
    /// What it asks.
    pub kind: Kind,
    /// The passage; in the newest text exactly once.
    pub quote: &'static str,
    /// Its comments, the reviewer's first, then the author's, and so on in turn.
    pub comments: &'static [&'static str],
    /// It was answered.
    pub resolved: bool,
}

impl SampleDesign {
    /// The text that its threads are on.
    pub fn newest(&self) -> &'static str {
        self.revised.unwrap_or(self.markdown)
    }
}

/// The team's designs, in the order of their numbers.
pub fn designs() -> &'static [SampleDesign] {
    &designs::ALL
}
