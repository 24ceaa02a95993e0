//! What changed between two texts, as pages show it.

use serde::{Deserialize, Serialize};

/// A comparison, ready to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The new text rendered, word by word: `<ins>` and `<del>`, each changed place with an `id` of `change-1`, `change-2`, …
    pub rendered: String,
    /// The Markdown sources, line by line, with word marks: `<table class="source-diff">`.
    pub source: String,
    /// How many places changed.
    pub places: u32,
    /// The titles, when they differ.
    pub titles: Option<(String, String)>,
}
