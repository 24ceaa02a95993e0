//! How Quorum reads Markdown: one set of options, byte ranges in the whole text, front matter left out.

use std::ops::Range;

use pulldown_cmark::{DefaultBrokenLinkCallback, Event, OffsetIter, Options, Parser};

use super::front_matter::{self, FrontMatter};

/// What the parser sees, event by event.
pub struct Events<'a> {
    /// What stands before the Markdown.
    pub front_matter: FrontMatter,
    text: &'a str,
    inner: OffsetIter<'a, DefaultBrokenLinkCallback>,
}

impl<'a> Events<'a> {
    /// Reads a text.
    pub fn of(text: &'a str) -> Self {
        let front_matter = front_matter::scan(text);
        let inner = Parser::new_ext(&text[front_matter.end..], options()).into_offset_iter();
        Self { front_matter, text, inner }
    }

    /// Where the definition `[label]: …` is.
    pub fn definition(&self, label: &str) -> Option<Range<usize>> {
        let definition = self.inner.reference_definitions().get(label)?;
        Some(shift(definition.span.clone(), self.front_matter.end))
    }
}

impl<'a> Iterator for Events<'a> {
    type Item = (Event<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.inner.next()?;
        let range = shift(range, self.front_matter.end);
        match event {
            // "$5/$10" are sums of money.
            Event::InlineMath(tex) if self.text[range.end..].starts_with(|next: char| next.is_ascii_digit()) => {
                Some((Event::Text(format!("${tex}$").into()), range))
            }
            Event::DisplayMath(tex) if tex.is_empty() => Some((Event::Text("$$$$".into()), range)),
            event => Some((event, range)),
        }
    }
}

/// GitHub's Markdown, as design documents are written in it; no smart punctuation, because what is shown must be what is in the source.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The visible text of an event, for headings' texts.
pub fn plain<'e>(event: &'e Event<'_>) -> Option<&'e str> {
    match event {
        Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => Some(text),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    }
}
