//! The sources line by line, as a table: line numbers of both sides, a sign, the line with its changed words marked.

use std::fmt::Write as _;
use std::ops::Range;

use super::Side;
use crate::render::diff::{self, Hunk};
use crate::render::{escape, sanitise};

/// Unchanged lines shown around a change.
const CONTEXT: usize = 3;

/// Rows that are shown: more than any document has lines. Behind them nobody reads a difference, and a browser would not show it.
const MOST: usize = 40_000;

/// The table, sanitised; without a row when the texts are equal.
pub fn table(from: &str, to: &str) -> String {
    let mut table = Table { old: Lines::of(from), new: Lines::of(to), rows: 0, out: String::from("<table class=\"source-diff\"><tbody>") };
    let hunks = diff::lines(from, to);
    let mut shown = 0;
    for (index, hunk) in hunks.iter().enumerate().take(MOST) {
        let (old, new) = (table.old.numbers(&hunk.old), table.new.numbers(&hunk.new));
        table.context(shown, old.start, new.start, index > 0);
        table.hunk(hunk, &old, &new);
        shown = old.end;
    }
    if let Some(last) = hunks.last().filter(|_| table.rows <= MOST) {
        let new = table.new.numbers(&last.new).end;
        let rest = table.old.count() - shown;
        table.unchanged(shown..shown + rest.min(CONTEXT), new);
        table.folded(rest.saturating_sub(CONTEXT));
    }
    if table.rows > MOST {
        table.out.push_str("<tr class=\"fold\"><td colspan=\"4\">… and more than can be shown …</td></tr>");
    }
    table.out.push_str("</tbody></table>");
    sanitise::clean_table(table.out)
}

/// A text's lines.
struct Lines<'a> {
    text: &'a str,
    /// Where each begins, and where the last one ends.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let newlines = text.match_indices('\n').map(|(at, _)| at + 1).filter(|&at| at < text.len());
        let starts = std::iter::once(0).chain(newlines).chain([text.len()]).collect();
        Self { text, starts }
    }

    fn count(&self) -> usize {
        self.starts.len() - 1
    }

    /// The lines of a range of whole lines, from 0.
    fn numbers(&self, range: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.starts.partition_point(|&start| start < at).min(self.count());
        line(range.start)..line(range.end)
    }

    /// Where a line is, without the line break.
    fn range(&self, line: usize) -> Range<usize> {
        let range = self.starts[line]..self.starts[line + 1];
        range.start..range.start + self.text[range.clone()].trim_end_matches('\n').len()
    }
}

struct Table<'a> {
    old: Lines<'a>,
    new: Lines<'a>,
    rows: usize,
    out: String,
}

impl Table<'_> {
    /// Whether there is room for one more row; that it was asked for is remembered.
    fn room(&mut self) -> bool {
        self.rows += 1;
        self.rows <= MOST
    }

    /// Unchanged lines between two changes, folded where they are many.
    fn context(&mut self, from: usize, to: usize, new_end: usize, after_change: bool) {
        let lead = if after_change { CONTEXT } else { 0 };
        let new_start = new_end - (to - from);
        if to - from <= lead + CONTEXT {
            return self.unchanged(from..to, new_start);
        }
        self.unchanged(from..from + lead, new_start);
        self.folded(to - from - lead - CONTEXT);
        self.unchanged(to - CONTEXT..to, new_end - CONTEXT);
    }

    fn unchanged(&mut self, old: Range<usize>, new: usize) {
        for (index, line) in old.enumerate() {
            if !self.room() {
                return;
            }
            let _ = write!(self.out, "<tr><td>{}</td><td>{}</td><td></td><td>", line + 1, new + index + 1);
            escape::into(&mut self.out, &self.old.text[self.old.range(line)]);
            self.out.push_str("</td></tr>");
        }
    }

    fn folded(&mut self, lines: usize) {
        let noun = if lines == 1 { "line" } else { "lines" };
        if lines > 0 && self.room() {
            let _ = write!(self.out, "<tr class=\"fold\"><td colspan=\"4\">… {lines} unchanged {noun} …</td></tr>");
        }
    }

    /// Lines that went, then lines that came.
    fn hunk(&mut self, hunk: &Hunk, old: &Range<usize>, new: &Range<usize>) {
        let (before, after) = (&self.old.text[hunk.old.clone()], &self.new.text[hunk.new.clone()]);
        let words = if before.is_empty() || after.is_empty() {
            Vec::new()
        } else {
            telling(joined(diff::words(before, after), before), before.len())
        };
        let marks = |side: Side| words.iter().map(move |word| if side == Side::Old { &word.old } else { &word.new });
        let olds: Vec<Range<usize>> = marks(Side::Old).map(|range| shift(range, hunk.old.start)).collect();
        let news: Vec<Range<usize>> = marks(Side::New).map(|range| shift(range, hunk.new.start)).collect();
        for line in old.clone() {
            self.line(Side::Old, line, &olds);
        }
        for line in new.clone() {
            self.line(Side::New, line, &news);
        }
    }

    fn line(&mut self, side: Side, line: usize, marks: &[Range<usize>]) {
        if !self.room() {
            return;
        }
        let number = line + 1;
        let (lines, name) = if side == Side::Old { (&self.old, "del") } else { (&self.new, "ins") };
        let _ = match side {
            Side::Old => write!(self.out, "<tr class=\"del\"><td>{number}</td><td></td><td>−</td><td>"),
            Side::New => write!(self.out, "<tr class=\"ins\"><td></td><td>{number}</td><td>+</td><td>"),
        };
        let range = lines.range(line);
        let mut at = range.start;
        let first = marks.partition_point(|mark| mark.end <= range.start);
        for mark in marks[first..].iter().take_while(|mark| mark.start < range.end) {
            let mark = mark.start.max(range.start)..mark.end.min(range.end);
            if mark.is_empty() {
                continue;
            }
            escape::into(&mut self.out, &lines.text[at..mark.start]);
            let _ = write!(self.out, "<{name}>");
            escape::into(&mut self.out, &lines.text[mark.clone()]);
            let _ = write!(self.out, "</{name}>");
            at = mark.end;
        }
        escape::into(&mut self.out, &lines.text[at..range.end]);
        self.out.push_str("</td></tr>");
    }
}

/// Words with nothing but a blank between them are one mark: what is struck through reads as what it was.
fn joined(words: Vec<Hunk>, before: &str) -> Vec<Hunk> {
    let mut joined: Vec<Hunk> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if before[last.old.end..word.old.start].bytes().all(|byte| byte == b' ') => {
                (last.old.end, last.new.end) = (word.old.end, word.new.end);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// Word marks, unless nearly every word is one: then the lines say it better without.
fn telling(words: Vec<Hunk>, length: usize) -> Vec<Hunk> {
    let gone: usize = words.iter().map(|word| word.old.len()).sum();
    if gone * 4 > length * 3 { Vec::new() } else { words }
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}
