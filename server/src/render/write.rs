//! Trees as HTML. Only what is written here reaches a page, and every text and attribute is escaped here.

use std::fmt::Write as _;

use super::escape;
use super::tree::{Anchor, Block, Kind, Mark, Run, Text, What};
use super::units::Units;

mod inline;
mod table;

/// How to write.
pub struct Options<'a> {
    /// For source offsets (`data-s`, `data-b`); none: without them.
    pub units: Option<Units<'a>>,
    /// What becomes of headings.
    pub headings: Headings,
}

/// What becomes of headings, and of other things with an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headings {
    /// With ids and a link to themselves.
    Linked,
    /// Without ids: the text stands beside another that has them.
    Plain,
    /// As bold paragraphs: a comment must not add to the page's outline.
    Bold,
}

/// Blocks as HTML, not sanitised yet.
pub fn blocks(blocks: &[Block<'_>], options: &Options<'_>) -> String {
    let mut writer = Writer::new(options.units.as_ref(), options.headings);
    writer.blocks(blocks);
    writer.out
}

/// HTML so far.
pub struct Writer<'o, 'a> {
    /// What is written.
    pub out: String,
    /// For source offsets of what is written now.
    pub units: Option<&'o Units<'a>>,
    /// What becomes of headings that are written now.
    pub headings: Headings,
    /// The next tag's element is itself the run that it holds.
    is_run: bool,
}

impl<'o, 'a> Writer<'o, 'a> {
    /// Nothing written yet.
    pub fn new(units: Option<&'o Units<'a>>, headings: Headings) -> Self {
        Self { out: String::new(), units, headings, is_run: false }
    }

    /// Whole blocks.
    pub fn blocks(&mut self, blocks: &[Block<'_>]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// A whole block. A run that is all it holds has no element of its own: a long text has a third fewer of them.
    pub fn block(&mut self, block: &Block<'_>) {
        let only = self.units.and(only_run(block));
        self.is_run = only.is_some();
        self.open(block);
        match only {
            Some(text) => escape::content(&mut self.out, &text.shown),
            None => self.inside(block),
        }
        self.close(block);
    }

    /// What a block holds.
    pub fn inside(&mut self, block: &Block<'_>) {
        match (&block.kind, block.runs.as_slice()) {
            // Its offset is on the `code` element already.
            (Kind::Code(_), [Run { what: What::Text(text), .. }]) if text.exact => escape::content(&mut self.out, &text.shown),
            _ => self.runs(&block.runs),
        }
        self.blocks(&block.blocks);
    }

    /// The tags before what a block holds.
    pub fn open(&mut self, block: &Block<'_>) {
        match &block.kind {
            Kind::Root | Kind::Plain => {}
            Kind::Paragraph => self.tag("p", "", block),
            Kind::Heading(level) => self.open_heading(*level, block),
            Kind::Quote(None) => self.tag("blockquote", "", block),
            Kind::Quote(Some(alert)) => {
                let class = format!(" class=\"alert alert-{}\" role=\"note\"", alert.to_lowercase());
                self.tag("div", &class, block);
                let _ = write!(self.out, "<p class=\"alert-title\">{alert}</p>");
            }
            Kind::Code(language) => self.open_code(language, block),
            Kind::List(None) => self.tag("ul", "", block),
            Kind::List(Some(1)) => self.tag("ol", "", block),
            Kind::List(Some(first)) => self.tag("ol", &format!(" start=\"{first}\""), block),
            Kind::Item => self.tag("li", if is_task(block) { " class=\"task\"" } else { "" }, block),
            Kind::Table(_) | Kind::FrontMatter | Kind::Row(_) | Kind::Cell(..) => self.open_table_part(block),
            Kind::Footnote(_) => self.open_footnote(block),
            Kind::Rule => self.tag("hr", "", block),
            Kind::Details => self.tag("details", "", block),
            Kind::Summary => self.tag("summary", "", block),
            Kind::Raw { comment } => self.tag("div", if *comment { " class=\"raw comment\"" } else { " class=\"raw\"" }, block),
        }
    }

    /// The tags behind what a block holds.
    pub fn close(&mut self, block: &Block<'_>) {
        let tags = match &block.kind {
            Kind::Root | Kind::Plain | Kind::Rule => "",
            Kind::Paragraph => "</p>",
            Kind::Heading(level) => return self.close_heading(*level, block),
            Kind::Quote(None) => "</blockquote>",
            Kind::Code(_) => "</code></pre>",
            Kind::List(None) => "</ul>",
            Kind::List(Some(_)) => "</ol>",
            Kind::Item => "</li>",
            Kind::Quote(Some(_)) | Kind::Footnote(_) | Kind::Raw { .. } => "</div>",
            Kind::Table(_) | Kind::FrontMatter | Kind::Row(_) | Kind::Cell(..) => table::close(block),
            Kind::Details => "</details>",
            Kind::Summary => "</summary>",
        };
        self.out.push_str(tags);
        // Line breaks between blocks keep the HTML readable; inside leaves they would be text.
        if !block.kind.is_leaf() {
            self.out.push('\n');
        }
    }

    /// `<name attributes data-b="…">`.
    pub fn tag(&mut self, name: &str, attributes: &str, block: &Block<'_>) {
        let _ = write!(self.out, "<{name}{attributes}");
        if let Some(units) = self.units {
            let _ = write!(self.out, " data-b=\"{}-{}\"", units.at(block.span.start), units.at(block.span.end));
        }
        if let Some(text) = only_run(block).filter(|_| std::mem::take(&mut self.is_run)) {
            self.place(text);
        }
        self.out.push('>');
    }

    fn open_heading(&mut self, level: u8, block: &Block<'_>) {
        match (&block.anchor, self.headings) {
            (_, Headings::Bold) => self.out.push_str("<p><strong>"),
            (Anchor::Section(anchor), Headings::Linked) => {
                let mut id = String::from(" id=\"");
                escape::into(&mut id, anchor);
                id.push('"');
                self.tag(&format!("h{level}"), &id, block);
            }
            _ => self.tag(&format!("h{level}"), "", block),
        }
    }

    fn close_heading(&mut self, level: u8, block: &Block<'_>) {
        match (&block.anchor, self.headings) {
            (_, Headings::Bold) => self.out.push_str("</strong></p>"),
            (Anchor::Section(anchor), Headings::Linked) => {
                self.out.push_str("<a class=\"anchor\" href=\"#");
                escape::into(&mut self.out, anchor);
                let _ = write!(self.out, "\" aria-label=\"Link to this section\"></a></h{level}>");
            }
            _ => {
                let _ = write!(self.out, "</h{level}>");
            }
        }
    }

    /// Code keeps its language for the highlighter; a Mermaid block is also a diagram's source, to be replaced by the diagram.
    fn open_code(&mut self, language: &str, block: &Block<'_>) {
        let mermaid = if language == "mermaid" { " class=\"mermaid-source\"" } else { "" };
        self.tag("pre", &format!("{mermaid} tabindex=\"0\""), block);
        self.out.push_str("<code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::into(&mut self.out, language);
            self.out.push('"');
        }
        if let [Run { what: What::Text(text @ Text { exact: true, .. }), .. }] = block.runs.as_slice() {
            self.place(text);
        }
        self.out.push('>');
    }

    fn open_footnote(&mut self, block: &Block<'_>) {
        let Anchor::Note(number) = block.anchor else { return self.tag("div", " class=\"footnote\"", block) };
        let id = if self.headings == Headings::Linked { format!(" id=\"n-{number}\"") } else { String::new() };
        self.tag("div", &format!(" class=\"footnote\"{id}"), block);
        let _ = write!(self.out, "<sup>{number}</sup> ");
    }
}

/// The text that is all a block holds.
fn only_run<'b, 'a>(block: &'b Block<'a>) -> Option<&'b Text<'a>> {
    match (&block.kind, block.runs.as_slice()) {
        (Kind::Paragraph | Kind::Heading(_) | Kind::Cell(..), [Run { what: What::Text(text), marks }])
            if marks.is_empty() && !text.span.is_empty() =>
        {
            Some(text)
        }
        _ => None,
    }
}

/// Whether an item begins with a task's box.
fn is_task(item: &Block<'_>) -> bool {
    let first = item.blocks.first().and_then(|block| block.runs.first());
    matches!(first, Some(Run { what: What::Task(_), .. }))
}

/// Whether a mark is a link, in which no other link may stand.
fn is_link(mark: &Mark) -> bool {
    matches!(mark, Mark::Link { .. })
}
