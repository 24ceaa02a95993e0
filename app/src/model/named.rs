//! What texts name: designs by their number, people by a link to where the team's page of people shows them. Pure.
//!
//! A design is named `D-12`. A person is named `[@Ada Lovelace](/teams/payments/people#person-<id>)`: accounts have no short names that are theirs
//! alone, full names have spaces, change and are shared by several, and a link says exactly who is meant, reads as the name in every other Markdown
//! reader, and still leads somewhere there. A group will be named by a link to `…/people#group-<name>` in the same way.

use std::ops::Range;

use super::ids::AccountId;

/// A design's number has at most so many digits: the database's numbers end at 2,147,483,647.
const DIGITS: usize = 9;

/// What stands before the id in the address of a person.
const PERSON: &str = "/people#person-";

/// The designs that a text names, each where it does. Nothing is read twice, however many beginnings of names there are.
///
/// What is part of a longer word, path or host is no name: `AD-12`, `D-12a`, `D-12-3`, `notes/D-12.md`.
pub fn designs(text: &str) -> impl Iterator<Item = (Range<usize>, i32)> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find("D-")?;
            from = start + "D-".len();
            if text[..start].chars().next_back().is_some_and(belongs_before) {
                continue;
            }
            let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
            let end = from + digits;
            if !(1..=DIGITS).contains(&digits) || text.as_bytes()[from] == b'0' || goes_on(&text[end..]) {
                continue;
            }
            let Ok(number) = text[from..end].parse() else { continue };
            from = end;
            return Some((start..end, number));
        }
    })
}

/// Whether a character makes what follows it the rest of something longer.
fn belongs_before(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '/' | '\\' | '.' | '@' | '#')
}

/// Whether a number is only the beginning of something longer.
fn goes_on(behind: &str) -> bool {
    let mut behind = behind.chars();
    match (behind.next(), behind.next()) {
        (Some('-' | '/' | '@'), Some(next)) => next.is_alphanumeric(),
        (Some('.'), Some(next)) => next.is_ascii_digit(),
        (Some(c), _) => c.is_alphanumeric(),
        (None, _) => false,
    }
}

/// Whose place on the page of people an address is.
pub fn person(address: &str) -> Option<AccountId> {
    let (team, id) = address.strip_prefix("/teams/")?.split_once(PERSON)?;
    (!team.is_empty() && !team.contains('/')).then(|| id.parse().ok()).flatten()
}

/// Whether a text can name anybody: cheaper than to read it.
pub fn may_name_people(text: &str) -> bool {
    text.contains(PERSON)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same cases as the editor's parser has: `app/editor/test/named.test.ts`.
    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
        named: Vec<String>,
    }

    #[test]
    fn designs_are_named_by_numbers_that_stand_alone() {
        let cases: Vec<Case> = serde_json::from_str(include_str!("../../editor/test/named.json")).unwrap();
        assert!(cases.len() > 20);
        for Case { text, named } in cases {
            let found: Vec<&str> = designs(&text).map(|(at, _)| &text[at]).collect();
            assert_eq!(found, named, "{text}");
        }
    }

    #[test]
    fn a_number_is_read_with_its_place() {
        let found: Vec<_> = designs("é D-12, D-7").collect();
        assert_eq!(found, [(3..7, 12), (9..12, 7)]);
    }

    #[test]
    fn many_beginnings_of_names_are_read_once() {
        let before = std::time::Instant::now();
        assert_eq!(designs(&"D-".repeat(500_000)).count(), 0);
        assert_eq!(designs(&"D-0123456789".repeat(100_000)).count(), 0);
        assert!(before.elapsed() < std::time::Duration::from_secs(2));
    }

    #[test]
    fn a_person_is_named_by_their_place_on_a_teams_page() {
        let id = "018f2b6e-0000-7000-8000-000000000001";
        let named = person(&format!("/teams/payments/people#person-{id}"));
        assert_eq!(named.map(|account| account.to_string()).as_deref(), Some(id));
        for other in [
            format!("/teams//people#person-{id}"),
            format!("/teams/a/b/people#person-{id}"),
            format!("https://elsewhere.example/teams/payments/people#person-{id}"),
            format!("/teams/payments/people#person-{id}x"),
            "/teams/payments/people#person-ada".into(),
            "/teams/payments/people".into(),
        ] {
            assert_eq!(person(&other), None, "{other}");
        }
    }
}
