//! Inline events: text, marks, links and images.

use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

use app::model::picture::PictureName;
use pulldown_cmark::{CowStr, Event, Tag};

use super::builder::{Builder, Opened};
use super::{Block, Kind, Mark, Picture, Run, Text, What};
use crate::render::links;

impl<'a> Builder<'a> {
    pub(super) fn inline(&mut self, event: Event<'a>, span: Range<usize>) {
        match event {
            Event::Text(text) => self.run_of(text, span),
            Event::Code(text) => self.code(&text, span),
            Event::InlineMath(tex) => self.maths(tex, span, false),
            Event::DisplayMath(tex) => self.maths(tex, span, true),
            Event::Html(html) => self.html(&html, span),
            Event::InlineHtml(html) => self.inline_html(&html, span),
            Event::SoftBreak => self.add(What::Soft, span.start),
            Event::HardBreak => self.add(What::Break, span.start),
            Event::TaskListMarker(done) => self.add(What::Task(done), span.start),
            Event::FootnoteReference(label) => {
                let number = self.note(&label);
                self.add(What::Note(cow(label), number), span.start);
            }
            Event::Rule => {
                self.open(Kind::Rule, span);
                self.pop();
            }
            // The caller takes them.
            Event::Start(_) | Event::End(_) => {}
        }
    }

    /// Opens a mark.
    pub(super) fn start_inline(&mut self, tag: Tag<'a>, span: Range<usize>) -> Opened {
        let mark = match tag {
            Tag::Emphasis => Mark::Emphasis,
            Tag::Strong => Mark::Strong,
            Tag::Strikethrough => Mark::Strike,
            Tag::Link { dest_url, title, .. } => match links::href(&dest_url) {
                Some(href) if !self.marks.linked() => Mark::Link { href: href.into(), title: title.as_ref().into(), image: false },
                _ => return Opened::Nothing,
            },
            Tag::Image { dest_url, title, .. } => return self.start_image(&dest_url, &title, span),
            _ => return Opened::Nothing,
        };
        if self.marks.push(mark) { Opened::Mark } else { Opened::Nothing }
    }

    /// Images of other hosts are not loaded, because they would tell their owners who reads what. They are shown as links.
    fn start_image(&mut self, address: &str, title: &str, span: Range<usize>) -> Opened {
        if let Some(name) = PictureName::of_address(address) {
            let runs = self.leaf(|| Kind::Plain, span.start).runs.len();
            return Opened::Picture(runs, Box::new(Picture { name, alt: String::new(), title: title.to_owned(), span }));
        }
        let mark = match links::href(address) {
            Some(href) if links::remote(&href) && !self.marks.linked() => {
                Mark::Link { href: href.into(), title: title.into(), image: true }
            }
            _ => Mark::Image(address.into()),
        };
        if !self.marks.push(mark) {
            return Opened::Nothing;
        }
        let at = span.start;
        Opened::Image(self.leaf(|| Kind::Plain, at).runs.len(), address.to_owned(), span)
    }

    /// An image without alternative text is named by its address.
    pub(super) fn end_image(&mut self, runs: usize, address: String, span: Range<usize>) {
        if self.leaf(|| Kind::Plain, span.start).runs.len() == runs && !address.is_empty() {
            self.whole(Cow::Owned(address), span);
        }
        self.marks.pop();
    }

    /// A picture is described by what was read since it began.
    pub(super) fn end_picture(&mut self, runs: usize, picture: Picture) {
        let at = picture.span.start;
        let alt = self.leaf(|| Kind::Plain, at).runs.drain(runs..).map(|run| run.words()).collect();
        self.add(What::Picture(Picture { alt, ..picture }), at);
    }

    /// Text that is the source at `span`, joined to the run before where it continues it.
    pub(super) fn text(&mut self, span: Range<usize>) {
        let marks = self.marks.current();
        let source = self.source;
        let block = self.leaf(|| Kind::Plain, span.start);
        if let Some(Run { what: What::Text(last), marks: same }) = block.runs.last_mut()
            && last.exact
            && last.span.end == span.start
            && Rc::ptr_eq(same, &marks)
        {
            last.span.end = span.end;
            last.shown = Cow::Borrowed(&source[last.span.clone()]);
            return;
        }
        block.runs.push(Block::exact(source, span, marks));
    }

    pub(super) fn line_break(&mut self) {
        self.add(What::Break, 0);
    }

    fn run_of(&mut self, text: CowStr<'a>, span: Range<usize>) {
        if self.source.get(span.clone()) == Some(&*text) {
            self.text(span);
        } else {
            self.whole(cow(text), span);
        }
    }

    /// Text that is not its source: an entity, an address.
    fn whole(&mut self, text: Cow<'a, str>, span: Range<usize>) {
        let at = span.start;
        self.add(What::Text(Text { shown: text, span, exact: false }), at);
    }

    /// Code in a line: its range includes the backticks and, where there is one, the space inside them.
    fn code(&mut self, text: &str, span: Range<usize>) {
        let slice = &self.source[span.clone()];
        let ticks = slice.len() - slice.trim_start_matches('`').len();
        let inside = slice.get(ticks..slice.len().saturating_sub(ticks)).unwrap_or_default();
        let lead = usize::from(inside != text);
        let start = span.start + ticks + lead;
        if self.marks.push(Mark::Code) {
            if self.source.get(start..start + text.len()) == Some(text) {
                self.text(start..start + text.len());
            } else {
                self.whole(Cow::Owned(text.to_owned()), span);
            }
            self.marks.pop();
        } else {
            self.whole(Cow::Owned(text.to_owned()), span);
        }
    }

    /// Maths has its place as a whole: what is drawn of it has none of its own.
    fn maths(&mut self, tex: CowStr<'a>, span: Range<usize>, display: bool) {
        let marked = self.marks.push(Mark::Maths { display });
        self.whole(cow(tex), span);
        if marked {
            self.marks.pop();
        }
    }

    pub(super) fn add(&mut self, what: What<'a>, at: usize) {
        let marks = self.marks.current();
        self.leaf(|| Kind::Plain, at).runs.push(Run { what, marks });
    }
}

impl Run<'_> {
    /// Where text or a picture comes from.
    pub(super) fn span(&self) -> Option<&Range<usize>> {
        match &self.what {
            What::Text(text) => Some(&text.span),
            What::Picture(picture) => Some(&picture.span),
            _ => None,
        }
    }

    /// What it says where there can be words only.
    fn words(&self) -> String {
        match &self.what {
            What::Text(text) => text.shown.to_string(),
            What::Picture(picture) => picture.alt.clone(),
            What::Soft | What::Break => " ".into(),
            What::Task(_) | What::Note(..) => String::new(),
        }
    }
}

fn cow(text: CowStr<'_>) -> Cow<'_, str> {
    match text {
        CowStr::Borrowed(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.into_string()),
    }
}
