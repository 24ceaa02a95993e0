//! Builds a tree from the parser's events; nesting is cut off here, so that everything behind may recurse.

use std::collections::HashMap;
use std::ops::Range;

use app::model::section::Heading;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::marks::Open;
use super::{Align, Anchor, Block, Kind, Picture, Role, Tree};
use crate::render::front_matter::FrontMatter;
use crate::render::markdown::{Events, plain};
use crate::render::names::Known;
use crate::render::slugs::Slugs;
use crate::render::{autolink, markdown, names};

/// Deeper quotations and lists are shown as if they were no deeper. A person sees no difference; 100,000 levels would overflow a stack.
const DEEPEST: usize = 40;

/// The tree so far.
pub(super) struct Builder<'a> {
    pub(super) source: &'a str,
    known: &'a Known,
    stack: Vec<Frame<'a>>,
    /// What every start that was seen and not ended yet became.
    opened: Vec<Opened>,
    pub(super) marks: Open,
    slugs: Slugs,
    notes: HashMap<String, usize>,
    headings: Vec<Heading>,
    /// The text of the heading that is open.
    heading: Option<String>,
    /// The alignments of the table that is open, and the column that comes next.
    columns: (Vec<Align>, usize),
}

/// A block that is not finished.
struct Frame<'a> {
    block: Block<'a>,
    by: By,
}

/// What opened a block, and so what will close it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// An event; its end comes.
    Event,
    /// A tag of raw HTML; its end may come, or the end of what it is in.
    Html,
    /// Text where a block was expected; the next block ends it.
    Text,
}

/// What the start of something became.
pub(super) enum Opened {
    Block,
    Mark,
    /// An image whose alternative text begins after so many runs.
    Image(usize, String, Range<usize>),
    /// A picture of ours, likewise.
    Picture(usize, Box<Picture>),
    Html,
    Nothing,
}

impl<'a> Builder<'a> {
    pub(super) fn of(source: &'a str, known: &'a Known) -> Self {
        let root = Frame { block: Block::new(Kind::Root, 0..source.len()), by: By::Event };
        Self {
            source,
            known,
            stack: vec![root],
            opened: Vec::new(),
            marks: Open::default(),
            slugs: Slugs::default(),
            notes: HashMap::new(),
            headings: Vec::new(),
            heading: None,
            columns: (Vec::new(), 0),
        }
    }

    pub(super) fn build(mut self) -> Tree<'a> {
        let events: Events<'a> = markdown::Events::of(self.source);
        self.front_matter(&events.front_matter);
        for (event, span) in events {
            if let (Some(heading), Some(text)) = (&mut self.heading, plain(&event)) {
                heading.push_str(text);
            }
            match event {
                Event::Start(tag) => self.start(tag, span),
                Event::End(end) => self.end(end),
                inline => self.inline(inline, span),
            }
        }
        while self.stack.len() > 1 {
            self.pop();
        }
        Tree { blocks: self.stack.remove(0).block.blocks, headings: self.headings }
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) {
        let opened = match tag {
            Tag::Paragraph => self.open(Kind::Paragraph, span),
            Tag::Heading { level, .. } => {
                self.heading = Some(String::new());
                self.open(Kind::Heading(level as u8), span)
            }
            Tag::BlockQuote(kind) => self.container(Kind::Quote(kind.map(alert)), span),
            Tag::CodeBlock(kind) => self.open(Kind::Code(language(&kind)), span),
            Tag::List(first) => self.container(Kind::List(first), span),
            Tag::Item => self.item(span),
            Tag::FootnoteDefinition(label) => self.footnote(label.to_string(), span),
            Tag::Table(alignments) => {
                self.columns = (alignments.into_iter().map(Align::from).collect(), 0);
                self.open(Kind::Table(self.columns.0.len()), span)
            }
            Tag::TableHead => self.row(Role::Column, span),
            Tag::TableRow => self.row(Role::Data, span),
            Tag::TableCell => self.cell(span),
            Tag::HtmlBlock => {
                self.end_text();
                Opened::Html
            }
            inline => self.start_inline(inline, span),
        };
        self.opened.push(opened);
    }

    fn end(&mut self, end: TagEnd) {
        match self.opened.pop() {
            Some(Opened::Block) => {
                if let (TagEnd::Heading(level), Some(text)) = (end, self.heading.take()) {
                    self.name_heading(level as u8, text.trim().to_owned());
                }
                while self.pop() != By::Event {}
            }
            Some(Opened::Mark) => self.marks.pop(),
            Some(Opened::Image(runs, address, span)) => self.end_image(runs, address, span),
            Some(Opened::Picture(runs, picture)) => self.end_picture(runs, *picture),
            Some(Opened::Html) => self.end_html(),
            Some(Opened::Nothing) if matches!(end, TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition) => self.end_text(),
            Some(Opened::Nothing) | None => {}
        }
    }

    /// Opens a block, ending text that stood where blocks are expected.
    pub(super) fn open(&mut self, kind: Kind, span: Range<usize>) -> Opened {
        self.end_text();
        self.push(kind, span, By::Event);
        Opened::Block
    }

    pub(super) fn push(&mut self, kind: Kind, span: Range<usize>, by: By) {
        self.stack.push(Frame { block: Block::new(kind, span), by });
    }

    /// Opens a block that may nest.
    fn container(&mut self, kind: Kind, span: Range<usize>) -> Opened {
        self.end_text();
        if self.room() { self.open(kind, span) } else { Opened::Nothing }
    }

    pub(super) fn room(&self) -> bool {
        self.stack.len() < DEEPEST
    }

    /// Opens an item, unless its list was left out.
    fn item(&mut self, span: Range<usize>) -> Opened {
        self.end_text();
        if matches!(self.top(), Kind::List(_)) { self.open(Kind::Item, span) } else { Opened::Nothing }
    }

    fn row(&mut self, role: Role, span: Range<usize>) -> Opened {
        self.columns.1 = 0;
        self.open(Kind::Row(role), span)
    }

    fn cell(&mut self, span: Range<usize>) -> Opened {
        let role = if matches!(self.top(), Kind::Row(Role::Column)) { Role::Column } else { Role::Data };
        let align = self.columns.0.get(self.columns.1).copied().unwrap_or(Align::None);
        self.columns.1 += 1;
        self.open(Kind::Cell(role, align), span)
    }

    fn footnote(&mut self, label: String, span: Range<usize>) -> Opened {
        let number = self.note(&label);
        let opened = self.container(Kind::Footnote(label), span);
        if matches!(opened, Opened::Block) {
            self.frame().block.anchor = Anchor::Note(number);
        }
        opened
    }

    /// A footnote's number: they count in the order of first appearance.
    pub(super) fn note(&mut self, label: &str) -> usize {
        let next = self.notes.len() + 1;
        *self.notes.entry(label.to_lowercase()).or_insert(next)
    }

    fn name_heading(&mut self, level: u8, text: String) {
        let anchor = self.slugs.next(&text);
        self.frame().block.anchor = Anchor::Section(anchor.clone());
        self.headings.push(Heading { level, text, anchor });
    }

    /// The innermost block that is open.
    pub(super) fn top(&self) -> &Kind {
        &self.stack[self.stack.len() - 1].block.kind
    }

    fn frame(&mut self) -> &mut Frame<'a> {
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    /// The block that takes text now; where blocks are expected, a new one of this kind.
    pub(super) fn leaf(&mut self, kind: impl FnOnce() -> Kind, at: usize) -> &mut Block<'a> {
        if !self.top().is_leaf() {
            self.push(kind(), at..at, By::Text);
        }
        &mut self.frame().block
    }

    /// Ends the block that was opened by text alone.
    pub(super) fn end_text(&mut self) {
        if self.frame().by == By::Text {
            self.pop();
        }
    }

    /// Finishes the innermost block; the root stays.
    pub(super) fn pop(&mut self) -> By {
        if self.stack.len() == 1 {
            return By::Event;
        }
        let Some(Frame { mut block, by }) = self.stack.pop() else { return By::Event };
        if block.kind.is_leaf() {
            self.marks.clear();
            autolink::link(self.source, &mut block);
            names::link(self.source, self.known, &mut block);
        }
        let last_run = block.runs.iter().rev().find_map(|run| run.span().map(|span| span.end));
        let inside = block.blocks.last().map(|last| last.span.end).or(last_run).unwrap_or(0);
        block.span.end = block.span.end.max(inside);
        self.frame().block.blocks.push(block);
        by
    }

    /// Front matter as a table of its keys.
    fn front_matter(&mut self, matter: &FrontMatter) {
        if matter.entries.is_empty() {
            return;
        }
        self.push(Kind::FrontMatter, 0..matter.end, By::Event);
        for entry in &matter.entries {
            let end = entry.value.last().map_or(entry.key.end, |line| line.end);
            self.push(Kind::Row(Role::Data), entry.key.start..end, By::Event);
            self.front_cell(Role::Row, std::slice::from_ref(&entry.key));
            self.front_cell(Role::Data, &entry.value);
            self.pop();
        }
        self.pop();
    }

    fn front_cell(&mut self, role: Role, lines: &[Range<usize>]) {
        let start = lines.first().map_or(0, |line| line.start);
        self.push(Kind::Cell(role, Align::None), start..start, By::Event);
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.line_break();
            }
            self.text(line.clone());
        }
        self.pop();
    }
}

fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "Note",
        BlockQuoteKind::Tip => "Tip",
        BlockQuoteKind::Important => "Important",
        BlockQuoteKind::Warning => "Warning",
        BlockQuoteKind::Caution => "Caution",
    }
}

/// The first word of a fence's info string.
fn language(kind: &CodeBlockKind<'_>) -> String {
    match kind {
        CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t', '{']).next().unwrap_or_default().to_owned(),
        CodeBlockKind::Indented => String::new(),
    }
}
