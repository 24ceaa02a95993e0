//! Words inside a block: the new ones, with what they replaced.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::rc::Rc;

use super::{Marker, Side};
use crate::render::diff::{self, Hunk};
use crate::render::tree::{Mark, Run, Text, What};

/// More changed places than this in one block are no longer read one by one: the block is shown as it was and as it is.
const MOST: usize = 2_000;

/// A word, what is between words, or something else that stands in a line.
struct Token<'t, 'a> {
    run: &'t Run<'a>,
    /// Which part of the run's text.
    part: Range<usize>,
    /// What it says and how.
    print: u64,
    blank: bool,
}

impl Marker<'_, '_> {
    /// The content of a block, word by word.
    pub(super) fn leaf(&mut self, old: &[Run<'_>], new: &[Run<'_>]) {
        let (before, after) = (old, new);
        let (old, new) = (tokens(old), tokens(new));
        let prints = |tokens: &[Token<'_, '_>]| tokens.iter().map(|token| token.print).collect::<Vec<u64>>();
        let hunks = joined(diff::lists(&prints(&old), &prints(&new)), &new);
        if hunks.len() > MOST {
            self.changed(Side::Old, "", |marker| marker.writer.runs(before));
            return self.changed(Side::New, "", |marker| marker.writer.runs(after));
        }
        let mut open: &[Mark] = &[];
        let mut at = 0;
        for hunk in hunks {
            open = self.tokens(None, &new[at..hunk.new.start], open);
            self.new_place();
            open = self.tokens(Some(Side::Old), &old[hunk.old], open);
            open = self.tokens(Some(Side::New), &new[hunk.new.clone()], open);
            at = hunk.new.end;
        }
        open = self.tokens(None, &new[at..], open);
        self.writer.turn(open, &[]);
    }

    /// Tokens of one side; those of one run are written as one. Answers the marks that are open behind them.
    fn tokens<'t>(&mut self, side: Option<Side>, tokens: &[Token<'t, '_>], mut open: &'t [Mark]) -> &'t [Mark] {
        for group in tokens.chunk_by(|a, b| std::ptr::eq(a.run, b.run)) {
            let (first, last) = (&group[0], &group[group.len() - 1]);
            self.writer.turn(open, &first.run.marks);
            open = &first.run.marks;
            let part = part(first.run, first.part.start..last.part.end);
            match side {
                None => self.writer.run(&part),
                Some(side) => self.changed(side, "", |marker| marker.writer.run(&part)),
            }
        }
        open
    }
}

/// A part of a run of text; any other run as it is.
fn part<'a>(run: &Run<'a>, range: Range<usize>) -> Run<'a> {
    let what = match &run.what {
        What::Text(text) if text.exact => {
            let span = text.span.start + range.start..text.span.start + range.end;
            What::Text(Text { shown: slice(&text.shown, range), span, exact: true })
        }
        What::Text(text) => What::Text(Text { shown: slice(&text.shown, range), span: text.span.clone(), exact: false }),
        What::Soft => What::Soft,
        What::Break => What::Break,
        What::Task(done) => What::Task(*done),
        What::Note(label, number) => What::Note(label.clone(), *number),
        What::Picture(picture) => What::Picture(picture.clone()),
    };
    Run { what, marks: Rc::clone(&run.marks) }
}

fn slice<'a>(text: &Cow<'a, str>, range: Range<usize>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[range]),
        Cow::Owned(text) => Cow::Owned(text[range].to_owned()),
    }
}

fn tokens<'t, 'a>(runs: &'t [Run<'a>]) -> Vec<Token<'t, 'a>> {
    let mut tokens = Vec::new();
    for run in runs {
        // Hashed once a run: marks may hold long addresses.
        let mut marks = DefaultHasher::new();
        run.marks.hash(&mut marks);
        let mut add = |part: Range<usize>, text: &str| {
            let mut hasher = marks.clone();
            text.hash(&mut hasher);
            tokens.push(Token { run, part, print: hasher.finish(), blank: text.trim().is_empty() });
        };
        match &run.what {
            What::Text(text) => {
                let mut at = 0;
                for word in diff::word_pieces(&text.shown) {
                    add(at..at + word.len(), word);
                    at += word.len();
                }
            }
            // A paragraph that was wrapped elsewhere says the same.
            What::Soft => add(0..0, " "),
            What::Break => add(0..0, "\u{2028}"),
            What::Task(done) => add(0..0, if *done { "[x]" } else { "[ ]" }),
            What::Note(label, _) => add(0..0, label),
            What::Picture(picture) => add(0..0, &format!("{} {} {}", picture.name, picture.alt, picture.title)),
        }
    }
    tokens
}

/// Changes with nothing but white space between them are one: "two words" replaced by "three others" is one thought.
fn joined(hunks: Vec<Hunk>, new: &[Token<'_, '_>]) -> Vec<Hunk> {
    let mut joined: Vec<Hunk> = Vec::with_capacity(hunks.len());
    for hunk in hunks {
        match joined.last_mut() {
            Some(last) if new[last.new.end..hunk.new.start].iter().all(|token| token.blank) => {
                last.old.end = hunk.old.end;
                last.new.end = hunk.new.end;
            }
            _ => joined.push(hunk),
        }
    }
    joined
}
