//! Runs as HTML.

use std::fmt::Write as _;

use app::model::named;

use super::{Headings, Writer, is_link};
use crate::render::escape;
use crate::render::tree::{Mark, Picture, Run, Text, What};

impl Writer<'_, '_> {
    /// Runs one after the other, opening and closing only the marks that change between them. A mark's element around a single text is its run.
    pub fn runs(&mut self, runs: &[Run<'_>]) {
        let mut open: &[Mark] = &[];
        for (index, run) in runs.iter().enumerate() {
            let (marks, next): (&[Mark], &[Mark]) = (&run.marks, runs.get(index + 1).map_or(&[], |next| &next.marks));
            self.turn(open, marks);
            let alone = shared(open, marks) < marks.len() && shared(marks, next) < marks.len();
            match (&run.what, marks.last()) {
                (What::Text(text), Some(mark)) if alone && !matches!(mark, Mark::Maths { .. }) && self.has_place(text) => {
                    // The mark's tag was written just now.
                    self.out.truncate(self.out.len() - 1);
                    self.place(text);
                    self.out.push('>');
                    escape::content(&mut self.out, &text.shown);
                }
                _ => self.run(run),
            }
            open = marks;
        }
        self.turn(open, &[]);
    }

    /// Closes and opens marks.
    pub fn turn(&mut self, from: &[Mark], to: &[Mark]) {
        let same = shared(from, to);
        for mark in from[same..].iter().rev() {
            self.close_mark(mark);
        }
        for mark in &to[same..] {
            self.open_mark(mark);
        }
    }

    /// A run without its marks.
    pub fn run(&mut self, run: &Run<'_>) {
        match &run.what {
            What::Text(text) => self.text(text),
            What::Soft => self.out.push('\n'),
            What::Break => self.out.push_str("<br>"),
            What::Task(done) => self.task(*done),
            What::Picture(picture) => self.picture(picture),
            What::Note(_, number) if run.marks.iter().any(is_link) || self.headings == Headings::Bold => {
                let _ = write!(self.out, "<sup>{number}</sup>");
            }
            What::Note(_, number) => {
                let _ = write!(self.out, "<sup><a href=\"#n-{number}\">{number}</a></sup>");
            }
        }
    }

    fn text(&mut self, text: &Text<'_>) {
        if !self.has_place(text) {
            return escape::content(&mut self.out, &text.shown);
        }
        self.out.push_str("<span");
        self.place(text);
        self.out.push('>');
        escape::content(&mut self.out, &text.shown);
        self.out.push_str("</span>");
    }

    /// Whether a text is told where it stands. Without a source: the rest of a tab that the parser split.
    fn has_place(&self, text: &Text<'_>) -> bool {
        self.units.is_some() && !text.span.is_empty()
    }

    /// The attributes that say where a text stands in the source.
    pub(super) fn place(&mut self, text: &Text<'_>) {
        let Some(units) = self.units else { return };
        let _ = write!(self.out, " data-s=\"{}\"", units.at(text.span.start));
        if !text.exact {
            let _ = write!(self.out, " data-e=\"{}\"", units.at(text.span.end));
        }
    }

    /// With its size, so that what is below does not move when it comes.
    fn picture(&mut self, picture: &Picture) {
        let Picture { name, alt, title, span } = picture;
        let _ = write!(self.out, "<img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"", name.address(), name.width, name.height);
        escape::into(&mut self.out, alt);
        self.out.push_str("\" loading=\"lazy\" decoding=\"async\"");
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::into(&mut self.out, title);
            self.out.push('"');
        }
        if let Some(units) = self.units {
            let _ = write!(self.out, " data-s=\"{}\" data-e=\"{}\"", units.at(span.start), units.at(span.end));
        }
        self.out.push('>');
    }

    fn task(&mut self, done: bool) {
        let state = if done { "aria-label=\"done\" checked=\"\"" } else { "aria-label=\"to do\"" };
        let _ = write!(self.out, "<input type=\"checkbox\" disabled=\"\" {state}> ");
    }

    fn open_mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Emphasis => self.out.push_str("<em>"),
            Mark::Strong => self.out.push_str("<strong>"),
            // Not `del`: in a comparison that says what a revision took away.
            Mark::Strike => self.out.push_str("<s>"),
            Mark::Code => self.out.push_str("<code>"),
            Mark::Maths { display: false } => self.out.push_str("<span class=\"maths\">"),
            Mark::Maths { display: true } => self.out.push_str("<span class=\"maths display\">"),
            Mark::Raw => self.out.push_str("<span class=\"raw\">"),
            Mark::Tag(tag) => {
                let _ = write!(self.out, "<{tag}>");
            }
            Mark::Link { href, title, image } => self.open_link(href, title, *image),
            Mark::Image(address) => {
                self.out.push_str("<span class=\"image\" title=\"");
                escape::into(&mut self.out, address);
                self.out.push_str("\">");
            }
        }
    }

    fn open_link(&mut self, href: &str, title: &str, image: bool) {
        let class = if image {
            " class=\"image\""
        } else if named::person(href).is_some() {
            " class=\"mention\""
        } else {
            ""
        };
        let _ = write!(self.out, "<a{class} href=\"");
        escape::into(&mut self.out, href);
        self.out.push('"');
        if !href.starts_with('#') {
            self.out.push_str(" rel=\"noopener nofollow\"");
        }
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::into(&mut self.out, title);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn close_mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Emphasis => self.out.push_str("</em>"),
            Mark::Strong => self.out.push_str("</strong>"),
            Mark::Strike => self.out.push_str("</s>"),
            Mark::Code => self.out.push_str("</code>"),
            Mark::Maths { .. } | Mark::Raw | Mark::Image(_) => self.out.push_str("</span>"),
            Mark::Tag(tag) => {
                let _ = write!(self.out, "</{tag}>");
            }
            Mark::Link { .. } => self.out.push_str("</a>"),
        }
    }
}

/// How many marks stay open from one run to the next. Two formulas side by side stay two, because each is drawn as a whole.
fn shared(from: &[Mark], to: &[Mark]) -> usize {
    from.iter().zip(to).take_while(|(a, b)| a == b && !matches!(a, Mark::Maths { .. })).count()
}
