//! What comes out of a client's socket, in two ways of coming: the same frames are read, and the same is refused.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use server::web::sync::incoming::{Frame, Frames, Unheard};
use tokio::sync::Semaphore;

/// The longest message that is taken; what is longer than 64 KiB takes places, of which there are enough for one.
const LARGEST: usize = 100_000;

fuzz_target!(|input: (u8, &[u8])| {
    let (piece, bytes) = input;
    let places = Arc::new(Semaphore::new(LARGEST));
    assert_eq!(read(bytes, usize::from(piece) + 1, &places), read(bytes, bytes.len().max(1), &places));
    assert_eq!(places.available_permits(), LARGEST, "whoever is gone has no place");
});

/// The frames, and how they end.
fn read(bytes: &[u8], piece: usize, places: &Arc<Semaphore>) -> (Vec<Frame>, Result<(), Unheard>) {
    let (mut frames, mut all) = (Frames::new(&[], LARGEST, places.clone()), Vec::new());
    for piece in bytes.chunks(piece) {
        frames.buffer().extend_from_slice(piece);
        loop {
            match frames.take() {
                Ok(Some(frame)) => all.push(frame),
                Ok(None) => break,
                Err(end) => return (all, Err(end)),
            }
        }
        frames.tidy();
    }
    (all, Ok(()))
}
