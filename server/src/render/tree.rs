//! A text as a tree of blocks with runs of inline text: what the writer writes and what a comparison aligns.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use app::model::picture::PictureName;
use app::model::section::Heading;
use pulldown_cmark::Alignment;

use super::names::Known;

mod builder;
mod html;
mod inline;
mod marks;

/// A whole text.
pub struct Tree<'a> {
    /// Its top-level blocks, in order.
    pub blocks: Vec<Block<'a>>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
}

/// One block: holds either blocks or runs.
pub struct Block<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its `id`, where it has one.
    pub anchor: Anchor,
    /// Where it is in the source, in bytes.
    pub span: Range<usize>,
    /// The blocks in it.
    pub blocks: Vec<Block<'a>>,
    /// The text in it.
    pub runs: Vec<Run<'a>>,
}

/// What a block is; two blocks of equal kinds have the same HTML around what they hold.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// The whole text; never written.
    Root,
    /// A paragraph.
    Paragraph,
    /// Text directly in a list item.
    Plain,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A quotation, or an alert: note, tip, important, warning, caution.
    Quote(Option<&'static str>),
    /// Code, with its language.
    Code(String),
    /// A list; numbered ones know their first number.
    List(Option<u64>),
    /// An item of a list.
    Item,
    /// A table with its number of columns; the first row is its head.
    Table(usize),
    /// The front matter, key by key.
    FrontMatter,
    /// A row of a table.
    Row(Role),
    /// A cell.
    Cell(Role, Align),
    /// A footnote's text, with its label.
    Footnote(String),
    /// A thematic break.
    Rule,
    /// `<details>`.
    Details,
    /// `<summary>`.
    Summary,
    /// Raw HTML that is shown as it is written; or a comment.
    Raw {
        /// It begins with `<!--`.
        comment: bool,
    },
}

/// What a row or cell of a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Names a column.
    Column,
    /// Names a row.
    Row,
    /// Holds data.
    Data,
}

/// How a cell is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Align {
    /// As the writing direction has it.
    None,
    /// At the left.
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// What links may point at; not part of what a block says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Nothing.
    None,
    /// A heading's slug.
    Section(String),
    /// A footnote's number.
    Note(usize),
}

/// A piece of inline content.
pub struct Run<'a> {
    /// What it is.
    pub what: What<'a>,
    /// What it stands in, outermost first.
    pub marks: Marks,
}

/// Shared by neighbouring runs.
pub type Marks = Rc<[Mark]>;

/// What a run is.
pub enum What<'a> {
    /// Text.
    Text(Text<'a>),
    /// A line break in the source only.
    Soft,
    /// A line break that shows.
    Break,
    /// A task's box, ticked or not.
    Task(bool),
    /// A reference to a footnote: label and number.
    Note(Cow<'a, str>, usize),
    /// A picture of ours, which the page shows.
    Picture(Picture),
}

/// A picture of ours.
#[derive(Clone)]
pub struct Picture {
    /// Which.
    pub name: PictureName,
    /// What it shows, in words.
    pub alt: String,
    /// Its tooltip.
    pub title: String,
    /// Its source, in bytes.
    pub span: Range<usize>,
}

/// Text and where it comes from.
pub struct Text<'a> {
    /// As it is shown.
    pub shown: Cow<'a, str>,
    /// Its source, in bytes.
    pub span: Range<usize>,
    /// The source there is the text itself.
    pub exact: bool,
}

/// What text stands in. Addresses are shared: a long one may be on many runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Struck through.
    Strike,
    /// Code in a line.
    Code,
    /// TeX, which the page draws.
    Maths {
        /// On lines of its own.
        display: bool,
    },
    /// Raw HTML shown as it is written.
    Raw,
    /// `<kbd>`, `<sub>`, `<sup>`.
    Tag(&'static str),
    /// A link that may be followed.
    Link {
        /// Where to.
        href: Rc<str>,
        /// Its tooltip.
        title: Rc<str>,
        /// It stands for an image on another host, which the content policy does not let the page load.
        image: bool,
    },
    /// An image that is not ours and cannot be linked to, with its address; its text is the alternative text.
    Image(Rc<str>),
}

/// Reads a text in which names lead nowhere.
pub fn build(text: &str) -> Tree<'_> {
    static NOTHING: LazyLock<Known> = LazyLock::new(Known::default);
    build_among(text, &NOTHING)
}

/// Reads a text whose names may lead to known designs.
pub fn build_among<'a>(text: &'a str, known: &'a Known) -> Tree<'a> {
    builder::Builder::of(text, known).build()
}

impl Kind {
    /// Whether it holds runs, not blocks.
    pub fn is_leaf(&self) -> bool {
        use Kind::{Cell, Code, Heading, Paragraph, Plain, Raw, Rule, Summary};
        matches!(self, Paragraph | Plain | Heading(_) | Code(_) | Cell(..) | Summary | Raw { .. } | Rule)
    }
}

impl From<Alignment> for Align {
    fn from(alignment: Alignment) -> Self {
        match alignment {
            Alignment::None => Self::None,
            Alignment::Left => Self::Left,
            Alignment::Center => Self::Centre,
            Alignment::Right => Self::Right,
        }
    }
}

impl<'a> Block<'a> {
    /// A block with nothing in it yet.
    fn new(kind: Kind, span: Range<usize>) -> Self {
        Self { kind, anchor: Anchor::None, span, blocks: Vec::new(), runs: Vec::new() }
    }

    /// Text that is the source at `span`.
    pub(super) fn exact(source: &'a str, span: Range<usize>, marks: Marks) -> Run<'a> {
        Run { what: What::Text(Text { shown: Cow::Borrowed(&source[span.clone()]), span, exact: true }), marks }
    }
}
