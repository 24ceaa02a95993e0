//! Frames that nobody honest sends.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngCore, SeedableRng};
use server::rooms::varint::{put, put_bytes};
use server::rooms::wire;
use yrs::{Text, Transact};

use crate::yjs::document;

/// What is thrown at a server.
#[derive(Clone, Debug)]
pub enum Shot {
    /// A message.
    Frame(Vec<u8>),
    /// A message of the kind that is no bytes.
    Text(String),
    /// Bytes beneath the messages, which no websocket begins a frame with.
    Noise(Vec<u8>),
}

/// Makes them.
pub struct Forge {
    chance: StdRng,
    /// Frames as they should be.
    real: Vec<Vec<u8>>,
}

impl Forge {
    pub fn new(seed: u64) -> Self {
        Self { chance: StdRng::seed_from_u64(seed), real: real() }
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.chance.random_range(0..end)
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        let mut bytes = vec![0; self.chance.random_range(0..=most)];
        self.chance.fill_bytes(&mut bytes);
        bytes
    }

    fn real(&mut self) -> Vec<u8> {
        self.real.choose(&mut self.chance).unwrap().clone()
    }

    /// What is borne: nothing comes of it, and its sender stays. `clocks`: what the text holds, client by client.
    pub fn borne(&mut self, clocks: &[(u64, u32)]) -> Vec<u8> {
        let somebody = clocks.choose(&mut self.chance).copied().unwrap_or((5, 0));
        match self.below(7) {
            // a type that nobody knows, small or as large as numbers go
            0 => {
                let mut out = Vec::new();
                put(&mut out, [2, 4, 99, 1 << 32, (1 << 53) - 1][self.below(5)]);
                out.extend(self.bytes(200));
                out
            }
            // presence under another's id, and more than one may have
            1 => presence(&[(somebody.0, self.chance.random(), br#"{"cursor":1}"#)]),
            2 => presence(&[(self.chance.random::<u32>().into(), 1, format!("\"{}\"", "x".repeat(5_000)).as_bytes())]),
            // text in another's name: their next letter, and one that they have not come to
            3 => wire::update(&letter(somebody.0, somebody.1)).to_vec(),
            4 => wire::update(&letter(somebody.0, somebody.1.saturating_add(1_000))).to_vec(),
            // has what nobody has
            5 => {
                let clocks: Vec<(u64, u32)> =
                    (0..self.below(50)).map(|_| (self.chance.random::<u32>().into(), self.chance.random())).collect();
                wire::step1(&wire::state_vector(clocks.iter().map(|(client, clock)| (client, clock)))).to_vec()
            }
            _ => wire::step2(wire::NOTHING).to_vec(),
        }
    }

    /// What ends its sender.
    pub fn fatal(&mut self) -> Shot {
        let real = self.real();
        Shot::Frame(match self.below(9) {
            0 => return Shot::Text("hello".repeat(self.below(40))),
            // a kind of frame that is reserved, one that is not masked, one that promises more than there is memory
            1 => {
                return Shot::Noise(
                    [vec![0x83, 0x80, 0, 0, 0, 0], vec![0x82, 1, 0], [vec![0x82, 0xff], vec![0x7f; 12]].concat()][self.below(3)].clone(),
                );
            }
            // cut off, with the length that it had, or with the one that is left
            2 => real[..self.below(real.len())].to_vec(),
            3 => {
                let update = structs(&[(5, 0, "cut off")]);
                wire::update(&update[..self.below(update.len())]).to_vec()
            }
            4 => [real, vec![0]].concat(),
            // numbers larger than numbers may be, counts of what is not there
            5 => [vec![0, self.chance.random_range(0..3)], vec![0xff; 12]].concat(),
            6 => {
                let mut update = Vec::new();
                for _ in 0..self.chance.random_range(1..4) {
                    put(&mut update, self.chance.random_range(1 << 20..1 << 53));
                }
                wire::update(&update).to_vec()
            }
            // presence that is no text, or counts wrongly
            7 => presence(&[(self.chance.random::<u32>().into(), 1, &[b'"', 0xff, b'"'])]),
            _ => wire::awareness(&[3, 1, 1, 2, b'{', b'}']).to_vec(),
        })
    }

    /// What may be anything: random bytes behind a true beginning, presence that is no object, and real frames with a few bits turned.
    pub fn doubtful(&mut self) -> Vec<u8> {
        match self.below(4) {
            0 => [vec![self.chance.random_range(0..4)], self.bytes(300)].concat(),
            1 => wire::update(&self.bytes(300)).to_vec(),
            2 => presence(&[(self.chance.random::<u32>().into(), 1, [&b"{"[..], b"[1]", b"null", b"7"][self.below(4)])]),
            _ => {
                let mut bytes = self.real();
                for _ in 0..self.chance.random_range(1..5) {
                    let at = self.below(bytes.len());
                    bytes[at] ^= 1 << self.below(8);
                }
                bytes
            }
        }
    }
}

/// Real frames of each kind, from a text that was written, deleted in and written again.
fn real() -> Vec<Vec<u8>> {
    let doc = document();
    let text = doc.get_or_insert_text("content");
    let mut frames = Vec::new();
    for (at, gone, new) in [(0, 0, "hello 💡 world"), (3, 4, ""), (2, 0, "in between"), (0, 5, "é")] {
        let mut edit = doc.transact_mut();
        text.remove_range(&mut edit, at, gone);
        text.insert(&mut edit, at, new);
        frames.push(wire::update(&edit.encode_update_v1()).to_vec());
    }
    let whole = structs(&[(7, 0, "one"), (8, 0, "two")]);
    let have = wire::state_vector([(&7, &3), (&8, &3)]);
    let here = presence(&[(7, 1, br#"{"cursor":{"anchor":1,"head":2}}"#)]);
    frames.extend([wire::update(&whole).to_vec(), wire::step2(&whole).to_vec(), wire::step1(&have).to_vec(), here]);
    frames
}

/// An update of text at the beginning, one piece of each client.
fn structs(pieces: &[(u64, u32, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, pieces.len() as u64);
    for (client, clock, text) in pieces {
        for number in [1, *client, u64::from(*clock)] {
            put(&mut out, number);
        }
        out.extend([4, 1]);
        put_bytes(&mut out, b"content");
        put_bytes(&mut out, text.as_bytes());
    }
    out.push(0);
    out
}

/// A letter of somebody's.
fn letter(client: u64, clock: u32) -> Vec<u8> {
    structs(&[(client, clock, "!")])
}

/// An awareness message.
fn presence(states: &[(u64, u32, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, states.len() as u64);
    for (client, clock, state) in states {
        put(&mut out, *client);
        put(&mut out, u64::from(*clock));
        put_bytes(&mut out, state);
    }
    wire::awareness(&out).to_vec()
}
