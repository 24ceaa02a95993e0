//! The messages of the y-protocols on a socket, and Quorum's own three beside them.
//! <https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md>

use bytes::Bytes;

use super::varint::{Malformed, Reader, put, put_bytes};

const SYNC: u8 = 0;
const AWARENESS: u8 = 1;
/// "Every frame of yours up to n is committed."
const COMMITTED: u8 = 100;
/// 1: degraded, the server cannot keep what it shows; 0: it can again.
const MODE: u8 = 101;
/// "A write of yours was refused", with the reason as a word.
const REFUSED: u8 = 102;

/// An empty update: nothing inserted, nothing deleted.
pub const NOTHING: &[u8] = &[0, 0];

/// What a peer says.
#[derive(Debug, PartialEq, Eq)]
pub enum Message<'a> {
    /// "This is what I have", as a state vector: wants what it lacks.
    Step1(&'a [u8]),
    /// The answer to our step 1.
    Step2(&'a [u8]),
    /// An edit.
    Update(&'a [u8]),
    /// Presence.
    Awareness(&'a [u8]),
    /// Wants everybody's presence.
    QueryAwareness,
    /// A kind we do not know: later clients may say more.
    Unknown,
}

/// Reads one message.
pub fn parse(frame: &[u8]) -> Result<Message<'_>, Malformed> {
    let mut reader = Reader::new(frame);
    let message = match reader.number()? {
        0 => match reader.number()? {
            0 => Message::Step1(reader.bytes()?),
            1 => Message::Step2(reader.bytes()?),
            2 => Message::Update(reader.bytes()?),
            _ => return Err(Malformed),
        },
        1 => Message::Awareness(reader.bytes()?),
        3 => Message::QueryAwareness,
        _ => return Ok(Message::Unknown),
    };
    if reader.done() { Ok(message) } else { Err(Malformed) }
}

/// "This is what I have."
pub fn step1(state_vector: &[u8]) -> Bytes {
    framed(&[SYNC, 0], state_vector)
}

/// What a peer lacks.
pub fn step2(update: &[u8]) -> Bytes {
    framed(&[SYNC, 1], update)
}

/// An edit.
pub fn update(update: &[u8]) -> Bytes {
    framed(&[SYNC, 2], update)
}

/// Presence.
pub fn awareness(states: &[u8]) -> Bytes {
    framed(&[AWARENESS], states)
}

/// "Every frame of yours up to `n` is committed."
pub fn committed(n: u64) -> Bytes {
    let mut out = vec![COMMITTED];
    put(&mut out, n);
    out.into()
}

/// Degraded or not.
pub fn mode(degraded: bool) -> Bytes {
    vec![MODE, u8::from(degraded)].into()
}

/// "A write of yours was refused."
pub fn refused(reason: &str) -> Bytes {
    framed(&[REFUSED], reason.as_bytes())
}

/// A head and bytes with their length.
fn framed(head: &[u8], bytes: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(head.len() + bytes.len() + 5);
    out.extend_from_slice(head);
    put_bytes(&mut out, bytes);
    out.into()
}

/// A state vector, in order of client so that equal ones are equal bytes.
pub fn state_vector<'a>(clocks: impl IntoIterator<Item = (&'a u64, &'a u32)>) -> Vec<u8> {
    let mut clocks: Vec<_> = clocks.into_iter().collect();
    clocks.sort_unstable();
    let mut out = Vec::with_capacity(clocks.len() * 8 + 2);
    put(&mut out, clocks.len() as u64);
    for (client, clock) in clocks {
        put(&mut out, *client);
        put(&mut out, u64::from(*clock));
    }
    out
}

/// Reads a state vector; a count is believed only as far as its entries are there.
pub fn parse_state_vector(bytes: &[u8]) -> Result<Vec<(u64, u32)>, Malformed> {
    let mut reader = Reader::new(bytes);
    let mut clocks = Vec::new();
    for _ in 0..reader.number()? {
        clocks.push((reader.number()?, reader.small()?));
    }
    if reader.done() { Ok(clocks) } else { Err(Malformed) }
}
