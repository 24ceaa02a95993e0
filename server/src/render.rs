//! Markdown to HTML, sections, and what changed. Pure; on the server only, because in the browser a parser would cost 60 to 95 KB for nothing.
//!
//! Every function here is CPU work of up to some 100 ms for a text of 1 MB: call it through `spawn_blocking` for texts over 50 KB.

use app::model::diff::Comparison;
use app::model::section::{Heading, Section};

/// A rendered text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html {
    /// Sanitised; text runs carry `data-s` (UTF-16 offset in the source), blocks `data-b` (`start-end`).
    pub html: String,
    /// The outline.
    pub headings: Vec<Heading>,
}

/// One section with its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SectionText<'a> {
    /// Identity and hash.
    pub section: Section,
    /// Heading's text without markup; empty for section 0.
    pub heading: String,
    /// Its source, heading line included.
    pub text: &'a str,
}

/// A document's Markdown as HTML with source offsets.
pub fn document(_markdown: &str) -> Html {
    unimplemented!("render branch")
}

/// A comment's or summary's Markdown as HTML: no headings' ids, no offsets.
pub fn comment(_markdown: &str) -> String {
    unimplemented!("render branch")
}

/// The sections of a text, in order; never empty.
pub fn sections(_markdown: &str) -> Vec<SectionText<'_>> {
    unimplemented!("render branch")
}

/// The title that a text proposes: front matter's `title`, else the first heading.
pub fn proposed_title(_markdown: &str) -> Option<String> {
    unimplemented!("render branch")
}

/// What changed from one text to another, rendered and as source.
pub fn compare(_from: &str, _to: &str) -> Comparison {
    unimplemented!("render branch")
}

/// One replacement: `delete` UTF-16 units at `at` of the old text (positions as they are before any edit is applied), then `insert` there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// UTF-16 offset in the old text.
    pub at: u32,
    /// UTF-16 units removed.
    pub delete: u32,
    /// Text put there.
    pub insert: String,
}

/// The edits, in ascending order, that turn one text into the other: by words, at character boundaries, never inside a surrogate pair.
pub fn edits(_from: &str, _to: &str) -> Vec<Edit> {
    unimplemented!("render branch")
}
