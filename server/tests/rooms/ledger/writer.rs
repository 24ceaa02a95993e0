//! Somebody who writes as fast as a machine, and remembers what was promised.

use std::collections::BTreeSet;
use std::time::Duration;

use app::model::ids::ProposalId;
use futures::FutureExt;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use yrs::{Doc, GetString, Transact};

use crate::yjs::{Client, document};

/// One edit: a mark that nobody else makes, or the removal of one.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Insert(usize),
    Delete(usize),
}

/// A writer, from one kill to the next.
pub struct Writer {
    pub proposal: ProposalId,
    pub token: String,
    doc: Doc,
    chance: StdRng,
    /// All it ever did, in order.
    edits: Vec<Edit>,
    /// So many of them were acknowledged.
    pub acknowledged: usize,
}

impl Writer {
    /// Somebody who has written nothing.
    pub fn new(proposal: ProposalId, token: String, seed: u64) -> Self {
        Self { proposal, token, doc: document(), chance: StdRng::seed_from_u64(seed), edits: Vec::new(), acknowledged: 0 }
    }

    /// What its marks begin with.
    pub fn name(&self) -> String {
        self.doc.client_id().get().to_string()
    }

    /// Writes until the server is gone.
    pub async fn write(mut self, address: String) -> Self {
        let address = format!("{address}/sync/{}?token={}&acks=1", self.proposal, self.token);
        let mut client = Client::connect(address, self.doc.clone()).await;
        // The answer to the server's question is the first frame, and holds all that was done before.
        let mut frames: Vec<(u64, usize)> = Vec::new();
        while client.closed.is_none() {
            let before = client.sent;
            // Never given up half-way: what is not there yet is asked for again.
            while client.closed.is_none() && client.next().now_or_never().is_some() {}
            if client.sent > before {
                frames.push((client.sent, self.edits.len()));
            }
            if client.synced > 0 && client.asked > 0 {
                self.edit(&mut client).await;
                frames.push((client.sent, self.edits.len()));
            }
            let acknowledged = frames.iter().filter(|(frame, _)| *frame <= client.acked).map(|(_, edits)| *edits).max();
            self.acknowledged = self.acknowledged.max(acknowledged.unwrap_or(0));
            tokio::time::sleep(Duration::from_millis(self.chance.random_range(2..8))).await;
        }
        self
    }

    /// One edit.
    async fn edit(&mut self, client: &mut Client) {
        let text = client.text();
        let own: Vec<usize> = marks(&text, &self.name()).into_iter().collect();
        let number = self.edits.len();
        if own.len() > 5 && self.chance.random_bool(0.3) {
            let victim = own[self.chance.random_range(0..own.len())];
            let mark = mark(&self.name(), victim);
            let at = text.find(&mark).expect("it is there");
            self.edits.push(Edit::Delete(victim));
            // Marks are ASCII: bytes are UTF-16 code units.
            client.delete(u32::try_from(at).unwrap(), u32::try_from(mark.len()).unwrap()).await;
        } else {
            let ends: Vec<usize> = std::iter::once(0).chain(text.match_indices('>').map(|(at, _)| at + 1)).collect();
            let at = ends[self.chance.random_range(0..ends.len())];
            self.edits.push(Edit::Insert(number));
            client.insert(u32::try_from(at).unwrap(), &mark(&self.name(), number)).await;
        }
    }

    /// How many of another's edits it has been shown, at least.
    pub fn seen(&self, name: &str) -> usize {
        let text = self.doc.get_or_insert_text("content").get_string(&self.doc.transact());
        marks(&text, name).last().map_or(0, |newest| newest + 1)
    }

    /// How many of its edits a stored text has, at least `promised`; none: it is no state that they ever led to.
    pub fn kept(&self, stored: &str, promised: usize) -> Option<usize> {
        let stored = marks(stored, &self.name());
        let mut state = BTreeSet::new();
        for (done, edit) in self.edits.iter().enumerate() {
            if done >= promised && state == stored {
                return Some(done);
            }
            match edit {
                Edit::Insert(number) => state.insert(*number),
                Edit::Delete(number) => state.remove(number),
            };
        }
        (state == stored).then_some(self.edits.len())
    }
}

/// What is written for an edit.
fn mark(name: &str, number: usize) -> String {
    format!("<{name}.{number}>")
}

/// The numbers of somebody's marks in a text.
fn marks(text: &str, name: &str) -> BTreeSet<usize> {
    let start = format!("<{name}.");
    text.match_indices(&start).filter_map(|(at, _)| text[at + start.len()..].split_once('>')?.0.parse().ok()).collect()
}
