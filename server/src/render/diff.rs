//! What differs between two texts or two lists, as pairs of ranges: everything that shows or applies a change starts from these.

use std::hash::Hash;
use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffTag, capture_diff_slices_deadline};
use unicode_segmentation::UnicodeSegmentation;

/// After this long one search takes the shortest way out and calls all that is left changed. Only built input comes near it.
const PATIENCE: Duration = Duration::from_millis(150);

/// How many pairs of pieces one comparison of two texts may look at word by word, in the worst case; about a quarter of a second. Behind it
/// whole lines are called changed.
const BUDGET: usize = 40_000_000;

/// A part of the old that became a part of the new; either may be empty, not both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Where in the old.
    pub old: Range<usize>,
    /// Where in the new.
    pub new: Range<usize>,
}

/// What differs between two lists, in order.
pub fn lists<T: Hash + Eq>(old: &[T], new: &[T]) -> Vec<Hunk> {
    let operations = capture_diff_slices_deadline(Algorithm::Myers, old, new, Some(Instant::now() + PATIENCE));
    let changed = operations.into_iter().filter(|operation| operation.tag() != DiffTag::Equal);
    let mut hunks: Vec<Hunk> = Vec::new();
    for operation in changed {
        match hunks.last_mut() {
            Some(last) if last.old.end == operation.old_range().start && last.new.end == operation.new_range().start => {
                last.old.end = operation.old_range().end;
                last.new.end = operation.new_range().end;
            }
            _ => hunks.push(Hunk { old: operation.old_range(), new: operation.new_range() }),
        }
    }
    hunks
}

/// What differs between two texts line by line, as byte ranges of whole lines.
pub fn lines(old: &str, new: &str) -> Vec<Hunk> {
    pieces(old, new, line_pieces)
}

/// What differs between two texts word by word, as byte ranges; words as Unicode has them (UAX #29), so no character is cut.
pub fn words(old: &str, new: &str) -> Vec<Hunk> {
    let mut search = Search { old, new, budget: BUDGET, found: Vec::new() };
    search.refine(&Hunk { old: 0..old.len(), new: 0..new.len() }, &[line_pieces, clause_pieces, word_pieces]);
    search.found
}

/// The words of a text and what is between them.
pub fn word_pieces(text: &str) -> Vec<&str> {
    text.split_word_bounds().collect()
}

fn line_pieces(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// For paragraphs written in one long line.
fn clause_pieces(text: &str) -> Vec<&str> {
    text.split_inclusive(['.', ',', ';', '|', '\n']).collect()
}

type Cut = fn(&str) -> Vec<&str>;

/// What differs when both texts are cut in this way.
fn pieces(old: &str, new: &str, cut: Cut) -> Vec<Hunk> {
    let (old, new) = (cut(old), cut(new));
    let (old_starts, new_starts) = (starts(&old), starts(&new));
    let bytes = |range: Range<usize>, starts: &[usize]| starts[range.start]..starts[range.end];
    lists(&old, &new).into_iter().map(|hunk| Hunk { old: bytes(hunk.old, &old_starts), new: bytes(hunk.new, &new_starts) }).collect()
}

/// Where each piece begins, and where the last one ends.
fn starts(pieces: &[&str]) -> Vec<usize> {
    let ends = pieces.iter().scan(0, |end, piece| {
        *end += piece.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

/// A search from coarse to fine, so that fine cuts are made only where coarse ones differ.
struct Search<'a> {
    old: &'a str,
    new: &'a str,
    budget: usize,
    found: Vec<Hunk>,
}

impl Search<'_> {
    fn refine(&mut self, hunk: &Hunk, cuts: &[Cut]) {
        let (old, new) = (&self.old[hunk.old.clone()], &self.new[hunk.new.clone()]);
        let Some((cut, finer)) = cuts.split_first() else { return self.found.push(hunk.clone()) };
        if old.is_empty() || new.is_empty() {
            if !(old.is_empty() && new.is_empty()) {
                self.found.push(hunk.clone());
            }
            return;
        }
        if finer.is_empty() && !self.pay(old, new) {
            return self.line_by_line(hunk);
        }
        for part in pieces(old, new, *cut) {
            let shift = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
            self.refine(&Hunk { old: shift(&part.old, hunk.old.start), new: shift(&part.new, hunk.new.start) }, finer);
        }
    }

    /// Takes the worst case of a word-level comparison from the budget; five bytes are about one piece.
    fn pay(&mut self, old: &str, new: &str) -> bool {
        let cost = (old.len() / 5 + 1).saturating_mul(new.len() / 5 + 1);
        let affordable = cost <= self.budget;
        if affordable {
            self.budget -= cost;
        }
        affordable
    }

    /// Too much to look at as a whole: as many lines as before are most likely the same lines, each changed a little; else all is changed.
    fn line_by_line(&mut self, hunk: &Hunk) {
        let (old, new) = (line_pieces(&self.old[hunk.old.clone()]), line_pieces(&self.new[hunk.new.clone()]));
        if old.len() != new.len() || old.len() == 1 {
            return self.found.push(hunk.clone());
        }
        let (mut at_old, mut at_new) = (hunk.old.start, hunk.new.start);
        for (old, new) in old.iter().zip(&new) {
            let line = Hunk { old: at_old..at_old + old.len(), new: at_new..at_new + new.len() };
            (at_old, at_new) = (line.old.end, line.new.end);
            if old != new {
                self.refine(&line, &[word_pieces]);
            }
        }
    }
}
