//! What happened in histories, so that it can be seen that something did.

use std::ops::AddAssign;

/// Counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Edits by hand.
    pub edits: usize,
    /// Turns of the committers.
    pub commits: u64,
    /// Edits refused because their author might not write.
    pub refusals: u64,
    /// Connections that a process ended.
    pub endings: u64,
    /// Rooms opened anew from the log.
    pub reopened: u64,
    /// Rooms that had another text than their log.
    pub diverged: u64,
    /// Looks at the log while something was not acknowledged.
    pub audits: u64,
}

impl Tally {
    /// Counts what a process says of itself, in Prometheus' text format.
    pub fn process(&mut self, metrics: &str) {
        let count = |name: &str| {
            let mut lines = metrics.lines();
            lines.find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok()).expect("it is counted")
        };
        self.commits += count("quorum_commit_seconds_count");
        self.reopened += count("quorum_rooms_reopened_total");
        self.diverged += count("quorum_rooms_diverged_total");
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        let Self { edits, commits, refusals, endings, reopened, diverged, audits } = other;
        self.edits += edits;
        self.commits += commits;
        self.refusals += refusals;
        self.endings += endings;
        self.reopened += reopened;
        self.diverged += diverged;
        self.audits += audits;
    }
}
