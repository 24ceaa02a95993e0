//! Somebody's copy of the text: yrs here, or Yjs in a process of its own. What it says are the frames that its connection sends.

use bytes::Bytes;
use serde::Serialize;
use server::rooms::varint::{put, put_bytes};
use server::rooms::wire;
use yrs::updates::decoder::Decode;
use yrs::updates::encoder::Encode;
use yrs::{ClientID, Doc, GetString, OffsetKind, Options, ReadTxn, StateVector, Text, TextRef, Transact, TransactionMut, Update};

use super::plan::Break;

/// What is done to a text by hand.
#[derive(Debug, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Edit<'a> {
    /// Writes a mark behind one of those that are there, or at the beginning.
    Insert { at: u32, text: &'a str, tracked: bool },
    /// Deletes a mark, if it is there.
    Remove { text: &'a str, tracked: bool },
    /// Breaks the surrogate pair of a mark.
    Cut { text: &'a str, part: Break },
    /// Takes back the last edit that was tracked.
    Undo,
    /// Does it again.
    Redo,
    /// Moves the caret.
    Move,
}

/// What a copy is in the end.
#[derive(Debug, PartialEq, Eq)]
pub struct Copied {
    pub text: String,
    /// (client, clock), ascending.
    pub clocks: Vec<(u64, u32)>,
    /// It waits for something that never came.
    pub pending: bool,
}

/// A copy of the text.
pub trait Replica {
    /// What a new connection begins with.
    fn begin(&mut self) -> Vec<Bytes>;
    /// Takes what the server says; answers.
    fn hear(&mut self, frames: &[Bytes]) -> Vec<Bytes>;
    /// Edits; none: there was nothing to do.
    fn edit(&mut self, edit: &Edit<'_>) -> Option<Vec<Bytes>>;
    /// What it is now.
    fn look(&mut self) -> Copied;
    /// Whether a broken pair can be taken back.
    fn mends(&self) -> bool;
}

/// A program that writes with yrs.
pub struct Program {
    doc: Doc,
    text: TextRef,
    caret: u64,
    /// What it wrote (true) and deleted, for taking it back: by writing and deleting again, as a program would.
    undo: Vec<(bool, String)>,
    redo: Vec<(bool, String)>,
}

impl Program {
    /// An empty copy.
    pub fn new(client: u64) -> Self {
        let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(ClientID::new(client)) });
        let text = doc.get_or_insert_text("content");
        Self { doc, text, caret: 0, undo: Vec::new(), redo: Vec::new() }
    }

    fn content(&self) -> String {
        self.text.get_string(&self.doc.transact())
    }

    /// An edit as a frame.
    fn change(&self, edit: impl FnOnce(&mut TransactionMut<'_>)) -> Vec<Bytes> {
        let mut transaction = self.doc.transact_mut();
        edit(&mut transaction);
        vec![wire::update(&transaction.encode_update_v1())]
    }

    fn insert(&self, at: u32, mark: &str) -> Vec<Bytes> {
        let text = self.content();
        let places: Vec<usize> = std::iter::once(0).chain(text.match_indices('>').map(|(at, _)| at + 1)).collect();
        let place = units(&text[..places[at as usize % places.len()]]);
        self.change(|edit| self.text.insert(edit, place, mark))
    }

    fn remove(&self, mark: &str) -> Option<Vec<Bytes>> {
        let place = self.find(mark)?;
        Some(self.change(|edit| self.text.remove_range(edit, place, units(mark))))
    }

    fn cut(&self, mark: &str, part: Break) -> Option<Vec<Bytes>> {
        let pair = self.find(mark)? + units(&mark[..mark.find('💡')?]);
        Some(self.change(|edit| match part {
            Break::First => self.text.remove_range(edit, pair, 1),
            Break::Second => self.text.remove_range(edit, pair + 1, 1),
            Break::Between => self.text.insert(edit, pair + 1, "|"),
        }))
    }

    fn find(&self, mark: &str) -> Option<u32> {
        let text = self.content();
        text.find(mark).map(|at| units(&text[..at]))
    }

    /// Does the contrary of what was done, or the same again.
    fn turn(&mut self, wrote: bool, mark: &str) -> Option<Vec<Bytes>> {
        if wrote { Some(self.insert(0, mark)) } else { self.remove(mark) }
    }

    fn note(&mut self, wrote: bool, mark: &str) {
        self.undo.push((wrote, mark.to_owned()));
        self.redo.clear();
    }
}

impl Replica for Program {
    fn begin(&mut self) -> Vec<Bytes> {
        vec![wire::step1(&self.doc.transact().state_vector().encode_v1())]
    }

    fn hear(&mut self, frames: &[Bytes]) -> Vec<Bytes> {
        let mut answers = Vec::new();
        for frame in frames {
            match wire::parse(frame).expect("the server speaks clearly") {
                wire::Message::Step1(vector) => {
                    let vector = StateVector::decode_v1(vector).expect("a state vector");
                    answers.push(wire::step2(&self.doc.transact().encode_state_as_update_v1(&vector)));
                }
                wire::Message::Step2(update) | wire::Message::Update(update) => {
                    let update = Update::decode_v1(update).expect("an update");
                    self.doc.transact_mut().apply_update(update).expect("it can be applied");
                }
                _ => {}
            }
        }
        answers
    }

    fn edit(&mut self, edit: &Edit<'_>) -> Option<Vec<Bytes>> {
        match *edit {
            Edit::Insert { at, text, tracked } => {
                if tracked {
                    self.note(true, text);
                }
                Some(self.insert(at, text))
            }
            Edit::Remove { text, tracked } => {
                if tracked {
                    self.note(false, text);
                }
                self.remove(text)
            }
            Edit::Cut { text, part } => {
                (self.undo, self.redo) = (Vec::new(), Vec::new());
                self.cut(text, part)
            }
            Edit::Undo => {
                let (wrote, mark) = self.undo.pop()?;
                let frames = self.turn(!wrote, &mark);
                self.redo.push((wrote, mark));
                frames
            }
            Edit::Redo => {
                let (wrote, mark) = self.redo.pop()?;
                let frames = self.turn(wrote, &mark);
                self.undo.push((wrote, mark));
                frames
            }
            Edit::Move => {
                self.caret += 1;
                let mut states = Vec::new();
                for number in [1, self.doc.client_id().get(), self.caret] {
                    put(&mut states, number);
                }
                put_bytes(&mut states, b"{}");
                Some(vec![wire::awareness(&states)])
            }
        }
    }

    fn look(&mut self) -> Copied {
        let read = self.doc.transact();
        let mut clocks: Vec<_> = read.state_vector().iter().map(|(client, clock)| (client.get(), *clock)).collect();
        clocks.sort_unstable();
        Copied { text: self.text.get_string(&read), clocks, pending: read.has_missing_updates() }
    }

    fn mends(&self) -> bool {
        false
    }
}

/// UTF-16 code units.
fn units(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).expect("a short text")
}
