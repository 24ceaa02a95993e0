//! Who is here and where their caret is: the y-protocols' awareness, kept honest. A connection speaks for one Yjs client, under its own name.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use app::model::ids::AccountId;
use serde_json::{Value, json};

use super::seat::Who;
use super::varint::{Malformed, Reader, put, put_bytes};

/// One Yjs client's state.
struct State {
    clock: u32,
    /// JSON, its `user` written by the server.
    json: String,
    /// The connection that speaks for it.
    peer: u64,
    /// Whose that is.
    account: AccountId,
}

/// Everybody's presence in one room.
#[derive(Default)]
pub struct Presence {
    states: HashMap<u64, State>,
    /// The Yjs client that each connection speaks for: the first it named.
    bound: HashMap<u64, u64>,
    /// Clients that changed since the last frame; several moves in one wake-up are one frame.
    changed: BTreeSet<u64>,
    /// Clients that left, with their last clock.
    left: Vec<(u64, u32)>,
}

impl Presence {
    /// Takes what a peer says. Other people's states, which every provider sends back, are dropped before anything else is done with them.
    pub fn hear(&mut self, peer: u64, who: &Who, message: &[u8], limit: usize) -> Result<(), Malformed> {
        let mut reader = Reader::new(message);
        for _ in 0..reader.number()? {
            let (client, clock, text) = (reader.number()?, reader.small()?, reader.text()?);
            let ends = text == "null";
            if self.states.get(&client).is_some_and(|known| known.clock > clock || (known.clock == clock && !ends)) {
                continue;
            }
            if text.len() <= limit && self.may_speak(peer, who, client, ends) {
                self.say(peer, who, client, clock, text)?;
            }
        }
        Ok(())
    }

    /// Whether the connection may speak for that client: the one it is bound to, or the first it names unless another account has it. A browser
    /// that reconnects before its old socket is seen to be dead takes its client over.
    fn may_speak(&self, peer: u64, who: &Who, client: u64, ends: bool) -> bool {
        let holder = self.states.get(&client);
        match self.bound.get(&peer) {
            Some(own) => *own == client && holder.is_none_or(|state| state.peer == peer),
            None => !ends && holder.is_none_or(|state| state.account == who.account),
        }
    }

    /// Notes a state.
    fn say(&mut self, peer: u64, who: &Who, client: u64, clock: u32, text: &str) -> Result<(), Malformed> {
        let mut state: Value = serde_json::from_str(text).map_err(|_| Malformed)?;
        self.bound.insert(peer, client);
        if state.is_null() {
            if self.states.remove(&client).is_some() {
                self.left.push((client, clock));
            }
            return Ok(());
        }
        let Some(fields) = state.as_object_mut() else { return Err(Malformed) };
        fields.insert("user".into(), json!({ "name": who.name, "colour": who.colour, "account": who.account }));
        self.states.insert(client, State { clock, json: state.to_string(), peer, account: who.account });
        self.changed.insert(client);
        Ok(())
    }

    /// A connection has ended: its client is not here any more.
    pub fn leave(&mut self, peer: u64) {
        let Some(client) = self.bound.remove(&peer) else { return };
        // A newer connection may have taken it over.
        if let Entry::Occupied(state) = self.states.entry(client)
            && state.get().peer == peer
        {
            self.left.push((client, state.remove().clock));
        }
    }

    /// What changed since it was last asked, as one message; none when nothing did.
    pub fn news(&mut self) -> Option<Vec<u8>> {
        let (changed, left) = (std::mem::take(&mut self.changed), std::mem::take(&mut self.left));
        let states: Vec<_> = changed.into_iter().filter_map(|client| self.states.get(&client).map(|state| (client, state.clock, state.json.as_str()))).collect();
        let gone = left.into_iter().filter(|(client, _)| !self.states.contains_key(client)).map(|(client, clock)| (client, clock, "null"));
        let all: Vec<_> = states.into_iter().chain(gone).collect();
        (!all.is_empty()).then(|| encode(&all))
    }

    /// Everybody, as one message; none when nobody is here.
    pub fn everybody(&self) -> Option<Vec<u8>> {
        let all: Vec<_> = self.states.iter().map(|(client, state)| (*client, state.clock, state.json.as_str())).collect();
        (!all.is_empty()).then(|| encode(&all))
    }
}

/// An awareness message.
fn encode(states: &[(u64, u32, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, states.len() as u64);
    for (client, clock, json) in states {
        put(&mut out, *client);
        put(&mut out, u64::from(*clock));
        put_bytes(&mut out, json.as_bytes());
    }
    out
}
