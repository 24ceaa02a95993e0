//! Connections: they come, speak, are told, and go.

use app::model::ids::AccountId;
use bytes::Bytes;
use tokio::time::Instant;

use super::Room;
use crate::db::log::State;
use crate::rooms::document::Damaged;
use crate::rooms::event::{Access, Join};
use crate::rooms::seat::{Close, Seat};
use crate::rooms::wire::{self, Message};

impl Room {
    /// A connection begins: it is asked what we lack (or edits made offline would never arrive) and told who is here.
    pub(super) fn join(&mut self, join: Join) {
        let peer = join.peer;
        let seat = Seat::new(join);
        if seat.acks && self.told_degraded {
            seat.send(wire::mode(true));
        }
        self.seats.insert(peer, seat);
        self.shared.metrics.peers.inc();
        self.ask(peer);
        if let Some(everybody) = self.presence.everybody() {
            self.tell(peer, wire::awareness(&everybody));
        }
    }

    /// A connection has ended.
    pub(super) fn leave(&mut self, peer: u64) {
        if self.seats.remove(&peer).is_some() {
            self.shared.metrics.peers.dec();
            self.presence.leave(peer);
        }
    }

    /// Ends a connection.
    pub(super) fn close(&mut self, peer: u64, close: Close) {
        if let Some(seat) = self.seats.remove(&peer) {
            tracing::debug!(document = %self.id, account = %seat.who.account, code = close.code, "closed a connection");
            seat.close(close);
            self.shared.metrics.peers.dec();
            self.presence.leave(peer);
        }
    }

    /// A message of a connection's.
    pub(super) fn hear(&mut self, peer: u64, frame: &Bytes) -> Result<(), Damaged> {
        let Some(seat) = self.seats.get(&peer) else { return Ok(()) };
        self.shared.metrics.received.inc_by(frame.len() as u64);
        match wire::parse(frame) {
            Ok(Message::Step1(state_vector)) => self.answer(peer, state_vector),
            Ok(Message::Step2(update)) => self.write(peer, frame.slice_ref(update), true),
            Ok(Message::Update(update)) => self.write(peer, frame.slice_ref(update), false),
            Ok(Message::Awareness(states)) => {
                if self.presence.hear(peer, &seat.who, states, self.shared.limits.presence_bytes).is_err() {
                    self.close(peer, Close::MALFORMED);
                }
                Ok(())
            }
            Ok(Message::QueryAwareness) => {
                if let Some(everybody) = self.presence.everybody() {
                    self.tell(peer, wire::awareness(&everybody));
                }
                Ok(())
            }
            Ok(Message::Unknown) => Ok(()),
            Err(_) => {
                self.close(peer, Close::MALFORMED);
                Ok(())
            }
        }
    }

    /// Sends a frame to one peer.
    pub(super) fn tell(&mut self, peer: u64, frame: Bytes) {
        self.shared.metrics.sent.inc_by(frame.len() as u64);
        if self.seats.get(&peer).is_some_and(|seat| !seat.send(frame)) {
            self.too_slow(peer);
        }
    }

    /// Sends a frame to everybody but some. Nobody waits for a peer that is behind.
    pub(super) fn broadcast(&mut self, frame: &Bytes, except: &[u64]) {
        let started = Instant::now();
        let slow: Vec<u64> =
            self.seats.iter().filter(|(peer, seat)| !except.contains(peer) && !seat.send(frame.clone())).map(|(peer, _)| *peer).collect();
        self.shared.metrics.sent.inc_by((frame.len() * self.seats.len()) as u64);
        for peer in slow {
            self.too_slow(peer);
        }
        self.rest = self.shared.limits.rest(started.elapsed()).map(|rest| started + rest).or(self.rest);
    }

    /// A peer does not read as fast as the others write: it comes back and is sent the whole.
    fn too_slow(&mut self, peer: u64) {
        self.shared.metrics.slow.inc();
        self.close(peer, Close::RESYNC);
    }

    /// Asks a peer for what we lack.
    pub(super) fn ask(&mut self, peer: u64) {
        let question = wire::step1(&wire::state_vector(self.document.clocks()));
        if let Some(seat) = self.seats.get_mut(&peer) {
            seat.ask();
        }
        self.tell(peer, question);
    }

    /// The document's state in the database; none: it is gone.
    pub(super) fn state_is(&mut self, state: Option<State>) {
        let Some(state) = state else {
            let all: Vec<u64> = self.seats.keys().copied().collect();
            for peer in all {
                self.close(peer, Close::NOT_FOUND);
            }
            return;
        };
        self.state = state;
        self.ask_the_withheld();
    }

    /// What an account may do here now.
    pub(super) fn access_is(&mut self, account: AccountId, access: Access) {
        let theirs: Vec<u64> = self.seats.iter().filter(|(_, seat)| seat.who.account == account).map(|(peer, _)| *peer).collect();
        for peer in theirs {
            match (access, self.seats.get_mut(&peer)) {
                (Access::None, _) => self.close(peer, Close::FORBIDDEN),
                // Whoever cannot be asked about comes back and is asked about at the door.
                (Access::Unknown, _) => self.close(peer, Close::RESYNC),
                (Access::Write | Access::Read, Some(seat)) => {
                    seat.may_write = access == Access::Write;
                    seat.doubt();
                }
                (Access::Write | Access::Read, None) => {}
            }
        }
        self.ask_the_withheld();
    }

    /// Writing may be allowed again: those whose edits were refused are asked for them.
    fn ask_the_withheld(&mut self) {
        if self.state == State::Open {
            let withheld: Vec<u64> =
                self.seats.iter().filter(|(_, seat)| seat.writes() && seat.waits_to_be_asked()).map(|(peer, _)| *peer).collect();
            for peer in withheld {
                self.ask(peer);
            }
        }
    }
}
