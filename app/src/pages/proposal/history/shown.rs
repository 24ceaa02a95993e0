//! What the tab shows beside the timeline; all of it in the address, so that it can be sent to somebody.

use leptos_router::params::ParamsMap;

use crate::model::revision::Side;

/// `?at=…`, or `?from=…&to=…`, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages::proposal) enum Shown {
    /// The timeline alone.
    All,
    /// One of the texts.
    One(Side),
    /// What changed from one to another.
    Two(Side, Side),
}

impl Shown {
    /// What the address asks for; of a comparison that names one text only, the other is the text now.
    pub fn of(query: &ParamsMap) -> Self {
        let asked = |name| query.get(name).and_then(|word: String| word.parse().ok());
        match (asked("at"), asked("from"), asked("to")) {
            (Some(side), ..) => Self::One(side),
            (None, None, None) => Self::All,
            (None, from, to) => Self::Two(from.unwrap_or(Side::Live), to.unwrap_or(Side::Live)),
        }
    }

    /// The texts that it shows.
    pub fn points(self) -> Vec<Side> {
        match self {
            Self::All => Vec::new(),
            Self::One(side) => vec![side],
            Self::Two(from, to) => vec![from, to],
        }
    }
}
