//! Where logs end, as the one who appended last knows it.

use std::collections::HashMap;

use app::model::ids::ProposalId;
use uuid::Uuid;

use crate::clock::fresh_id;

/// So many are remembered; what is forgotten is asked for at the next order. A few megabytes.
const REMEMBERED: usize = 50_000;

/// The newest seq of every log that this committer appended to last. It holds as long as the document's row bears the committer's name, which whoever
/// else appends replaces under the row's lock.
#[derive(Debug)]
pub struct Heads {
    committer: Uuid,
    known: HashMap<ProposalId, i64>,
}

impl Heads {
    /// Under a name that no row bears.
    pub fn new() -> Self {
        Self { committer: fresh_id(), known: HashMap::new() }
    }

    /// The name.
    pub fn committer(&self) -> Uuid {
        self.committer
    }

    /// A log's newest seq, as long as its row bears the name.
    pub fn of(&self, document: ProposalId) -> Option<i64> {
        self.known.get(&document).copied()
    }

    /// Appended up to `head`, under this name.
    pub fn appended(&mut self, document: ProposalId, head: i64) {
        if self.known.len() >= REMEMBERED && !self.known.contains_key(&document) {
            self.known.clear();
        }
        self.known.insert(document, head);
    }

    /// Nothing that is known is sure any more. After a statement that failed, which may have appended, or do so yet: from here on it is somebody else's.
    pub fn doubt(&mut self) {
        *self = Self::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_appended_before_a_doubt_is_somebody_elses() {
        let (mut heads, document) = (Heads::new(), ProposalId(fresh_id()));
        heads.appended(document, 7);
        let before = heads.committer();
        assert_eq!(heads.of(document), Some(7));
        heads.doubt();
        assert_eq!(heads.of(document), None);
        assert_ne!(heads.committer(), before);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut heads = Heads::new();
        let documents: Vec<_> = (0..=REMEMBERED).map(|_| ProposalId(fresh_id())).collect();
        for document in &documents {
            heads.appended(*document, 1);
        }
        assert!(heads.known.len() <= REMEMBERED);
        assert_eq!(heads.of(documents[REMEMBERED]), Some(1));
    }
}
