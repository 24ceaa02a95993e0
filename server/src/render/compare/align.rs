//! Which old block became which new one.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::likeness::{self, Words};
use crate::render::diff;
use crate::render::tree::{Block, Kind, Run, What};

/// Where nothing is equal, this many blocks at a time are matched by likeness: every one is held against every other.
const WINDOW: usize = 64;

/// What became of a block.
pub enum Pair<'t, 'a> {
    /// It says the same.
    Same(&'t Block<'a>),
    /// It says something else, but is still recognisable.
    Changed(&'t Block<'a>, &'t Block<'a>),
    /// It is no longer there.
    Gone(&'t Block<'a>),
    /// It is new.
    Come(&'t Block<'a>),
}

/// All blocks of both sides, in the order to be written: of a changed stretch the old ones first.
pub fn blocks<'t, 'a>(old: &'t [Block<'a>], new: &'t [Block<'a>]) -> Vec<Pair<'t, 'a>> {
    let prints = |blocks: &[Block<'_>]| blocks.iter().map(fingerprint).collect::<Vec<u64>>();
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    let mut at = 0;
    for hunk in diff::lists(&prints(old), &prints(new)) {
        pairs.extend(new[at..hunk.new.start].iter().map(Pair::Same));
        changed(&old[hunk.old.clone()], &new[hunk.new.clone()], &mut pairs);
        at = hunk.new.end;
    }
    pairs.extend(new[at..].iter().map(Pair::Same));
    pairs
}

/// A stretch without an equal block, cut into windows at the same share of both sides.
fn changed<'t, 'a>(old: &'t [Block<'a>], new: &'t [Block<'a>], pairs: &mut Vec<Pair<'t, 'a>>) {
    let windows = old.len().max(new.len()).div_ceil(WINDOW).max(1);
    for window in 0..windows {
        let share = |length: usize| length * window / windows..length * (window + 1) / windows;
        matched(&old[share(old.len())], &new[share(new.len())], pairs);
    }
}

fn matched<'t, 'a>(old: &'t [Block<'a>], new: &'t [Block<'a>], pairs: &mut Vec<Pair<'t, 'a>>) {
    let words = |blocks: &[Block<'_>]| blocks.iter().map(Words::of).collect::<Vec<_>>();
    let (mut at_old, mut at_new) = (0, 0);
    let alike = |i: usize, j: usize, a: &Words, b: &Words| if comparable(&old[i], &new[j]) { a.likeness(b) } else { 0 };
    for (i, j) in likeness::best_pairs(&words(old), &words(new), alike) {
        pairs.extend(old[at_old..i].iter().map(Pair::Gone));
        pairs.extend(new[at_new..j].iter().map(Pair::Come));
        pairs.push(Pair::Changed(&old[i], &new[j]));
        (at_old, at_new) = (i + 1, j + 1);
    }
    pairs.extend(old[at_old..].iter().map(Pair::Gone));
    pairs.extend(new[at_new..].iter().map(Pair::Come));
}

/// Whether two blocks have the same structure, so that words can be compared inside.
fn comparable(old: &Block<'_>, new: &Block<'_>) -> bool {
    old.kind == new.kind && (!matches!(old.kind, Kind::Row(_)) || old.blocks.len() == new.blocks.len())
}

/// What a block says and how, without where it stands.
fn fingerprint(block: &Block<'_>) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash_block(block, &mut hasher);
    hasher.finish()
}

fn hash_block(block: &Block<'_>, hasher: &mut DefaultHasher) {
    block.kind.hash(hasher);
    block.runs.len().hash(hasher);
    for run in &block.runs {
        hash_run(run, hasher);
    }
    block.blocks.len().hash(hasher);
    for inner in &block.blocks {
        hash_block(inner, hasher);
    }
}

fn hash_run(run: &Run<'_>, hasher: &mut DefaultHasher) {
    run.marks.hash(hasher);
    match &run.what {
        What::Text(text) => text.shown.hash(hasher),
        What::Soft => 1_u8.hash(hasher),
        What::Break => 2_u8.hash(hasher),
        What::Task(done) => (3_u8, done).hash(hasher),
        What::Note(label, _) => label.hash(hasher),
        What::Picture(picture) => (&picture.name, &picture.alt, &picture.title).hash(hasher),
    }
}
