//! The passages that changes touch, each as a suggestion. Pure.

use std::ops::Range;

use app::error::{AppError, Result};
use app::model::ids::ProposalId;
use app::model::thread::{Kind, NewThread, Place};

use crate::render::{Hunk, changed_lines};
use crate::service::prose;

/// Every suggestion is a thread that somebody has to read and resolve: more are a text of their own.
const MOST: usize = 50;

/// UTF-16 units of a passage that a thread can be on; a longer one is told about the whole.
const PASSAGE: u32 = 10_000;

/// A suggestion to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// Where in the live text, in UTF-16 units; none: the whole.
    pub at: Option<(u32, u32)>,
    /// What is there.
    pub quote: String,
    /// What is suggested, Markdown.
    pub body: String,
}

impl Passage {
    /// As a thread on the text of that seq.
    pub fn thread(self, proposal: ProposalId, seq: i64) -> NewThread {
        let place = self.at.map_or(Place::Whole, |(from, to)| Place::Offsets { seq, from, to });
        NewThread { proposal, place, quote: self.quote, kind: Kind::Suggestion, body: self.body }
    }
}

/// What leads from one text to the other, by passages of whole lines.
pub(super) fn of(text: &str, changed: &str) -> Result<Vec<Passage>> {
    let hunks = changed_lines(text, changed);
    match hunks.len() {
        0 => return Err(AppError::conflict("nothing-new", "The text has all of these changes already. You can discard them.")),
        1..=MOST => {}
        many => {
            let message =
                format!("These are {many} changed passages; at most {MOST} can be suggested one by one. Download the text instead.");
            return Err(AppError::conflict("too-many-passages", message));
        }
    }
    hunks.iter().map(|hunk| passage(text, changed, hunk)).collect()
}

fn passage(text: &str, changed: &str, hunk: &Hunk) -> Result<Passage> {
    let (old, new) = (&text[hunk.old.clone()], &changed[hunk.new.clone()]);
    let (on, asks) = if !old.trim().is_empty() {
        (Some(hunk.old.clone()), if new.trim().is_empty() { "Leave this out." } else { "Write instead:" })
    } else if let Some(before) = last_line(&text[..hunk.old.start]) {
        (Some(before), "Add after this:")
    } else if let Some(after) = first_line(text, hunk.old.end) {
        (Some(after), "Add before this:")
    } else {
        (None, "Write:")
    };
    let body = if new.trim().is_empty() { asks.to_owned() } else { format!("{asks}\n\n{}", fenced(new)) };
    if body.chars().count() > prose::LONGEST {
        return Err(AppError::TooLarge("One of the changed passages is longer than a comment may be. Download the text instead.".into()));
    }
    let placed = on.map(|on| place(text, on)).filter(|((from, to), _)| to - from <= PASSAGE);
    Ok(match placed {
        Some((at, quote)) => Passage { at: Some(at), quote: quote.to_owned(), body },
        None => Passage { at: None, quote: String::new(), body },
    })
}

/// Where some lines are and how they read, without the empty ones around them.
fn place(text: &str, lines: Range<usize>) -> ((u32, u32), &str) {
    let quote = text[lines.clone()].trim_start_matches('\n');
    let start = lines.end - quote.len();
    let quote = quote.trim_end_matches('\n');
    let from = units(&text[..start]);
    ((from, from + units(quote)), quote)
}

/// The last line of a text that has words.
fn last_line(text: &str) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    (end > 0).then(|| text[..end].rfind('\n').map_or(0, |at| at + 1)..end)
}

/// The first line behind an offset that has words.
fn first_line(text: &str, behind: usize) -> Option<Range<usize>> {
    let rest = &text[behind..];
    let start = behind + rest.len() - rest.trim_start_matches('\n').len();
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    (!text[start..end].trim().is_empty()).then_some(start..end)
}

/// A piece of Markdown as it is written, in a fence that is longer than any in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|char| char != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}markdown\n{}\n{fence}", text.trim_matches('\n'))
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quotes and bodies.
    #[track_caller]
    fn suggested(text: &str, changed: &str) -> Vec<(String, String)> {
        let passages = of(text, changed).expect("passages");
        passages
            .into_iter()
            .map(|Passage { at, quote, body }| {
                let units: Vec<u16> = text.encode_utf16().collect();
                let there = at.map(|(from, to)| String::from_utf16_lossy(&units[from as usize..to as usize]));
                assert_eq!(there.unwrap_or_default(), quote, "the offsets are the quote's");
                (quote, body)
            })
            .collect()
    }

    fn pair(quote: &str, body: &str) -> (String, String) {
        (quote.into(), body.into())
    }

    #[test]
    fn every_changed_passage_is_one_suggestion() {
        let text = "# 🙂\n\nRetry 5 times.\n\nKeep.\n\nDrop.\n";
        let changed = "# 🙂\n\nRetry 6 times.\n\nKeep.\n";
        assert_eq!(
            suggested(text, changed),
            [pair("Retry 5 times.", "Write instead:\n\n```markdown\nRetry 6 times.\n```"), pair("Drop.", "Leave this out.")]
        );
    }

    #[test]
    fn what_is_added_is_put_beside_what_is_there() {
        assert_eq!(suggested("a\n", "a\nb\n"), [pair("a", "Add after this:\n\n```markdown\nb\n```")]);
        assert_eq!(suggested("a\n", "b\na\n"), [pair("a", "Add before this:\n\n```markdown\nb\n```")]);
        assert_eq!(suggested("", "b\n"), [pair("", "Write:\n\n```markdown\nb\n```")]);
    }

    #[test]
    fn a_fence_in_the_text_does_not_end_the_suggestion() {
        assert_eq!(suggested("a\n", "a\n````\nb\n````\n"), [pair("a", "Add after this:\n\n`````markdown\n````\nb\n````\n`````")]);
    }

    #[test]
    fn a_passage_too_long_for_a_thread_is_told_about_the_whole() {
        let long = "x ".repeat(6_000);
        assert_eq!(suggested(&format!("{long}\n"), "y\n")[0].0, "");
    }

    #[test]
    fn more_than_anybody_would_resolve_is_refused() {
        let lines = |word: &str| (0..=MOST).flat_map(|n| ["same\n".to_owned(), format!("{word} {n}\n")]).collect::<String>();
        assert!(matches!(of(&lines("old"), &lines("new")), Err(AppError::Conflict { code, .. }) if code == "too-many-passages"));
        assert!(matches!(of("a", "a"), Err(AppError::Conflict { code, .. }) if code == "nothing-new"));
    }
}
