//! Markdown to HTML, sections, and what changed. Pure; on the server only, because in the browser a parser would cost 60 to 95 KB for nothing.
//!
//! Every function here is CPU work of up to some 100 ms for a text of 1 MB: call it through `spawn_blocking` for texts over 50 KB.
//!
//! A text becomes a tree ([`tree`]), the tree becomes HTML ([`write`]), and every HTML passes the [`sanitise`] fence last. A comparison aligns two
//! trees ([`compare`]).

use app::model::diff::Comparison;
use app::model::section::{Heading, Section};

mod autolink;
mod carry;
mod compare;
mod diff;
mod edits;
mod escape;
mod front_matter;
mod links;
mod markdown;
mod names;
mod raw;
mod sanitise;
mod sections;
mod slugs;
mod title;
mod tree;
mod units;
mod words;
mod write;

pub use carry::Carried;
pub use diff::Hunk;
pub use names::{Known, Names};

/// A rendered text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Html {
    /// Sanitised; text runs carry `data-s` (UTF-16 offset in the source), blocks `data-b` (`start-end`).
    pub html: String,
    /// The outline.
    pub headings: Vec<Heading>,
    /// Words to be read: all but blocks of code and the front matter.
    pub words: u32,
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
///
/// The slice of the source at a run's `data-s` is the run's text; where it is not (entities, line breaks inside code), the run also carries
/// `data-e` and stands for its range as a whole.
pub fn document(markdown: &str) -> Html {
    document_among(markdown, &Known::default())
}

/// As [`document`]; where it names a known design, it leads there.
pub fn document_among(markdown: &str, known: &Known) -> Html {
    let tree = tree::build_among(markdown, known);
    let html = write::blocks(&tree.blocks, &write::Options { units: Some(units::Units::of(markdown)), headings: write::Headings::Linked });
    Html { html: sanitise::clean(html), words: words::of(&tree.blocks), headings: tree.headings }
}

/// A comment's or summary's Markdown as HTML: no headings' ids, no offsets.
pub fn comment(markdown: &str) -> String {
    comment_among(markdown, &Known::default())
}

/// As [`comment`]; where it names a known design, it leads there.
pub fn comment_among(markdown: &str, known: &Known) -> String {
    let tree = tree::build_among(markdown, known);
    sanitise::clean(write::blocks(&tree.blocks, &write::Options { units: None, headings: write::Headings::Bold }))
}

/// The sections of a text, in order; never empty.
pub fn sections(markdown: &str) -> Vec<SectionText<'_>> {
    sections::of(markdown)
}

/// The title that a text proposes: front matter's `title`, else the first heading.
pub fn proposed_title(markdown: &str) -> Option<String> {
    title::proposed(markdown)
}

/// What changed from one text to another, rendered and as source.
pub fn compare(from: &str, to: &str) -> Comparison {
    compare_among(from, to, &Known::default())
}

/// As [`compare`]; where the texts name a known design, they lead there.
pub fn compare_among(from: &str, to: &str, known: &Known) -> Comparison {
    compare::texts(from, to, known)
}

/// The designs and people that a text names.
pub fn names(markdown: &str) -> Names {
    names::of(markdown)
}

/// What changed from one wording of a comment to another, rendered.
pub fn compare_comments(from: &str, to: &str, known: &Known) -> String {
    compare::comments(from, to, known)
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
pub fn edits(from: &str, to: &str) -> Vec<Edit> {
    edits::between(from, to)
}

/// What differs between two texts line by line, as byte ranges of whole lines.
pub fn changed_lines(from: &str, to: &str) -> Vec<Hunk> {
    diff::lines(from, to)
}

/// Brings what leads from `base` to `mine` into `theirs`, which came from `base` too. What both changed is kept twice.
pub fn carry(base: &str, mine: &str, theirs: &str) -> Carried {
    carry::carry(base, mine, theirs)
}
