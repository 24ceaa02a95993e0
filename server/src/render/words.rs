//! How much there is to read in a text.

use unicode_segmentation::UnicodeSegmentation;

use super::tree::{Block, Kind, Run, What};

/// The words of blocks, as Unicode has them (UAX #29): where writing has no spaces, a sign counts as a word. Code and diagrams are looked at
/// more than read, and not counted.
pub fn of(blocks: &[Block<'_>]) -> u32 {
    blocks.iter().map(in_block).fold(0, u32::saturating_add)
}

fn in_block(block: &Block<'_>) -> u32 {
    match block.kind {
        Kind::Code(_) | Kind::FrontMatter | Kind::Raw { .. } => 0,
        _ => block.runs.iter().map(in_run).fold(of(&block.blocks), u32::saturating_add),
    }
}

fn in_run(run: &Run<'_>) -> u32 {
    match &run.what {
        What::Text(text) => u32::try_from(text.shown.unicode_words().count()).unwrap_or(u32::MAX),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use crate::render::document;

    #[test]
    fn what_is_read_is_counted_and_what_is_looked_at_is_not() {
        for (text, words) in [
            ("", 0),
            ("# Two words\n\nAnd *three* `more`.", 5),
            ("| a | b |\n|---|---|\n| c | d e |", 5),
            ("- one\n- two\n\n> three", 3),
            ("---\nstatus: draft\n---\n\nOne.", 1),
            ("One.\n\n```rust\nfn not_counted() {}\n```\n\n```mermaid\nflowchart LR\n```", 1),
            ("設計書", 3),
        ] {
            assert_eq!(document(text).words, words, "{text}");
        }
    }
}
