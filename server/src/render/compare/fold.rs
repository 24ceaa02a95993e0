//! A comparison shows what changed and what stands beside it; what stays the same in between is folded away, and a press away.

use std::fmt::Write as _;

use super::Marker;
use super::align::{self, Pair};
use crate::render::tree::{Block, Kind};

/// Unchanged blocks before and behind a change that stay in sight.
const BESIDE: usize = 1;
/// Fewer than this are shown: folded they would hardly take less room.
const WORTH_IT: usize = 3;

impl Marker<'_, '_> {
    /// The top-level blocks of two texts.
    pub(super) fn folded(&mut self, old: &[Block<'_>], new: &[Block<'_>]) {
        let pairs = align::blocks(old, new);
        if pairs.iter().all(is_same) {
            return self.pairs(pairs);
        }
        self.new_place();
        let (mut rest, mut begun) = (pairs.into_iter().peekable(), false);
        while rest.peek().is_some() {
            let mut same = Vec::new();
            while let Some(Pair::Same(block)) = rest.next_if(is_same) {
                same.push(block);
            }
            self.between(&same, begun, rest.peek().is_some());
            while let Some(pair) = rest.next_if(|pair| !is_same(pair)) {
                self.one(pair);
            }
            begun = true;
        }
    }

    /// Unchanged blocks, with a change before and behind them or the text's beginning or end. Of those folded, the last heading before a change
    /// stays: it says where one is.
    fn between(&mut self, same: &[&Block<'_>], change_before: bool, change_behind: bool) {
        let before = if change_before { BESIDE.min(same.len()) } else { 0 };
        let behind = if change_behind { (same.len() - BESIDE.min(same.len())).max(before) } else { same.len() };
        self.all(&same[..before]);
        let middle = &same[before..behind];
        let heading = middle.iter().rposition(|block| matches!(block.kind, Kind::Heading(_))).filter(|_| change_behind);
        match heading {
            Some(at) => {
                self.fold(&middle[..at]);
                self.all(&middle[at..=at]);
                self.fold(&middle[at + 1..]);
            }
            None => self.fold(middle),
        }
        self.all(&same[behind..]);
        self.new_place();
    }

    fn fold(&mut self, blocks: &[&Block<'_>]) {
        if blocks.len() < WORTH_IT {
            return self.all(blocks);
        }
        let _ = write!(self.writer.out, "<details class=\"same\"><summary>{} unchanged parts</summary>", blocks.len());
        self.all(blocks);
        self.writer.out.push_str("</details>\n");
    }

    fn all(&mut self, blocks: &[&Block<'_>]) {
        for block in blocks {
            self.writer.block(block);
        }
    }
}

fn is_same(pair: &Pair<'_, '_>) -> bool {
    matches!(pair, Pair::Same(_))
}
