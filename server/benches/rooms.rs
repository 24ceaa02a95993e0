//! What a keystroke and an opening cost a room, without sockets and database: `cargo bench -p server --bench rooms`.
#![expect(missing_docs, reason = "criterion's macros make public items")]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use server::rooms::document::Document;
use server::rooms::merge::merge;
use server::rooms::scan::scan;
use server::rooms::wire;
use yrs::{ClientID, Doc, OffsetKind, Options, ReadTxn, StateVector, Text, Transact};

/// A document with a history: words inserted here and there, a third of them deleted again.
fn history(words: u32) -> (Doc, Vec<u8>) {
    let doc = Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(ClientID::new(7)) });
    let text = doc.get_or_insert_text("content");
    let mut at = 0;
    for step in 0..words {
        let mut edit = doc.transact_mut();
        let length = text.len(&edit);
        at = (at + step.wrapping_mul(2_654_435_761)) % (length + 1);
        if step % 3 == 2 {
            text.remove_range(&mut edit, at.min(length - 5), 5);
        } else {
            text.insert(&mut edit, at, "ledger ");
        }
    }
    let state = doc.transact().encode_state_as_update_v1(&StateVector::default());
    (doc, state)
}

/// Keystrokes made on a document, one update each.
fn keystrokes(doc: &Doc, count: u32) -> Vec<Vec<u8>> {
    let text = doc.get_or_insert_text("content");
    (0..count)
        .map(|step| {
            let mut edit = doc.transact_mut();
            text.insert(&mut edit, 100 + step, "x");
            edit.encode_update_v1()
        })
        .collect()
}

fn rooms(criterion: &mut Criterion) {
    for words in [1_000, 30_000] {
        let (doc, state) = history(words);
        let typed = keystrokes(&doc, 100);
        let open = || Document::open([state.as_slice()]).expect("a good state");
        criterion.bench_function(&format!("scan and apply 100 keystrokes, {words} words of history"), |bench| {
            bench.iter_batched_ref(
                open,
                |document| {
                    for update in &typed {
                        let scan = scan(update, |client| document.known(client)).expect("a good update");
                        document.apply(update, &scan).expect("nothing is missing");
                    }
                },
                BatchSize::LargeInput,
            );
        });
        criterion.bench_function(&format!("merge and frame 100 keystrokes, {words} words of history"), |bench| {
            bench.iter(|| wire::update(&merge(&typed).expect("they follow one another")));
        });
        criterion.bench_function(&format!("encode for an opener after an edit, {words} words of history"), |bench| {
            bench.iter_batched_ref(
                || {
                    let mut document = open();
                    let scan = scan(&typed[0], |client| document.known(client)).expect("a good update");
                    document.apply(&typed[0], &scan).expect("nothing is missing");
                    document
                },
                |document| document.encoded().expect("a good document"),
                BatchSize::LargeInput,
            );
        });
        criterion.bench_function(&format!("open from the log, {words} words of history"), |bench| bench.iter_with_large_drop(open));
    }
}

criterion_group!(benches, rooms);
criterion_main!(benches);
