//! Somebody who writes as fast as a machine, and remembers what was promised.

use std::collections::BTreeSet;
use std::time::Duration;

use app::model::ids::ProposalId;
use futures::FutureExt;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio_util::sync::CancellationToken;
use yrs::{Doc, GetString, Transact};

use crate::yjs::{Client, document};

/// Marks of one's own that are there at most, so that a text does not grow for ever.
const MARKS: usize = 40;

/// One edit: a mark that nobody else makes, or the removal of one.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Insert(usize),
    Delete(usize),
}

/// A writer, over all connections that it ever has.
pub struct Writer {
    pub proposal: ProposalId,
    pub token: String,
    doc: Doc,
    /// The connection that it has, and where it leads.
    client: Option<Client>,
    address: String,
    chance: StdRng,
    /// All it ever did, in order.
    edits: Vec<Edit>,
    /// Frames of this connection, and how many edits were done with each.
    frames: Vec<(u64, usize)>,
    /// So many edits were acknowledged.
    pub acknowledged: usize,
    /// The last text that it was shown as one that stays, since it was told that what it is shown may be lost.
    vouched: Option<String>,
}

impl Writer {
    /// Somebody who has written nothing.
    pub fn new(proposal: ProposalId, token: String, seed: u64) -> Self {
        let (doc, chance) = (document(), StdRng::seed_from_u64(seed));
        let (edits, frames) = (Vec::new(), Vec::new());
        Self { proposal, token, doc, client: None, address: String::new(), chance, edits, frames, acknowledged: 0, vouched: None }
    }

    /// What its marks begin with.
    pub fn name(&self) -> String {
        self.doc.client_id().get().to_string()
    }

    /// Connects to a server.
    pub async fn connect(&mut self, address: &str) {
        self.address = format!("{address}/sync/{}?token={}&acks=1", self.proposal, self.token);
        self.reconnect().await;
    }

    /// Connects to the same server, with all it has.
    pub async fn reconnect(&mut self) {
        (self.frames, self.vouched) = (Vec::new(), None);
        self.client = Some(Client::connect(&self.address, self.doc.clone()).await);
    }

    /// Its connection.
    pub fn client(&self) -> &Client {
        self.client.as_ref().expect("it has connected")
    }

    /// Whether its connection has ended.
    pub fn closed(&self) -> bool {
        self.client().closed.is_some()
    }

    /// How many edits it has made.
    pub fn done(&self) -> usize {
        self.edits.len()
    }

    /// Whether all it did is acknowledged.
    pub fn saved(&self) -> bool {
        self.acknowledged == self.edits.len()
    }

    /// Its text.
    pub fn text(&self) -> String {
        self.doc.get_or_insert_text("content").get_string(&self.doc.transact())
    }

    /// Reads what has come.
    pub fn listen(&mut self) {
        let client = self.client.as_mut().expect("it has connected");
        // Never given up half-way: what is not there yet is asked for again.
        while client.closed.is_none() {
            let (sent, modes) = (client.sent, client.modes.len());
            if client.next().now_or_never().is_none() {
                break;
            }
            if client.sent > sent {
                // The answer to the server's question: it holds all that was done before.
                self.frames.push((client.sent, self.edits.len()));
            }
            if client.modes.len() > modes {
                self.vouched = (client.modes.last() == Some(&1)).then(|| client.text());
            }
        }
        let acknowledged = self.frames.iter().filter(|(frame, _)| *frame <= client.acked).map(|(_, edits)| *edits).max();
        self.acknowledged = self.acknowledged.max(acknowledged.unwrap_or(0));
        self.frames.retain(|(frame, _)| *frame > client.acked);
    }

    /// Reads what has come, and makes an edit once it has the text.
    pub async fn step(&mut self) {
        self.listen();
        let Some(mut client) = self.client.take() else { return };
        if client.closed.is_none() && client.synced > 0 && client.asked > 0 {
            self.edit(&mut client).await;
            self.frames.push((client.sent, self.edits.len()));
        }
        self.client = Some(client);
    }

    /// Writes at a server until its connection ends, or until it has been told that it is enough and all is saved.
    pub async fn write_until(mut self, address: String, enough: CancellationToken) -> Self {
        self.connect(&address).await;
        while !(self.closed() || enough.is_cancelled() && self.saved()) {
            if enough.is_cancelled() {
                self.listen();
            } else {
                self.step().await;
            }
            tokio::time::sleep(Duration::from_millis(self.chance.random_range(2..8))).await;
        }
        self
    }

    /// One edit.
    async fn edit(&mut self, client: &mut Client) {
        let text = client.text();
        let own: Vec<usize> = marks(&text, &self.name()).into_iter().collect();
        let number = self.edits.len();
        if own.len() > MARKS || (own.len() > 5 && self.chance.random_bool(0.3)) {
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
        newest(&self.text(), name)
    }

    /// As [`Self::seen`], without being told that they may be lost.
    pub fn vouched(&self, name: &str) -> usize {
        self.vouched.as_deref().map_or_else(|| self.seen(name), |text| newest(text, name))
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

    /// Every mark that it has made and not deleted.
    pub fn marks(&self) -> Vec<String> {
        let mut state = BTreeSet::new();
        for edit in &self.edits {
            match edit {
                Edit::Insert(number) => state.insert(*number),
                Edit::Delete(number) => state.remove(number),
            };
        }
        state.into_iter().map(|number| mark(&self.name(), number)).collect()
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

/// How many edits somebody had made when they made the newest mark in a text.
fn newest(text: &str, name: &str) -> usize {
    marks(text, name).last().map_or(0, |newest| newest + 1)
}
