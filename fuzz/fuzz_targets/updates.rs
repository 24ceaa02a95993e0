//! Updates of strangers, one after the other into one document, as its room takes them: scanned, applied, cleaned, encoded, opened from the log,
//! shown to others. yrs may panic, which a room survives; it must not hang, keep a hole, or leave what cannot be opened again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::rooms::document::Document;
use server::rooms::merge::merge;
use server::rooms::scan::scan;
use server::rooms::varint::Reader;

fuzz_target!(init: quietly(), |bytes: &[u8]| {
    let mut room = Room { document: open(&[]), rows: Vec::new() };
    let mut reader = Reader::new(bytes);
    while let Ok(update) = reader.bytes() {
        room.write(update);
    }
    room.check();
});

/// Panics of yrs are survived, and there are many: only those that are findings are told.
fn quietly() {
    std::panic::set_hook(Box::new(|panic| {
        if panic.location().is_some_and(|place| place.file().ends_with(file!())) {
            eprintln!("{panic}");
        }
    }));
}

/// A room's document and its log.
struct Room {
    document: Document,
    rows: Vec<Vec<u8>>,
}

fn open(rows: &[Vec<u8>]) -> Document {
    Document::open(rows.iter().map(Vec::as_slice)).expect("a log opens")
}

impl Room {
    /// Takes an update or leaves it, as `room/writing.rs` does.
    fn write(&mut self, update: &[u8]) {
        let Ok(scan) = scan(update, |client| self.document.known(client)) else { return };
        if scan.missing || self.document.knows_deletes(&scan.deletes).expect("asking changes nothing") && scan.fresh.is_empty() {
            return;
        }
        if self.document.apply(update, &scan).is_err() {
            self.document = open(&self.rows);
            return;
        }
        self.rows.push(update.to_vec());
        if scan.unclean
            && let Some(edit) = self.document.clean().expect("what was applied can be edited")
        {
            self.rows.push(edit);
        }
        self.document.encoded().expect("what was applied can be encoded");
    }

    /// However the document is come by, it is the same.
    fn check(&mut self) {
        let text = self.document.text().expect("a text");
        assert!(!text.contains(['\r', '\0']), "unclean");
        let state = self.document.encoded().expect("a state");
        let mut reloaded = open(&self.rows);
        assert_eq!(reloaded.text().as_ref(), Ok(&text), "the log has another text");
        assert_eq!(reloaded.clocks(), self.document.clocks(), "the log has other clocks");
        let mut snapshot = open(&[state.to_vec()]);
        assert_eq!(letters(&mut snapshot), letters(&mut self.document), "the snapshot has other letters");
        assert_eq!(snapshot.clocks(), self.document.clocks(), "the snapshot has other clocks");
        if let Some(merged) = merge(&self.rows) {
            assert_eq!(letters(&mut open(&[merged])), letters(&mut self.document), "one frame of all shows other letters");
        }
        let mut behind = open(&self.rows[..self.rows.len() / 2]);
        let clocks: Vec<(u64, u32)> = behind.clocks().iter().map(|(client, clock)| (*client, *clock)).collect();
        let difference = self.document.difference(&clocks).expect("a difference");
        behind.follow([difference.as_ref()]).expect("a difference is what is missing");
        assert_eq!(letters(&mut behind), letters(&mut self.document), "who was behind has other letters");
    }
}

/// The letters of a text, in no order: what is forged (a right neighbour that stands before the left one) has its place from the order in which it
/// came, in Yjs too. That honest edits have one order everywhere is shown with honest edits (`server/tests/rooms/differential.rs`).
fn letters(document: &mut Document) -> Vec<char> {
    let mut letters: Vec<char> = document.text().expect("a text").chars().collect();
    letters.sort_unstable();
    letters
}
