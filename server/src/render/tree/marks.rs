//! What inline text stands in while a text is read.

use std::rc::Rc;

use super::{Mark, Marks};

/// Deeper nesting of emphasis and the like is read as if it were not there: nobody sees it, and it would be paid for per word.
const DEEPEST: usize = 16;

/// The marks that are open, those of raw HTML told apart: they may be left unclosed or closed in any order.
#[derive(Default)]
pub struct Open {
    stack: Vec<(Mark, bool)>,
    shared: Option<Marks>,
}

impl Open {
    /// Opens a mark of Markdown; false where it is ignored.
    pub fn push(&mut self, mark: Mark) -> bool {
        self.open(mark, false)
    }

    /// Opens a mark of raw HTML.
    pub fn push_raw(&mut self, mark: Mark) {
        self.open(mark, true);
    }

    fn open(&mut self, mark: Mark, raw: bool) -> bool {
        let room = self.stack.len() < DEEPEST;
        if room {
            self.stack.push((mark, raw));
            self.shared = None;
        }
        room
    }

    /// Closes the innermost mark of Markdown and the raw ones inside it.
    pub fn pop(&mut self) {
        self.shared = None;
        while self.stack.pop().is_some_and(|(_, raw)| raw) {}
    }

    /// Closes a mark of raw HTML, unless a mark of Markdown was opened inside it.
    pub fn pop_raw(&mut self, mark: &Mark) {
        let innermost = self.stack.iter().rposition(|(_, raw)| !raw).map_or(0, |at| at + 1);
        if let Some(at) = self.stack[innermost..].iter().rposition(|(open, _)| open == mark) {
            self.stack.truncate(innermost + at);
            self.shared = None;
        }
    }

    /// Closes all: a block ended.
    pub fn clear(&mut self) {
        self.stack.clear();
        self.shared = None;
    }

    /// Whether text here is already in a link.
    pub fn linked(&self) -> bool {
        self.stack.iter().any(|(mark, _)| matches!(mark, Mark::Link { .. }))
    }

    /// The marks for a run.
    pub fn current(&mut self) -> Marks {
        let stack = &self.stack;
        Rc::clone(self.shared.get_or_insert_with(|| stack.iter().map(|(mark, _)| mark.clone()).collect()))
    }
}
