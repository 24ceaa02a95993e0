//! Keyset pages: no list in the product is unbounded.

use serde::{Deserialize, Serialize};

/// A part of a list, and where the next part begins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub items: Vec<T>,
    /// Opaque; given back as `after` it answers the next page. None: this was the last.
    pub next: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), next: None }
    }
}
