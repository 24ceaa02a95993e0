//! Small pieces of the sentences that pages, mails and REST show.

use super::account::Person;

/// How many people a sentence names before it counts the rest.
const NAMED: usize = 3;

/// "Ada", "Ada and Bo", "Ada, Bo and Cy", "Ada, Bo, Cy and 2 others"; each person once, in the order given.
pub fn names<'a>(people: impl IntoIterator<Item = &'a Person>) -> String {
    let mut once: Vec<&Person> = Vec::new();
    for person in people {
        if !once.contains(&person) {
            once.push(person);
        }
    }
    let named = once.iter().take(NAMED).map(|person| person.name.clone()).collect();
    and_others(named, once.len().saturating_sub(NAMED))
}

/// Those who are named, and how many more there are: "Ada, Bo and one other".
pub fn and_others(named: Vec<String>, others: usize) -> String {
    let mut parts = named;
    match others {
        0 => {}
        1 => parts.push("one other".into()),
        more => parts.push(format!("{more} others")),
    }
    let last = parts.pop().unwrap_or_default();
    if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) }
}

/// The beginning of a quote that fits a line: at most `limit` characters, white space as single spaces.
pub fn shortened(quote: &str, limit: usize) -> String {
    let line = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[&str]) -> Vec<Person> {
        names.iter().map(|name| Person { id: None, name: (*name).into() }).collect()
    }

    #[test]
    fn names_are_listed_as_people_speak() {
        for (given, expected) in [
            (&[][..], ""),
            (&["Ada"], "Ada"),
            (&["Ada", "Bo"], "Ada and Bo"),
            (&["Ada", "Ada", "Bo"], "Ada and Bo"),
            (&["Ada", "Bo", "Cy"], "Ada, Bo and Cy"),
            (&["Ada", "Bo", "Cy", "Di"], "Ada, Bo, Cy and one other"),
            (&["Ada", "Bo", "Cy", "Di", "Eve"], "Ada, Bo, Cy and 2 others"),
        ] {
            assert_eq!(names(&people(given)), expected);
        }
    }

    #[test]
    fn a_long_quote_is_cut_at_a_character() {
        assert_eq!(shortened("a  b\nc", 10), "a b c");
        assert_eq!(shortened("äöü 🙂🙂", 5), "äöü 🙂…");
        assert_eq!(shortened("ab cd", 3), "ab…");
    }
}
