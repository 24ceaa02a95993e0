//! Threads: discussions anchored to text.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::account::Person;
use super::ids::{CommentId, ProposalId, ThreadId};
use super::reaction::Reacted;
use super::suggestion::Suggestion;

/// What a thread asks of the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Must be resolved before the merge.
    Blocking,
    /// Wants an answer.
    Question,
    /// Would have it otherwise.
    Suggestion,
    /// A small thing.
    Nit,
    /// Well done.
    Praise,
}

impl Kind {
    /// Every kind, in the order the chooser shows.
    pub const ALL: [Self; 5] = [Self::Question, Self::Blocking, Self::Suggestion, Self::Nit, Self::Praise];

    /// The word in the database and in REST.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Question => "question",
            Self::Suggestion => "suggestion",
            Self::Nit => "nit",
            Self::Praise => "praise",
        }
    }
}

impl std::str::FromStr for Kind {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or_else(|| format!("“{word}” is not a kind of thread: choose blocking, question, suggestion, nit or praise"))
    }
}

/// Where a new thread goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// The whole proposal.
    Whole,
    /// A range of the live document, as the editor gives it: encoded Yjs relative positions in base64.
    Live {
        /// Start, assoc 0.
        start: String,
        /// End, assoc -1.
        end: String,
    },
    /// A range of the text as rendered at `seq`, UTF-16 offsets.
    Offsets {
        /// The `seq` of the [`super::proposal::Rendered`] it was selected in.
        seq: i64,
        /// Start.
        from: u32,
        /// End, behind the last unit.
        to: u32,
    },
}

/// Where a thread is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// About the whole proposal.
    Whole,
    /// On a range of the live text, UTF-16 offsets at the moment of asking, with the relative positions for the editor.
    At {
        /// Start.
        from: u32,
        /// End, behind the last unit.
        to: u32,
        /// Encoded relative position in base64, assoc 0.
        start: String,
        /// Encoded relative position in base64, assoc -1.
        end: String,
        /// The text there is no longer the quote.
        changed: bool,
    },
    /// Its text is gone, or is in several places now; still open, listed with its quote.
    Detached,
}

/// A discussion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Thread {
    /// Its id.
    pub id: ThreadId,
    /// What it asks.
    pub kind: Kind,
    /// Where it is.
    pub anchor: Anchor,
    /// The text it was put on.
    pub quote: String,
    /// The revision it was made on, when on one.
    pub revision: Option<i32>,
    /// Who resolved it and when; none: open.
    pub resolved: Option<Resolved>,
    /// What it would change, when it was made by suggesting in the text.
    pub suggestion: Option<Suggestion>,
    /// Its comments, oldest first; empty only where a suggestion speaks for itself.
    pub comments: Vec<Comment>,
}

impl Thread {
    /// Whether the asking account began it, or takes part in it.
    pub fn mine(&self) -> bool {
        self.comments.iter().any(|comment| comment.mine) || self.suggestion.as_ref().is_some_and(|suggestion| suggestion.mine)
    }

    /// Whose it is: who wrote its first comment, or suggested.
    pub fn by(&self) -> Option<&Person> {
        self.suggestion.as_ref().map(|suggestion| &suggestion.by).or_else(|| self.comments.first().map(|comment| &comment.by))
    }
}

/// Who resolved a thread and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resolved {
    /// Who.
    pub by: Person,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it.
    pub by: Person,
    /// Rendered and sanitised.
    pub html: String,
    /// As written, for editing.
    pub body: String,
    /// When.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// When it was last edited.
    #[serde(with = "time::serde::rfc3339::option")]
    pub edited: Option<OffsetDateTime>,
    /// Written by the asking account, who may edit it.
    pub mine: bool,
    /// What others say to it without words, in the order of [`super::reaction::Reaction::ALL`].
    pub reactions: Vec<Reacted>,
}

/// What a comment said at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wording {
    /// When that was written.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Rendered and sanitised; what differs from the wording before is marked.
    pub html: String,
}

/// A new thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewThread {
    /// In which proposal.
    pub proposal: ProposalId,
    /// Where.
    pub place: Place,
    /// The text it is put on, as its author sees it.
    pub quote: String,
    /// What it asks.
    pub kind: Kind,
    /// The first comment, Markdown.
    pub body: String,
}

/// Threads as people read them: those about the whole, then down the text, then the detached ones; the older first where two are at one place.
pub fn in_order(mut threads: Vec<Thread>) -> Vec<Thread> {
    threads.sort_by_key(|thread| {
        let place = match thread.anchor {
            Anchor::Whole => (0, 0),
            Anchor::At { from, .. } => (1, from),
            Anchor::Detached => (2, 0),
        };
        (place, thread.comments.first().map(|comment| comment.at), thread.id)
    });
    threads
}

/// Where `quote` is in `text`, in UTF-16 units, when it is in exactly one place.
pub fn only_place(text: &str, quote: &str) -> Option<(u32, u32)> {
    let first = quote.chars().next()?.len_utf8();
    let at = text.find(quote)?;
    // Overlapping matches are two places too.
    if text[at + first..].contains(quote) {
        return None;
    }
    let units = |part: &str| u32::try_from(part.encode_utf16().count()).ok();
    let from = units(&text[..at])?;
    Some((from, from + units(quote)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(number: u128, anchor: Anchor) -> Thread {
        let id = ThreadId(uuid::Uuid::from_u128(number));
        Thread { id, kind: Kind::Nit, anchor, quote: String::new(), revision: None, resolved: None, suggestion: None, comments: vec![] }
    }

    fn at(from: u32) -> Anchor {
        Anchor::At { from, to: from + 1, start: String::new(), end: String::new(), changed: false }
    }

    #[test]
    fn threads_go_down_the_text_with_detached_ones_last() {
        let threads = [(1, Anchor::Detached), (2, at(9)), (3, Anchor::Whole), (4, at(2)), (5, at(9))];
        let ordered = in_order(threads.map(|(number, anchor)| thread(number, anchor)).into());
        assert_eq!(ordered.iter().map(|thread| thread.id.0.as_u128()).collect::<Vec<_>>(), [3, 4, 2, 5, 1]);
    }

    #[test]
    fn a_quote_is_found_only_where_it_is_in_one_place() {
        for (text, quote, expected) in [
            ("one two three", "two", Some((4, 7))),
            ("🙂 two", "two", Some((3, 6))),
            ("two two", "two", None),
            ("aaa", "aa", None),
            ("éé", "é", None),
            ("abc", "", None),
            ("abc", "x", None),
        ] {
            assert_eq!(only_place(text, quote), expected, "{quote} in {text}");
        }
    }
}
