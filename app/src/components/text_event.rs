//! What the editor and the reader tell the page about the text.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Margin, Reason, Saving, Selection, Status};
use crate::model::ids::ThreadId;
use crate::model::thread::Place;

/// One event, as its JSON says: `{"status": {…}}`. The name comes first and outside, so that it is read in one go.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextEvent {
    /// Editor: where the text is.
    Status {
        /// Saved, offline, …
        status: Status,
        /// Changes that the server has not acknowledged.
        pending: u32,
        /// How many of them are on this device's disk; none: it has no storage.
        kept: Option<u32>,
        /// Why they are refused.
        reason: Option<Reason>,
    },
    /// What is selected.
    Selection {
        /// None: nothing.
        selection: Option<Selected>,
    },
    /// Where the passages with threads are.
    Layout {
        /// In whole px from the top of the text.
        tops: BTreeMap<ThreadId, i32>,
    },
    /// Somebody pressed a passage.
    Thread {
        /// The thread on it.
        thread: ThreadId,
    },
    /// The pointer is on a passage, or on none.
    Hover {
        /// The thread on it.
        thread: Option<ThreadId>,
    },
    /// Editor: the person is about to write here for the first time.
    FirstEdit {},
    /// Reader: the heading being read.
    Heading {
        /// Its `id`.
        anchor: String,
    },
}

/// A selection: UTF-16 offsets, from the editor also relative positions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Selected {
    /// Start.
    pub from: u32,
    /// End.
    pub to: u32,
    /// The text.
    pub quote: String,
    /// In whole px from the top of the text.
    pub top: i32,
    /// Encoded relative position in base64.
    #[serde(default)]
    pub start: Option<String>,
    /// Encoded relative position in base64.
    #[serde(default)]
    pub end: Option<String>,
}

impl Selected {
    /// As the margin keeps it. A rendered text's offsets mean nothing without the `seq` that it shows.
    pub fn placed(self, seq: Option<i64>) -> Option<Selection> {
        let place = match (self.start, self.end, seq) {
            (Some(start), Some(end), _) => Place::Live { start, end },
            (_, _, Some(seq)) => Place::Offsets { seq, from: self.from, to: self.to },
            _ => return None,
        };
        Some(Selection { place, quote: self.quote, top: self.top })
    }
}

impl TextEvent {
    /// Tells the margin; answers what is none of its business.
    pub fn tell(self, margin: Margin, seq: Option<i64>) -> Option<Self> {
        use leptos::prelude::Set;
        match self {
            Self::Selection { selection } => margin.selection.set(selection.and_then(|selected| selected.placed(seq))),
            Self::Layout { tops } => margin.tops.set(tops),
            Self::Thread { thread } => margin.pressed(thread),
            Self::Hover { thread } => margin.hovered.set(thread),
            other => return Some(other),
        }
        None
    }

    /// The status line's part, when it is that.
    pub fn saving(&self) -> Option<Saving> {
        match *self {
            Self::Status { status, pending, kept, reason } => Some(Saving { status, pending, kept, reason }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_events_of_the_contract_are_understood() {
        let id = "018f2b6e-0000-7000-8000-000000000001";
        for json in [
            r#"{"status":{"status":"not-on-server","pending":3,"kept":2}}"#.to_owned(),
            r#"{"status":{"status":"refused","pending":3,"kept":null,"reason":"signed-out"}}"#.to_owned(),
            r#"{"selection":{"selection":null}}"#.to_owned(),
            r#"{"selection":{"selection":{"from":1,"to":4,"quote":"abc","start":"AA==","end":"AQ==","top":12}}}"#.to_owned(),
            format!(r#"{{"layout":{{"tops":{{"{id}":10}}}}}}"#),
            format!(r#"{{"thread":{{"thread":"{id}"}}}}"#),
            format!(r#"{{"hover":{{"thread":"{id}"}}}}"#),
            r#"{"hover":{"thread":null}}"#.to_owned(),
            r#"{"first-edit":{}}"#.to_owned(),
            r#"{"heading":{"anchor":"goals"}}"#.to_owned(),
        ] {
            assert!(serde_json::from_str::<TextEvent>(&json).is_ok(), "{json}");
        }
    }

    #[test]
    fn a_selection_in_a_frozen_text_cannot_be_commented_on() {
        let selected = Selected { from: 0, to: 1, quote: "a".into(), top: 0, start: None, end: None };
        assert_eq!(selected.clone().placed(None), None);
        assert_eq!(selected.placed(Some(7)).map(|selection| selection.place), Some(Place::Offsets { seq: 7, from: 0, to: 1 }));
    }
}
