//! The passages that changes touch, each as a suggestion. Pure.

use app::error::{AppError, Result};

use crate::render::{Hunk, changed_lines};

/// Every suggestion is one that somebody has to decide: more are a text of their own.
const MOST: usize = 50;

/// A suggestion to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    /// Where in the live text, in UTF-16 units.
    pub at: (u32, u32),
    /// What is there.
    pub original: String,
    /// What would be.
    pub replacement: String,
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
    Ok(hunks.into_iter().map(|hunk| passage(text, changed, hunk)).collect())
}

/// A place has to hold something: what is only added is told with the character before it, or behind it at the very beginning.
fn passage(text: &str, changed: &str, Hunk { old, new }: Hunk) -> Passage {
    let before = text[..old.start].chars().next_back().filter(|_| old.is_empty()).map_or(0, char::len_utf8);
    let alone = old.is_empty() && before == 0;
    let behind = text[old.end..].chars().next().filter(|_| alone).map_or(0, char::len_utf8);
    let (from, to) = (old.start - before, old.end + behind);
    let replacement = [&text[from..old.start], &changed[new], &text[old.end..to]].concat();
    let start = units(&text[..from]);
    Passage { at: (start, start + units(&text[from..to])), original: text[from..to].to_owned(), replacement }
}

fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is there, and what would be.
    #[track_caller]
    fn suggested(text: &str, changed: &str) -> Vec<(String, String)> {
        let passages = of(text, changed).expect("passages");
        passages.into_iter().map(|passage| (passage.original, passage.replacement)).collect()
    }

    fn pair(original: &str, replacement: &str) -> (String, String) {
        (original.into(), replacement.into())
    }

    #[test]
    fn every_changed_passage_is_one_suggestion() {
        let text = "# 🙂\n\nRetry 5 times.\n\nKeep.\n\nDrop.\n";
        let changed = "# 🙂\n\nRetry 6 times.\n\nKeep.\n";
        assert_eq!(suggested(text, changed), [pair("Retry 5 times.\n", "Retry 6 times.\n"), pair("\nDrop.\n", "")]);
    }

    #[test]
    fn what_is_added_is_told_with_what_is_beside_it() {
        assert_eq!(suggested("a\n", "a\nb\n"), [pair("\n", "\nb\n")]);
        assert_eq!(suggested("a\n", "b\na\n"), [pair("a", "b\na")]);
        assert_eq!(suggested("", "b\n"), [pair("", "b\n")]);
    }

    #[test]
    fn more_than_anybody_would_decide_is_refused() {
        let lines = |word: &str| (0..=MOST).flat_map(|n| ["same\n".to_owned(), format!("{word} {n}\n")]).collect::<String>();
        assert!(matches!(of(&lines("old"), &lines("new")), Err(AppError::Conflict { code, .. }) if code == "too-many-passages"));
        assert!(matches!(of("a", "a"), Err(AppError::Conflict { code, .. }) if code == "nothing-new"));
    }

    proptest! {
        #[test]
        fn putting_all_of_them_in_place_makes_the_changed_text(text in "[ab🙂\n]{0,20}", changed in "[ab🙂\n]{0,20}") {
            let Ok(passages) = of(&text, &changed) else { return Ok(()) };
            let mut made: Vec<u16> = text.encode_utf16().collect();
            for Passage { at: (from, to), original, replacement } in passages.into_iter().rev() {
                let range = from as usize..to as usize;
                prop_assert_eq!(String::from_utf16_lossy(&made[range.clone()]), original);
                made.splice(range, replacement.encode_utf16());
            }
            prop_assert_eq!(String::from_utf16_lossy(&made), changed);
        }
    }
}
