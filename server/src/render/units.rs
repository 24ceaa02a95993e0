//! UTF-16 offsets of byte offsets: browsers and Yjs count in UTF-16 units, Rust and the parser in bytes.

/// How many bytes lie between two remembered counts: a lookup reads at most this many bytes.
const STEP: usize = 64;

/// A text's UTF-16 offsets, looked up in constant time.
pub struct Units<'a> {
    bytes: &'a [u8],
    /// Units in the first `n * STEP` bytes.
    counts: Vec<u32>,
}

impl<'a> Units<'a> {
    /// Counts a text once.
    pub fn of(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut counts = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut seen = 0;
        for chunk in bytes.chunks(STEP) {
            counts.push(seen);
            seen += count(chunk);
        }
        counts.push(seen);
        Self { bytes, counts }
    }

    /// The UTF-16 offset of a byte offset at a character's boundary.
    pub fn at(&self, byte: usize) -> u32 {
        let block = byte / STEP;
        self.counts[block] + count(&self.bytes[block * STEP..byte])
    }
}

/// UTF-16 units in UTF-8 bytes: one for every character, one more for those of four bytes.
fn count(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0xc0 != 0x80) + u32::from(byte >= 0xf0)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Units;

    proptest! {
        #[test]
        fn every_boundary_is_where_utf16_has_it(text in ".{0,300}") {
            let units = Units::of(&text);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                prop_assert_eq!(units.at(at) as usize, text[..at].encode_utf16().count());
            }
        }
    }
}
