//! Blocks side by side: what is equal is written as it is, what was changed is compared inside, what came or went is marked as a whole.

use super::align::{self, Pair};
use super::{Marker, Side};
use crate::render::tree::{Block, Kind};

impl Marker<'_, '_> {
    /// The children of two blocks, or the top-level blocks of two texts.
    pub(super) fn children(&mut self, old: &[Block<'_>], new: &[Block<'_>]) {
        self.pairs(align::blocks(old, new));
    }

    /// All of them, one after the other.
    pub(super) fn pairs(&mut self, pairs: Vec<Pair<'_, '_>>) {
        self.new_place();
        for pair in pairs {
            self.one(pair);
        }
    }

    /// What became of one block.
    pub(super) fn one(&mut self, pair: Pair<'_, '_>) {
        match pair {
            Pair::Same(new) => {
                self.writer.block(new);
                self.new_place();
            }
            Pair::Changed(old, new) => {
                self.pair(old, new);
                self.new_place();
            }
            Pair::Gone(old) => self.whole(Side::Old, old),
            Pair::Come(new) => self.whole(Side::New, new),
        }
    }

    /// Two blocks of the same kind.
    fn pair(&mut self, old: &Block<'_>, new: &Block<'_>) {
        self.writer.open(new);
        match new.kind {
            Kind::Row(_) => self.one_by_one(&old.blocks, &new.blocks),
            Kind::Table(_) => {
                // The head stays the head, however much it changed.
                self.one_by_one(&old.blocks[..1], &new.blocks[..1]);
                self.children(&old.blocks[1..], &new.blocks[1..]);
            }
            _ if new.kind.is_leaf() => self.leaf(&old.runs, &new.runs),
            _ => self.children(&old.blocks, &new.blocks),
        }
        self.writer.close(new);
    }

    /// Blocks that belong together by their place: the cells of a row.
    fn one_by_one(&mut self, old: &[Block<'_>], new: &[Block<'_>]) {
        for (old, new) in old.iter().zip(new) {
            self.new_place();
            self.pair(old, new);
        }
    }

    /// A block that came or went. Items, rows and cells stay what they are, for lists and tables hold nothing else; the mark is inside them.
    fn whole(&mut self, side: Side, block: &Block<'_>) {
        if !matches!(block.kind, Kind::Item | Kind::Summary | Kind::Row(_) | Kind::Cell(..)) {
            return self.changed(side, "block", |marker| marker.writer.block(block));
        }
        let before = self.writer.units;
        if side == Side::Old {
            self.writer.units = None;
        }
        self.writer.open(block);
        if matches!(block.kind, Kind::Row(_)) {
            for cell in &block.blocks {
                self.whole(side, cell);
            }
        } else {
            self.changed(side, "block", |marker| marker.writer.inside(block));
        }
        self.writer.close(block);
        self.writer.units = before;
    }
}
