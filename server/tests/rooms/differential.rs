//! yrs beside the real Yjs: random histories, and those that are known to have been trouble. What pages sent comes to the server in any order, some of
//! it joined, some of it again; what the server then has must read in Yjs as it reads here, and wait for nothing.
//!
//! The long form: `QUORUM_CASES=1000000 QUORUM_SEED=7 cargo test --release -p server --test rooms yjs_reads -- --nocapture`. A failure names its seed.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use data_encoding::BASE64;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde::Deserialize;
use serde_json::{Value, json};
use server::rooms::document::Document;
use server::rooms::merge::merge;
use server::rooms::scan::scan;
use server::rooms::wire;

use crate::ledger::setting;

/// A process with real Yjs in it; it ends when its input does.
pub struct Yjs {
    process: Child,
    says: BufReader<ChildStdout>,
    hears: ChildStdin,
}

/// What comes to a server, and what Yjs makes of it.
#[derive(Deserialize)]
struct History {
    frames: Vec<Frame>,
    text: String,
    clocks: String,
    pending: Vec<String>,
    /// What each person has in the end: not what they could have.
    have: Vec<String>,
}

#[derive(Deserialize)]
struct Frame {
    by: usize,
    update: String,
}

impl Yjs {
    pub fn start() -> Self {
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sync");
        let mut process =
            Command::new("node").arg(tests.join("differential.mjs")).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (hears, says) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, says, hears }
    }

    fn ask<T: serde::de::DeserializeOwned>(&mut self, question: &Value) -> T {
        writeln!(self.hears, "{question}").unwrap();
        let mut answer = String::new();
        self.says.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    }
}

impl Drop for Yjs {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn decode(text: &str) -> Vec<u8> {
    BASE64.decode(text.as_bytes()).unwrap()
}

/// What a room does with updates, without sockets and database.
pub struct Room {
    document: Document,
    /// The log: what stands in the place of rows that were compacted, and rows.
    log: Vec<Vec<u8>>,
    /// What peers were shown.
    shown: Vec<Vec<u8>>,
}

impl Room {
    pub fn new() -> Self {
        Self { document: Document::open([]).unwrap(), log: Vec::new(), shown: Vec::new() }
    }

    /// Takes an update; false: it needs what is not there.
    pub fn take(&mut self, update: &[u8], answer: bool) -> bool {
        let scan = scan(update, |client| self.document.known(client)).expect("it is text");
        if scan.missing {
            return false;
        }
        let row = if answer {
            self.document.apply_difference(update, &scan).expect("nothing is missing")
        } else {
            self.document.apply(update, &scan).expect("nothing is missing");
            update.to_vec()
        };
        self.log.push(row.clone());
        self.shown.push(row);
        true
    }

    fn compact(&mut self) {
        self.log = vec![self.document.encoded().unwrap().to_vec()];
        self.document = self.reopened();
    }

    fn reopened(&self) -> Document {
        Document::open(self.log.iter().map(Vec::as_slice)).unwrap()
    }

    /// The rows in frames as turns of the committer join them.
    fn frames(&self, chance: &mut StdRng) -> Vec<Vec<u8>> {
        let (mut rest, mut frames) = (self.shown.as_slice(), Vec::new());
        while !rest.is_empty() {
            let (turn, later) = rest.split_at(chance.random_range(1..=rest.len().min(6)));
            frames.extend(merge(turn).map_or_else(|| turn.to_vec(), |joined| vec![joined]));
            rest = later;
        }
        frames
    }

    /// However it is looked at, the text is this one; and Yjs thinks so too.
    pub fn judge(&mut self, yjs: &mut Yjs, chance: &mut StdRng, text: &str, have: &[String]) {
        assert_eq!(self.document.text().unwrap(), text, "yrs reads it differently");
        let mut reopened = self.reopened();
        assert_eq!(reopened.text().unwrap(), text, "the log reads differently");
        assert_eq!(reopened.clocks(), self.document.clocks());
        self.document.rest().unwrap();
        let wholes = [self.document.encoded().unwrap(), reopened.encoded().unwrap()];
        let lacks = have.iter().map(|have| self.document.difference(&wire::parse_state_vector(&decode(have)).unwrap()).unwrap());
        let lacks: Vec<String> = lacks.map(|lack| BASE64.encode(&lack)).collect();
        let frames: Vec<String> = self.frames(chance).iter().map(|frame| BASE64.encode(frame)).collect();
        let wholes = wholes.map(|whole| BASE64.encode(&whole));
        let faults: Vec<String> = yjs.ask(&json!({ "judge": { "text": text, "wholes": wholes, "frames": frames, "lacks": lacks } }));
        assert_eq!(faults, Vec::<String>::new(), "Yjs reads it differently");
    }
}

/// Plays one history; answers how often something was asked for again.
fn play(yjs: &mut Yjs, seed: u64) -> usize {
    let mut chance = StdRng::seed_from_u64(seed);
    let history: History = yjs.ask(&json!({ "make": seed }));
    assert_eq!(history.pending, Vec::<String>::new());
    let (mut room, mut aside, mut asked) = (Room::new(), Vec::new(), 0);
    let rests = chance.random_ratio(1, 3);
    let compacts = chance.random_range(0..=history.frames.len() * 3);
    for (n, frame) in history.frames.iter().enumerate() {
        let update = decode(&frame.update);
        if !room.take(&update, false) {
            asked += 1;
            let have = BASE64.encode(&wire::state_vector(room.document.clocks()));
            let answer: String = yjs.ask(&json!({ "ask": { "by": frame.by, "have": have } }));
            // They may lack it themselves: it comes from somebody else then, and they send theirs again.
            if chance.random_bool(0.5) || !room.take(&decode(&answer), true) {
                aside.push(update);
            }
        }
        if rests && chance.random_ratio(1, 10) {
            room.document.rest().unwrap();
        }
        if n == compacts {
            room.compact();
        }
    }
    while !aside.is_empty() {
        let before = aside.len();
        aside.retain(|update| !room.take(update, false));
        assert!(aside.len() < before, "what everybody has sent is not enough");
    }
    assert_eq!(
        wire::state_vector(room.document.clocks()),
        wire::state_vector(clocks(&history.clocks).iter().map(|(client, clock)| (client, clock)))
    );
    room.judge(yjs, &mut chance, &history.text, &history.have);
    asked
}

fn clocks(state_vector: &str) -> Vec<(u64, u32)> {
    wire::parse_state_vector(&decode(state_vector)).unwrap()
}

#[test]
fn what_yjs_wrote_reads_the_same_here_and_yjs_reads_the_same_again() {
    let (cases, first) = (setting("QUORUM_CASES", 2_000), setting("QUORUM_SEED", rand::random::<u32>().into()));
    let mut yjs = Yjs::start();
    let mut asked = 0;
    println!("QUORUM_SEED={first}");
    for seed in first..first + cases {
        let played = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| play(&mut yjs, seed)));
        asked += played.unwrap_or_else(|_| panic!("QUORUM_SEED={seed} QUORUM_CASES=1"));
    }
    println!("{cases} histories, asked {asked} times for what was missing");
    assert!(asked as u64 >= cases / 2, "hardly anything was missing: {asked}");
}
