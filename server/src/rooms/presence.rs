//! Who is here and where their caret is: the y-protocols' awareness, kept honest. A connection speaks for one Yjs client, under its own name.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use app::model::ids::AccountId;
use serde_json::{Value, json};
use tokio::time::{Duration, Instant};

use super::seat::Who;
use super::varint::{Malformed, Reader, put, put_bytes};

/// Peers of other processes speak as one connection; none of ours has this number.
const ELSEWHERE: u64 = 0;
/// Somebody elsewhere of whom nothing is heard for so long is not there any more: Yjs clients speak every 15 s.
const UNHEARD: Duration = Duration::from_secs(40);

/// One Yjs client's state.
struct State {
    clock: u32,
    /// JSON, its `user` written by the server.
    json: String,
    /// The connection that speaks for it.
    peer: u64,
    /// Whose that is.
    account: AccountId,
    /// When it last spoke.
    heard: Instant,
}

/// Everybody's presence in one room.
#[derive(Default)]
pub struct Presence {
    states: HashMap<u64, State>,
    /// The Yjs client that each connection speaks for: the first it named.
    bound: HashMap<u64, u64>,
    /// Clients that changed since the last frame; several moves in one wake-up are one frame.
    changed: BTreeSet<u64>,
    /// Clients that left, with their last clock, and whether they were here.
    left: Vec<(u64, u32, bool)>,
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
                self.left.push((client, clock, true));
            }
            return Ok(());
        }
        let Some(fields) = state.as_object_mut() else { return Err(Malformed) };
        fields.insert("user".into(), json!({ "name": who.name, "colour": who.colour, "account": who.account }));
        let heard = Instant::now();
        self.states.insert(client, State { clock, json: state.to_string(), peer, account: who.account, heard });
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
            self.left.push((client, state.remove().clock, true));
        }
    }

    /// Takes what another process says of its peers. Their names are theirs: it has seen to that.
    pub fn hear_elsewhere(&mut self, message: &[u8]) -> Result<(), Malformed> {
        let (mut reader, heard) = (Reader::new(message), Instant::now());
        for _ in 0..reader.number()? {
            let (client, clock, text) = (reader.number()?, reader.small()?, reader.text()?);
            let known = self.states.get_mut(&client);
            if known.as_ref().is_some_and(|known| known.clock > clock || (known.clock == clock && known.peer != ELSEWHERE)) {
                continue;
            }
            if text == "null" {
                if known.is_some_and(|known| known.peer == ELSEWHERE) {
                    self.states.remove(&client);
                    self.left.push((client, clock, false));
                }
                continue;
            }
            if let Some(known) = known.filter(|known| known.clock == clock) {
                known.heard = heard;
                continue;
            }
            let state: Value = serde_json::from_str(text).map_err(|_| Malformed)?;
            let account = state["user"]["account"].as_str().and_then(|id| id.parse().ok()).ok_or(Malformed)?;
            self.states.insert(client, State { clock, json: text.to_owned(), peer: ELSEWHERE, account, heard });
            self.changed.insert(client);
        }
        Ok(())
    }

    /// Forgets peers of other processes that are not heard any more.
    pub fn expire(&mut self, now: Instant) {
        let silent = |state: &State| state.peer == ELSEWHERE && now.duration_since(state.heard) >= UNHEARD;
        let gone: Vec<_> = self.states.iter().filter(|(_, state)| silent(state)).map(|(client, state)| (*client, state.clock)).collect();
        for (client, clock) in gone {
            self.states.remove(&client);
            self.left.push((client, clock, false));
        }
    }

    /// What changed since it was last asked, as one message; and the part of it that concerns peers here. None when nothing did.
    pub fn news(&mut self) -> (Option<Vec<u8>>, Option<Vec<u8>>) {
        let (changed, left) = (std::mem::take(&mut self.changed), std::mem::take(&mut self.left));
        let states = changed.into_iter().filter_map(|client| {
            let state = self.states.get(&client)?;
            Some((client, state.clock, state.json.as_str(), state.peer != ELSEWHERE))
        });
        let gone = left.into_iter().filter(|(client, ..)| !self.states.contains_key(client));
        let all: Vec<_> = states.chain(gone.map(|(client, clock, here)| (client, clock, "null", here))).collect();
        (encode(all.iter().copied()), encode(all.iter().copied().filter(|(.., here)| *here)))
    }

    /// Everybody, as one message; none when there is nobody.
    pub fn everybody(&self) -> Option<Vec<u8>> {
        encode(self.all())
    }

    /// Everybody whose connection is here.
    pub fn here(&self) -> Option<Vec<u8>> {
        encode(self.all().filter(|(.., here)| *here))
    }

    fn all(&self) -> impl Iterator<Item = (u64, u32, &str, bool)> {
        self.states.iter().map(|(client, state)| (*client, state.clock, state.json.as_str(), state.peer != ELSEWHERE))
    }
}

/// An awareness message; none of nobody.
fn encode<'a>(states: impl Iterator<Item = (u64, u32, &'a str, bool)>) -> Option<Vec<u8>> {
    let states: Vec<_> = states.collect();
    if states.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    put(&mut out, states.len() as u64);
    for (client, clock, json, _) in states {
        put(&mut out, client);
        put(&mut out, u64::from(clock));
        put_bytes(&mut out, json.as_bytes());
    }
    Some(out)
}
