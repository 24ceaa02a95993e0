//! How alike two blocks are, and the best way to pair blocks that are not equal.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::render::tree::{Block, What};

/// Two blocks that share less than this are two different blocks: marking their words would say nothing. In thousandths.
const RECOGNISABLE: u32 = 350;

/// The words of a block, as sorted hashes.
pub struct Words(Vec<u64>);

impl Words {
    /// All words in a block.
    pub fn of(block: &Block<'_>) -> Self {
        let mut words = Vec::new();
        collect(block, &mut words);
        words.sort_unstable();
        Self(words)
    }

    /// The share of words that two blocks have in common (Dice's coefficient), in thousandths.
    pub fn likeness(&self, other: &Self) -> u32 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 1000;
        }
        let (mut a, mut b, mut common) = (0, 0, 0_usize);
        while let (Some(left), Some(right)) = (self.0.get(a), other.0.get(b)) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => a += 1,
                std::cmp::Ordering::Greater => b += 1,
                std::cmp::Ordering::Equal => (a, b, common) = (a + 1, b + 1, common + 1),
            }
        }
        u32::try_from(2000 * common / all).unwrap_or(1000)
    }
}

fn collect(block: &Block<'_>, words: &mut Vec<u64>) {
    for run in &block.runs {
        let said: &str = match &run.what {
            What::Text(text) => &text.shown,
            What::Picture(picture) => &picture.alt,
            _ => continue,
        };
        words.extend(said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            hasher.finish()
        }));
    }
    for inner in &block.blocks {
        collect(inner, words);
    }
}

/// Pairs in ascending order on both sides whose likenesses add up to the most (the classic alignment by dynamic programming).
pub fn best_pairs(old: &[Words], new: &[Words], alike: impl Fn(usize, usize, &Words, &Words) -> u32) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    // best[i][j]: the most that old[i..] and new[j..] add up to.
    let mut best = vec![0_u32; (old.len() + 1) * width];
    let mut scores = vec![0_u32; old.len() * new.len()];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let score = alike(i, j, &old[i], &new[j]);
            let score = if score >= RECOGNISABLE { score } else { 0 };
            scores[i * new.len() + j] = score;
            let paired = if score > 0 { score + best[(i + 1) * width + j + 1] } else { 0 };
            best[i * width + j] = paired.max(best[(i + 1) * width + j]).max(best[i * width + j + 1]);
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < old.len() && j < new.len() {
        let score = scores[i * new.len() + j];
        if score > 0 && best[i * width + j] == score + best[(i + 1) * width + j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
