//! YAML front matter: only at the very start of a text, read line by line, never interpreted beyond `key: value`.
//!
//! The parser's own extension is off: it would take any `---` pair in the middle of a text for metadata and hide what is between.

use std::ops::Range;

/// The lines between the two fences.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// Where the body of the text begins; 0 when there is no front matter.
    pub end: usize,
    /// Top-level keys with their values, as byte ranges; lines without a key of their own belong to the value above.
    pub entries: Vec<Entry>,
}

/// One key.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: Range<usize>,
    /// Its value, line by line, trimmed; empty lines left out.
    pub value: Vec<Range<usize>>,
}

/// The front matter of a text, empty when it has none.
pub fn scan(text: &str) -> FrontMatter {
    let Some(body) = text.strip_prefix("---\n") else { return FrontMatter::default() };
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = text.len() - body.len();
    for line in body.split_inclusive('\n') {
        let content = line.trim_end();
        let start = at;
        at += line.len();
        if matches!(content, "---" | "...") {
            return if entries.is_empty() { FrontMatter::default() } else { FrontMatter { end: at, entries } };
        }
        if let Some(length) = key(content) {
            let value = trimmed(text, start + length + 1..start + content.len());
            entries.push(Entry { key: start..start + length, value: value.into_iter().collect() });
        } else if let Some(entry) = entries.last_mut() {
            entry.value.extend(trimmed(text, start..start + content.len()));
        } else if !content.is_empty() && !content.starts_with('#') {
            // Not metadata: a thematic break with text under it.
            return FrontMatter::default();
        }
    }
    FrontMatter::default()
}

/// The value of a key, without quotation marks; none when missing or empty.
pub fn value<'a>(text: &'a str, wanted: &str) -> Option<&'a str> {
    let matter = scan(text);
    let entry = matter.entries.iter().find(|entry| text[entry.key.clone()].eq_ignore_ascii_case(wanted))?;
    let line = &text[entry.value.first()?.clone()];
    let bare = ['"', '\''].into_iter().find_map(|quote| line.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(line);
    Some(bare.trim()).filter(|value| !value.is_empty())
}

/// The length of the top-level key that a line begins with.
fn key(line: &str) -> Option<usize> {
    let length = line.find(':')?;
    let word = line[..length].chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' '));
    let separated = line[length + 1..].is_empty() || line[length + 1..].starts_with([' ', '\t']);
    (length > 0 && word && separated && !line.starts_with([' ', '-'])).then_some(length)
}

/// A range without the white space at its ends; none when nothing is left.
fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let slice = &text[range.clone()];
    let start = range.start + slice.len() - slice.trim_start().len();
    (!slice.trim().is_empty()).then(|| start..start + slice.trim().len())
}

#[cfg(test)]
mod tests {
    use super::{scan, value};

    #[test]
    fn keys_and_values_are_found_with_their_lines() {
        let text = "---\ntitle: \"A: b\"\nowners:\n  - ann\n  - ben\n---\n# Text\n";
        let matter = scan(text);
        assert_eq!(&text[matter.end..], "# Text\n");
        let lines: Vec<Vec<&str>> =
            matter.entries.iter().map(|entry| entry.value.iter().map(|line| &text[line.clone()]).collect()).collect();
        assert_eq!(lines, [vec!["\"A: b\""], vec!["- ann", "- ben"]]);
        assert_eq!(value(text, "title"), Some("A: b"));
        assert_eq!(value(text, "missing"), None);
    }

    #[test]
    fn a_rule_in_the_text_is_not_front_matter() {
        for text in ["---\nSome prose\n---\n", "---\n\nkey: x\n", "text\n---\nkey: x\n---\n", "---\nkey: x\n", "---\n---\n"] {
            assert_eq!(scan(text).end, 0, "{text:?}");
        }
    }
}
