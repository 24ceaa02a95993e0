//! Where a thread is after its text changed: stays, is found again, or is detached. The rule of the README's "Threads", pure.
//!
//! All offsets are UTF-16 code units.

/// Characters of context kept on each side of a quote.
const CONTEXT: usize = 32;

/// What a thread was put on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// The text itself.
    pub quote: String,
    /// Up to 32 characters before it; fewer only at the start of the text.
    pub before: String,
    /// Up to 32 characters behind it; fewer only at the end of the text.
    pub after: String,
}

/// Where the passage is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Where its positions resolve to.
    Attached {
        /// Start.
        from: u32,
        /// End, behind the last unit.
        to: u32,
        /// The text there is no longer the quote.
        changed: bool,
    },
    /// Its positions resolve to nothing, but its quote is in exactly one place with its context.
    Reattached {
        /// Start.
        from: u32,
        /// End, behind the last unit.
        to: u32,
    },
    /// Nowhere, or nobody can say where.
    Detached,
}

/// Where `passage` is in `text`, its stored positions resolving to `resolved`.
///
/// A range that still holds text is believed even if that text is another: people rewrite what they discuss. Only an empty or unresolvable
/// range is searched for: delete and undo leaves such ranges on every peer but the one who undid.
pub fn place(text: &str, resolved: Option<(u32, u32)>, passage: &Passage) -> Found {
    if let Some((from, to, held)) = resolved.and_then(|(from, to)| Some((from, to, slice(text, from, to)?)))
        && !held.is_empty()
    {
        return Found::Attached { from, to, changed: held != passage.quote };
    }
    match only_match(text, passage) {
        Some(start) => {
            let from = units(&text[..start]);
            Found::Reattached { from, to: from + units(&passage.quote) }
        }
        None => Found::Detached,
    }
}

/// The passage between two offsets, with its context; offsets inside a character or behind the end are moved to where a character begins.
pub fn context(text: &str, from: u32, to: u32) -> Passage {
    let start = floor(text, from);
    let end = floor(text, to).max(start);
    let before = text[..start].char_indices().rev().take(CONTEXT).last().map_or(start, |(at, _)| at);
    let after = text[end..].char_indices().nth(CONTEXT).map_or(text.len(), |(at, _)| end + at);
    Passage { quote: text[start..end].into(), before: text[before..start].into(), after: text[end..after].into() }
}

/// The one byte offset where the quote and at least one side of its context match.
fn only_match(text: &str, passage: &Passage) -> Option<usize> {
    let mut found = None;
    let step = passage.quote.chars().next()?.len_utf8();
    let mut search = 0;
    // Not `match_indices`: it passes over matches that overlap, and two overlapping matches are two places.
    while let Some(at) = text[search..].find(&passage.quote).map(|at| at + search) {
        if surrounded(&text[..at], &text[at + passage.quote.len()..], passage) && found.replace(at).is_some() {
            return None;
        }
        search = at + step;
    }
    found
}

/// Whether one side of the context is as it was. A side that was empty was the edge of the text and matches only there.
fn surrounded(head: &str, tail: &str, passage: &Passage) -> bool {
    let before = if passage.before.is_empty() { head.is_empty() } else { head.ends_with(&passage.before) };
    let after = if passage.after.is_empty() { tail.is_empty() } else { tail.starts_with(&passage.after) };
    before || after
}

/// The text between two offsets; none when they are out of order, behind the end, or inside a character.
pub fn slice(text: &str, from: u32, to: u32) -> Option<&str> {
    let (start, end) = (floor(text, from), floor(text, to));
    let exact = from <= to && units(&text[..start]) == from && units(&text[start..end]) == to - from;
    exact.then(|| &text[start..end])
}

/// The byte offset of the last character boundary at or before a UTF-16 offset.
pub fn floor(text: &str, offset: u32) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        seen += c.len_utf16();
        if seen > offset as usize {
            return at;
        }
    }
    text.len()
}

/// Length in UTF-16 units. A text is limited to some MB, so it fits.
fn units(text: &str) -> u32 {
    u32::try_from(text.chars().map(char::len_utf16).sum::<usize>()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
