//! Sections: what approvals cover and diffs are listed by.

use serde::{Deserialize, Serialize};

/// A heading line and all up to the next heading of any level; what precedes the first heading is section 0.
///
/// Found by the renderer's own parser (`server/render`), so a `#` in a code block is no heading.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Section {
    /// The texts of the headings above it and its own, outermost first; empty for section 0.
    pub path: Vec<String>,
    /// Counts sections of the same path, from 0.
    pub occurrence: u32,
    /// Its place among all sections of the text, from 0.
    pub order: u32,
    /// SHA-256 over path, order among siblings, bytes, and the bytes of definitions it uses, in hex.
    pub hash: String,
}

impl Section {
    /// Whether `other` is the same section, perhaps with other content.
    pub fn is(&self, other: &Self) -> bool {
        self.path == other.path && self.occurrence == other.occurrence
    }
}

/// One heading of a rendered text, for the outline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its text, without markup.
    pub text: String,
    /// The `id` of its element.
    pub anchor: String,
}
