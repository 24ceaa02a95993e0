//! One message of a socket: read, and what is inside of it looked at, as far as that goes without a document.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::rooms::merge::merge;
use server::rooms::scan::scan;
use server::rooms::wire::{self, Message};

fuzz_target!(|frame: &[u8]| {
    let Ok(message) = wire::parse(frame) else { return };
    match message {
        Message::Step1(state_vector) => {
            let Ok(clocks) = wire::parse_state_vector(state_vector) else { return };
            let again = wire::state_vector(clocks.iter().map(|(client, clock)| (client, clock)));
            assert_eq!(wire::parse_state_vector(&again).map(|clocks| clocks.len()), Ok(clocks.len()));
            assert_eq!(wire::parse(&wire::step1(state_vector)), Ok(message));
        }
        Message::Step2(update) => {
            assert_eq!(wire::parse(&wire::step2(update)), Ok(message));
            look_into(update);
        }
        Message::Update(update) => {
            assert_eq!(wire::parse(&wire::update(update)), Ok(message));
            look_into(update);
        }
        Message::Awareness(states) => assert_eq!(wire::parse(&wire::awareness(states)), Ok(message)),
        Message::QueryAwareness | Message::Unknown => {}
    }
});

/// What is let through can be joined, and then says the same.
fn look_into(update: &[u8]) {
    let Ok(before) = scan(update, |client| u32::from(client % 2 == 0) * 3) else { return };
    let merged = merge(&[update]).expect("one update has nothing to clash with");
    let after = scan(&merged, |client| u32::from(client % 2 == 0) * 3).expect("what is written can be read");
    assert_eq!((before.missing, before.unclean, before.inserted), (after.missing, after.unclean, after.inserted));
    assert_eq!(sorted(before.fresh), sorted(after.fresh));
}

fn sorted(mut clocks: Vec<(u64, u32)>) -> Vec<(u64, u32)> {
    clocks.sort_unstable();
    clocks
}
