//! Suggestions: changes that somebody would make, for those who may write to accept or reject.

use serde::{Deserialize, Serialize};

use super::account::Person;
use super::ids::ThreadId;
use super::thread::Anchor;

/// What became of a suggestion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Nobody has decided.
    Open,
    /// Its changes are in the text; whoever accepted it is an author, whoever made it is credited.
    Accepted,
    /// Somebody who may write would not have it.
    Rejected,
    /// Whoever made it took it back.
    Withdrawn,
}

impl State {
    const ALL: [Self; 4] = [Self::Open, Self::Accepted, Self::Rejected, Self::Withdrawn];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl std::str::FromStr for State {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| format!("“{word}” is no state of a suggestion"))
    }
}

/// A suggestion, as part of the thread in which it is discussed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Who made it.
    pub by: Person,
    /// The asking account did.
    pub mine: bool,
    /// What became of it.
    pub state: State,
    /// Raised whenever its edits change.
    pub edition: i32,
    /// What it would change, in the order of the text: all or none.
    pub edits: Vec<Edit>,
}

impl Suggestion {
    /// Whether every place still reads as it did when it was suggested.
    pub fn fits(&self) -> bool {
        self.edits.iter().all(|edit| matches!(edit.anchor, Anchor::At { changed: false, .. } | Anchor::Whole))
    }
}

/// One place that a suggestion would change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// Where it is now; the whole: the text was empty.
    pub anchor: Anchor,
    /// What it would replace. Never empty, but in an empty text: what is only added is told with the character beside it.
    pub original: String,
    /// By what.
    pub replacement: String,
}

impl Edit {
    /// What is taken out and what is put in, without the words that both begin and end with.
    pub fn core(&self) -> (&str, &str) {
        let (old, new) = (self.original.as_str(), self.replacement.as_str());
        let head = common(old.chars().zip(new.chars()));
        let head = words(head, |at| old[..at].chars().next_back(), |at| [old[at..].chars().next(), new[at..].chars().next()]);
        let (old, new) = (&old[head..], &new[head..]);
        let tail = common(old.chars().rev().zip(new.chars().rev()));
        let tail = words(
            tail,
            |at| old[old.len() - at..].chars().next(),
            |at| [old[..old.len() - at].chars().next_back(), new[..new.len() - at].chars().next_back()],
        );
        (&old[..old.len() - tail], &new[..new.len() - tail])
    }
}

/// Bytes of the characters that are the same from here on.
fn common(pairs: impl Iterator<Item = (char, char)>) -> usize {
    pairs.take_while(|(old, new)| old == new).map(|(same, _)| same.len_utf8()).sum()
}

/// As many of these bytes as do not end inside a word: `last` is the last character of so many, `next` what follows on either side.
fn words(mut bytes: usize, last: impl Fn(usize) -> Option<char>, next: impl Fn(usize) -> [Option<char>; 2]) -> usize {
    let inside = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
    while let Some(char) = last(bytes).filter(|_| bytes > 0 && inside(last(bytes)) && next(bytes).into_iter().any(inside)) {
        bytes -= char.len_utf8();
    }
    bytes
}

/// What somebody suggests, as their editor sends it: again, whole, whenever it has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// Its thread, named by the device that makes it, so that sending it twice makes one.
    pub thread: ThreadId,
    /// What it would change; nothing: it is taken back.
    pub edits: Vec<SuggestedEdit>,
}

/// One place of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuggestedEdit {
    /// Encoded relative position in base64, assoc 0.
    pub start: String,
    /// Encoded relative position in base64, assoc -1.
    pub end: String,
    /// What is there, as its author sees it.
    pub original: String,
    /// What they would have there.
    pub replacement: String,
}

/// What the server did with what was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// It is on disk.
    Kept,
    /// Somebody had accepted, rejected or withdrawn it before: what was sent is not kept.
    Decided,
    /// The text there reads otherwise than its author saw it.
    Outdated,
}

/// One place of a text, in bytes, and what it is replaced by.
pub type Replacement = (std::ops::Range<usize>, String);

/// A text with suggestions made, each whole or not at all: one that overlaps an earlier one is left out.
pub fn applied(text: &str, suggestions: Vec<Vec<Replacement>>) -> String {
    let mut changes: Vec<Replacement> = Vec::new();
    for edits in suggestions {
        let apart = |(one, _): &Replacement| changes.iter().all(|(other, _)| one.end <= other.start || other.end <= one.start);
        if edits.iter().all(apart) {
            changes.extend(edits);
        }
    }
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut made, mut at) = (String::with_capacity(text.len()), 0);
    for (range, replacement) in changes {
        made.push_str(&text[at..range.start]);
        made.push_str(&replacement);
        at = range.end;
    }
    made.push_str(&text[at..]);
    made
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edit(original: &str, replacement: &str) -> Edit {
        Edit { anchor: Anchor::Detached, original: original.into(), replacement: replacement.into() }
    }

    #[test]
    fn of_an_edit_only_what_differs_is_told() {
        for (original, replacement, core) in [
            ("5", "6", ("5", "6")),
            ("five times", "six times", ("five", "six")),
            ("s", " twice s", ("", " twice ")),
            ("twice", "three times", ("twice", "three times")),
            ("a cat sat", "a cart sat", ("cat", "cart")),
            ("a b", "a", (" b", "")),
            ("🦀", "🦀!", ("", "!")),
            ("é", "è", ("é", "è")),
        ] {
            assert_eq!(edit(original, replacement).core(), core, "{original} → {replacement}");
        }
    }

    proptest! {
        #[test]
        fn putting_the_core_in_place_makes_the_replacement(original in "[ab🦀]{0,6}", replacement in "[ab🦀]{0,6}") {
            let edit = edit(&original, &replacement);
            let (old, new) = edit.core();
            let places = original.char_indices().map(|(at, _)| at).chain([original.len()]);
            let made = places.filter(|at| original[*at..].starts_with(old));
            let mut made = made.map(|at| format!("{}{new}{}", &original[..at], &original[at + old.len()..]));
            prop_assert!(made.any(|made| made == replacement));
        }

        #[test]
        fn changes_apart_are_all_made(parts in prop::collection::vec(("[a-c]{0,4}", "[a-c]{1,3}", "[x-z]{0,3}"), 0..6)) {
            let (mut text, mut made, mut changes) = (String::new(), String::new(), Vec::new());
            for (kept, old, new) in &parts {
                text.push_str(kept);
                made.push_str(kept);
                changes.push((text.len()..text.len() + old.len(), new.clone()));
                text.push_str(old);
                made.push_str(new);
            }
            changes.reverse();
            prop_assert_eq!(applied(&text, vec![changes]), made);
        }
    }

    #[test]
    fn of_two_suggestions_for_one_word_the_first_is_made_and_of_the_other_nothing() {
        let (first, second) = (vec![(4..7, "2".into())], vec![(0..3, "1".into()), (5..6, "W".into())]);
        assert_eq!(applied("one two", vec![first, second]), "one 2");
    }
}
