//! Raw HTML: a few harmless elements become part of the tree, everything else is shown as it is written.

use std::borrow::Cow;
use std::ops::Range;

use super::builder::{Builder, By};
use super::{Kind, Mark, Text, What};
use crate::render::raw::{self, Piece};

impl Builder<'_> {
    /// A line of an HTML block.
    pub(super) fn html(&mut self, html: &str, span: Range<usize>) {
        for (offset, piece) in raw::pieces(html) {
            match piece {
                Piece::Open("details") => self.open_details(span.start + offset),
                Piece::Close("details") => self.close_details(),
                Piece::Open("summary") => self.open_summary(span.start + offset),
                Piece::Close("summary") => self.close_summary(),
                // White space between tags says nothing.
                Piece::Text(text) if text.trim().is_empty() && !self.top().is_leaf() => {}
                Piece::Text(text) => {
                    let comment = text.trim_start().starts_with("<!--");
                    self.leaf(|| Kind::Raw { comment }, span.start + offset);
                    self.literal(text, offset, html, &span);
                }
                inline => self.inline_piece(inline, span.start + offset),
            }
        }
    }

    /// A tag or comment in a line of text.
    pub(super) fn inline_html(&mut self, html: &str, span: Range<usize>) {
        for (offset, piece) in raw::pieces(html) {
            match piece {
                Piece::Open("details" | "summary") | Piece::Close("details" | "summary") => self.shown(html, 0, html, &span),
                Piece::Text(text) => self.shown(text, offset, html, &span),
                inline => self.inline_piece(inline, span.start + offset),
            }
        }
    }

    fn inline_piece(&mut self, piece: Piece<'_>, at: usize) {
        match piece {
            Piece::Open(tag) => self.marks.push_raw(Mark::Tag(tag)),
            Piece::Close(tag) => self.marks.pop_raw(&Mark::Tag(tag)),
            Piece::Break | Piece::Text(_) => self.add(What::Break, at),
        }
    }

    /// Markup shown as it is written.
    fn shown(&mut self, text: &str, offset: usize, html: &str, span: &Range<usize>) {
        let marked = self.marks.push(Mark::Raw);
        self.literal(text, offset, html, span);
        if marked {
            self.marks.pop();
        }
    }

    /// A part of raw HTML as text; exact unless the parser had to rewrite the line.
    fn literal(&mut self, text: &str, offset: usize, html: &str, span: &Range<usize>) {
        if self.source.get(span.clone()) == Some(html) {
            let start = span.start + offset;
            self.text(start..start + text.len());
        } else {
            let what = What::Text(Text { text: Cow::Owned(text.to_owned()), span: span.clone(), exact: false });
            self.add(what, span.start);
        }
    }

    fn open_details(&mut self, at: usize) {
        self.end_html();
        if self.room() {
            self.push(Kind::Details, at..at, By::Html);
        }
    }

    fn close_details(&mut self) {
        self.end_html();
        if *self.top() == Kind::Details {
            self.pop();
        }
    }

    fn open_summary(&mut self, at: usize) {
        self.end_html();
        if *self.top() == Kind::Details {
            self.push(Kind::Summary, at..at, By::Html);
        }
    }

    fn close_summary(&mut self) {
        if *self.top() == Kind::Summary {
            self.pop();
        }
    }

    /// Ends the text of an HTML block, closed or not.
    pub(super) fn end_html(&mut self) {
        self.end_text();
        self.close_summary();
    }
}
