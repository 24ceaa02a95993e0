//! A connection to a room, with its counts: what was sent, what was acknowledged, and which edits that promises.

use bytes::Bytes;
use futures::FutureExt;
use server::rooms::varint::{Malformed, Reader};
use server::rooms::{Close, Peer, wire};

use crate::outlet::Outlet;

/// A connection.
pub struct Line {
    peer: Peer,
    outlet: Outlet,
    /// Whether it waits with edits until it has answered the server's question, as a page does.
    patient: bool,
    sent: u64,
    acked: u64,
    answered: bool,
    /// Answers to its own question.
    synced: bool,
    /// Refusals.
    pub refused: u64,
    /// Frames, each with the edits that are on disk when it is acknowledged.
    frames: Vec<(u64, usize)>,
    /// Carets that were shown: the Yjs client, and under which name.
    pub carets: Vec<(u64, String)>,
}

impl Line {
    /// A connection that has begun.
    pub fn new(peer: Peer, outlet: Outlet, patient: bool) -> Self {
        Self {
            peer,
            outlet,
            patient,
            sent: 0,
            acked: 0,
            answered: false,
            synced: false,
            refused: 0,
            frames: Vec::new(),
            carets: Vec::new(),
        }
    }

    /// Sends frames that hold all edits up to `done`.
    pub async fn send(&mut self, frames: Vec<Bytes>, done: usize) {
        for frame in frames {
            let (edit, answer) = match wire::parse(&frame) {
                Ok(wire::Message::Step2(_)) => (true, true),
                Ok(wire::Message::Update(_)) => (true, false),
                _ => (false, false),
            };
            self.answered |= answer;
            if edit && self.patient && !self.answered {
                // The answer will hold it.
                continue;
            }
            self.sent += u64::from(edit);
            // An edit that overtakes the answer says nothing about those before it.
            if edit && self.answered {
                self.frames.push((self.sent, done));
            }
            // A room that is gone is noticed by listening.
            self.peer.send(frame).await;
        }
    }

    /// What has come by now. An error: the connection has ended.
    pub fn listen(&mut self) -> Result<Vec<Bytes>, Close> {
        let mut frames = Vec::new();
        while let Some(frame) = self.outlet.next().now_or_never() {
            frames.push(frame?);
        }
        for frame in &frames {
            self.count(frame);
        }
        Ok(frames)
    }

    fn count(&mut self, frame: &[u8]) {
        match wire::parse(frame).expect("the server speaks clearly") {
            wire::Message::Step2(_) => self.synced = true,
            wire::Message::Awareness(states) => self.look(states).expect("carets"),
            wire::Message::Unknown => {
                let mut reader = Reader::new(frame);
                match reader.number().expect("a kind") {
                    100 => self.acked = reader.number().expect("a count"),
                    102 => self.refused += 1,
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Whose carets are shown.
    fn look(&mut self, states: &[u8]) -> Result<(), Malformed> {
        let mut reader = Reader::new(states);
        for _ in 0..reader.number()? {
            let (client, _, state) = (reader.number()?, reader.number()?, reader.text()?);
            let state: serde_json::Value = serde_json::from_str(state).map_err(|_| Malformed)?;
            if let Some(name) = state["user"]["name"].as_str() {
                self.carets.push((client, name.to_owned()));
            }
        }
        Ok(())
    }

    /// How many edits are promised.
    pub fn promised(&self) -> usize {
        self.frames.iter().filter(|(frame, _)| *frame <= self.acked).map(|(_, done)| *done).max().unwrap_or(0)
    }

    /// Whether everything is known to be saved, and what others wrote has come.
    pub fn settled(&self) -> bool {
        self.synced && self.answered && self.acked == self.sent
    }

    /// Whether an edit would overtake the answer to the server's question, in which everything is that was deleted offline.
    pub fn overtakes(&self) -> bool {
        !self.patient && !self.answered
    }

    /// Whether its question was answered.
    pub fn synced(&self) -> bool {
        self.synced
    }

    /// Whether there is nothing to wait for: saved, or refused.
    pub fn told(&self) -> bool {
        self.refused > 0 || (self.answered && self.acked == self.sent)
    }

    /// For whoever waited in vain.
    pub fn words(&self) -> String {
        let Self { sent, acked, answered, synced, refused, .. } = self;
        format!("sent {sent}, acknowledged {acked}, answered {answered}, synced {synced}, refused {refused}")
    }
}
