//! What changed from one text to another, rendered and as source.

use std::fmt::Write as _;

use app::model::diff::Comparison;

use super::names::Known;
use super::sanitise;
use super::tree::{self, Block};
use super::units::Units;
use super::write::{Headings, Writer};

mod align;
mod blocks;
mod fold;
mod leaf;
mod likeness;
mod source;

/// Both views. They share nothing but the texts, so they are made side by side: together they are the slowest thing a page waits for.
pub fn texts(from: &str, to: &str, known: &Known) -> Comparison {
    std::thread::scope(|scope| {
        let source = scope.spawn(|| source::table(from, to));
        let (rendered, places) = rendered(from, to, known);
        // It cannot panic for a reason that this thread would survive.
        let source = source.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Comparison { rendered, source, places, titles: None }
    })
}

/// The new text with what was taken away and put in, and how many places changed.
fn rendered(from: &str, to: &str, known: &Known) -> (String, u32) {
    let units = Units::of(to);
    marked(Writer::new(Some(&units), Headings::Linked), from, to, known, Marker::folded)
}

/// Two wordings of a comment. There may be many on a page, so nothing in it has an id.
pub fn comments(from: &str, to: &str, known: &Known) -> String {
    marked(Writer::new(None, Headings::Bold), from, to, known, Marker::children).0
}

fn marked<'o, 'a>(
    writer: Writer<'o, 'a>,
    from: &str,
    to: &str,
    known: &Known,
    mark: impl FnOnce(&mut Marker<'o, 'a>, &[Block<'_>], &[Block<'_>]),
) -> (String, u32) {
    let (old, new) = (tree::build_among(from, known), tree::build_among(to, known));
    let mut marker = Marker { writer, places: 0, named: false };
    mark(&mut marker, &old.blocks, &new.blocks);
    (sanitise::clean(marker.writer.out), marker.places)
}

/// Which side a piece is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// Writes the new text and marks what changed.
struct Marker<'o, 'a> {
    writer: Writer<'o, 'a>,
    places: u32,
    /// The place that is being written has its number already.
    named: bool,
}

impl Marker<'_, '_> {
    /// What is written next belongs to a place of its own.
    fn new_place(&mut self) {
        self.named = false;
    }

    /// Writes something between `<del>` or `<ins>`. What was taken away has no ids and no offsets: it is not in the text any more.
    fn changed(&mut self, side: Side, class: &str, write: impl FnOnce(&mut Self)) {
        let name = self.open(side, class);
        let before = (self.writer.units, self.writer.headings);
        if side == Side::Old {
            self.writer.units = None;
            if self.writer.headings == Headings::Linked {
                self.writer.headings = Headings::Plain;
            }
        }
        write(self);
        (self.writer.units, self.writer.headings) = before;
        let _ = write!(self.writer.out, "</{name}>");
    }

    /// The first mark of a place carries its number.
    fn open(&mut self, side: Side, class: &str) -> &'static str {
        let name = if side == Side::Old { "del" } else { "ins" };
        let _ = write!(self.writer.out, "<{name}");
        let first = !std::mem::replace(&mut self.named, true);
        let classes = [class, if first { "change" } else { "" }];
        let classes = classes.iter().filter(|class| !class.is_empty()).copied().collect::<Vec<_>>().join(" ");
        if !classes.is_empty() {
            let _ = write!(self.writer.out, " class=\"{classes}\"");
        }
        if first {
            self.places += 1;
            if self.writer.headings != Headings::Bold {
                let _ = write!(self.writer.out, " id=\"change-{}\"", self.places);
            }
        }
        self.writer.out.push('>');
        name
    }
}
