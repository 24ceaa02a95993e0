//! What strangers say of themselves: heard, told to everybody here and to other processes, who must understand it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::rooms::Who;
use server::rooms::presence::Presence;
use server::rooms::varint::Reader;

/// As the usual limits have it.
const LIMIT: usize = 2_048;

fuzz_target!(|bytes: &[u8]| {
    let account = |last: u8| format!("018f0000-0000-7000-8000-0000000000{last}").parse().expect("an id");
    let people = [Who::new(account(11), "Ada"), Who::new(account(22), "Ben")];
    let (mut presence, mut elsewhere) = (Presence::default(), Presence::default());
    let mut reader = Reader::new(bytes);
    while let (Ok(what), Ok(message)) = (reader.byte(), reader.bytes()) {
        let peer = u64::from(what % 4) + 1;
        match what >> 6 {
            0 => presence.leave(peer),
            1 => {
                let _ = presence.hear_elsewhere(message);
            }
            _ => {
                let _ = presence.hear(peer, &people[usize::from(what % 2)], message, LIMIT);
            }
        }
        let (all, here) = presence.news();
        if let Some(here) = here {
            elsewhere.hear_elsewhere(&here).expect("another process understands it");
        }
        for told in [all, presence.everybody(), presence.here()].into_iter().flatten() {
            understood(&told);
        }
    }
});

/// Any Yjs client can read it to its end.
fn understood(message: &[u8]) {
    let mut reader = Reader::new(message);
    for _ in 0..reader.number().expect("a count") {
        (reader.number().expect("a client"), reader.small().expect("a clock"));
        let state = reader.text().expect("a state");
        assert!(state == "null" || state.trim_start().starts_with('{'), "{state}");
    }
    assert!(reader.done());
}
