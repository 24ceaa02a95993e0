//! When a thread stays, when it is found again, and when it is honest about being lost.

use proptest::prelude::*;

use super::*;

const TEXT: &str = "The ledger is one row per booking. A 🦀 booking is never changed. The ledger is kept for ten years.";

/// The passage that `quote`, which is in `text` once, is.
fn passage(text: &str, quote: &str) -> (u32, u32, Passage) {
    let from = units(&text[..text.find(quote).expect("the quote is in the text")]);
    let to = from + units(quote);
    (from, to, context(text, from, to))
}

#[test]
fn a_passage_knows_thirty_two_characters_on_each_side() {
    let (_, _, passage) = passage(TEXT, "🦀 booking");
    assert_eq!(passage.before, "edger is one row per booking. A ");
    assert_eq!(passage.before.chars().count(), 32);
    assert_eq!(passage.after, " is never changed. The ledger is");
    assert_eq!(passage.after.chars().count(), 32);
}

#[test]
fn a_range_that_holds_its_quote_stays() {
    let (from, to, passage) = passage(TEXT, "🦀 booking");
    assert_eq!(place(TEXT, Some((from, to)), &passage), Found::Attached { from, to, changed: false });
}

#[test]
fn a_range_that_holds_other_text_stays_and_says_so() {
    let (from, to, passage) = passage(TEXT, "never");
    let now = TEXT.replace("never", "often");
    assert_eq!(place(&now, Some((from, to)), &passage), Found::Attached { from, to, changed: true });
}

#[test]
fn an_empty_range_is_found_again_by_quote_and_context() {
    let (from, to, passage) = passage(TEXT, "never changed");
    let now = format!("Preface. {TEXT}");
    assert_eq!(place(&now, Some((3, 3)), &passage), Found::Reattached { from: from + 9, to: to + 9 });
    assert_eq!(place(&now, None, &passage), Found::Reattached { from: from + 9, to: to + 9 });
}

#[test]
fn one_side_of_the_context_is_enough() {
    let (_, _, passage) = passage(TEXT, "never changed");
    let now = "Nothing left before it: never changed. The ledger is kept for ten years.";
    assert_eq!(place(now, None, &passage), Found::Reattached { from: 24, to: 37 });
}

#[test]
fn a_quote_without_its_context_is_not_believed() {
    let (_, _, passage) = passage(TEXT, "never changed");
    assert_eq!(place("It was never changed by us.", None, &passage), Found::Detached);
}

#[test]
fn two_places_that_fit_are_no_place() {
    let (_, _, passage) = passage(TEXT, "never changed");
    assert_eq!(place(&format!("{TEXT} {TEXT}"), None, &passage), Found::Detached);
    let edge = Passage { quote: "aa".into(), before: "a".into(), after: "a".into() };
    assert_eq!(place("aaaaa", None, &edge), Found::Detached);
}

#[test]
fn an_empty_quote_is_never_searched_for() {
    assert_eq!(place(TEXT, None, &Passage::default()), Found::Detached);
    assert_eq!(place("", Some((0, 0)), &Passage::default()), Found::Detached);
}

#[test]
fn offsets_inside_a_surrogate_pair_resolve_to_nothing() {
    let (from, _, passage) = passage(TEXT, "🦀");
    assert!(matches!(place(TEXT, Some((from + 1, from + 2)), &passage), Found::Reattached { .. }));
    assert_eq!(context(TEXT, from + 1, from + 2).quote, "🦀");
}

#[test]
fn the_whole_text_is_its_own_context() {
    let (from, to, passage) = passage("all", "all");
    assert_eq!((passage.before.as_str(), passage.after.as_str()), ("", ""));
    assert_eq!(place("all", None, &passage), Found::Reattached { from, to });
    assert_eq!(place("not all of it", None, &passage), Found::Detached);
}

/// Every place of the quote that has one side of its context, told the slow way: character by character, over UTF-16 offsets.
fn places(text: &str, passage: &Passage) -> Vec<u32> {
    let (all, quote): (Vec<char>, Vec<char>) = (text.chars().collect(), passage.quote.chars().collect());
    let (before, after): (Vec<char>, Vec<char>) = (passage.before.chars().collect(), passage.after.chars().collect());
    (0..=all.len())
        .filter(|&at| !quote.is_empty() && all[at..].starts_with(&quote))
        .filter(|&at| {
            let (head, tail) = (&all[..at], &all[at + quote.len()..]);
            let begins = if before.is_empty() { head.is_empty() } else { head.ends_with(&before) };
            let ends = if after.is_empty() { tail.is_empty() } else { tail.starts_with(&after) };
            begins || ends
        })
        .map(|at| units(&all[..at].iter().collect::<String>()))
        .collect()
}

proptest! {
    #[test]
    fn a_lost_passage_is_found_exactly_where_it_is_in_one_place(
        text in "[ab🦀]{0,14}", quote in "[ab🦀]{0,2}", before in "[ab🦀]{0,2}", after in "[ab🦀]{0,2}", empty in prop::option::of(0u32..16),
    ) {
        let passage = Passage { quote, before, after };
        let expected = match places(&text, &passage)[..] {
            [from] => Found::Reattached { from, to: from + units(&passage.quote) },
            _ => Found::Detached,
        };
        prop_assert_eq!(place(&text, empty.map(|at| (at, at)), &passage), expected);
    }

    #[test]
    fn a_passage_just_put_down_is_found_in_its_own_text_or_is_there_twice(text in "[ab🦀 ]{1,40}", from in 0u32..40, length in 1u32..8) {
        let passage = context(&text, from, from + length);
        prop_assert!(passage.before.chars().count() <= CONTEXT && passage.after.chars().count() <= CONTEXT);
        let whole = [passage.before.as_str(), passage.quote.as_str(), passage.after.as_str()].concat();
        prop_assert!(passage.quote.is_empty() || text.contains(&whole));
        match place(&text, None, &passage) {
            Found::Reattached { from: found, .. } => prop_assert_eq!(floor(&text, found), floor(&text, from)),
            other => {
                prop_assert_eq!(other, Found::Detached);
                prop_assert!(passage.quote.is_empty() || places(&text, &passage).len() > 1);
            }
        }
    }

    #[test]
    fn what_is_attached_or_found_is_inside_the_text(
        text in "[ab🦀\n]{0,40}", from in 0u32..50, to in 0u32..50, quote in "[ab🦀]{0,3}", before in "[ab]{0,2}", after in "[ab]{0,2}",
    ) {
        let passage = Passage { quote, before, after };
        match place(&text, Some((from, to)), &passage) {
            Found::Attached { from, to, changed } => {
                let held = slice(&text, from, to).expect("a range of whole characters");
                prop_assert!(!held.is_empty());
                prop_assert_eq!(changed, held != passage.quote);
            }
            Found::Reattached { from, to } => prop_assert_eq!(slice(&text, from, to), Some(passage.quote.as_str())),
            Found::Detached => {}
        }
    }

    #[test]
    fn a_passage_that_moved_as_a_whole_is_found(head in "[a-c ]{0,60}", tail in "[a-c ]{0,60}", more in "[a-c ]{0,60}") {
        let text = format!("{head}the ünique 🦀 words{tail}");
        let (_, _, passage) = passage(&text, "the ünique 🦀 words");
        let now = format!("{more}{text}");
        let moved = units(&more) + units(&head);
        // A passage at the very start of its text has lost that side; the other must still be as it was.
        prop_assert_eq!(place(&now, None, &passage), Found::Reattached { from: moved, to: moved + 19 });
    }
}
