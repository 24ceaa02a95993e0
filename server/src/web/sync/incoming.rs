//! The frames of a client's websocket, out of the bytes that come.
//!
//! Not by the library that the tests and `/events` use: it keeps a buffer for each connection that is as large as the largest message it ever had, and
//! with messages as large as documents a few hundred connections would hold gigabytes. Here a connection that says nothing holds nothing, and one
//! that says something holds what has come of it. <https://www.rfc-editor.org/rfc/rfc6455#section-5>

use std::io::Cursor;
use std::sync::Arc;

use bytes::{Buf, Bytes, BytesMut};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

/// Bytes read at once, when no more are known to come.
const CHUNK: usize = 4 << 10;

/// A message that is longer has a place in memory while it comes and until it is handled; there are only so many.
const LARGE: usize = 64 << 10;

/// The longest body of a ping, a pong or a goodbye.
const SHORT: usize = 125;

/// What was heard.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message.
    Message(Bytes),
    /// A sign of life, or a part of a message.
    Sign,
}

/// Why nothing more is heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unheard {
    /// The client has left.
    Gone,
    /// No frame of a client, or text.
    Malformed,
    /// A message over the limit.
    TooLarge,
    /// A large message, while too many others are coming.
    NoPlace,
}

/// Frames, out of the bytes that have come.
#[derive(Debug)]
pub struct Frames {
    come: BytesMut,
    /// What is known to be lacking of the next frame.
    lacking: usize,
    /// A message of which parts have come.
    begun: Option<BytesMut>,
    /// The limit of a message.
    largest: usize,
    /// Places in memory for large ones, in bytes …
    places: Arc<Semaphore>,
    /// … and that of the one which is coming.
    place: Option<OwnedSemaphorePermit>,
}

/// A large message, which keeps its place in memory.
struct Large {
    body: BytesMut,
    _place: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Large {
    fn as_ref(&self) -> &[u8] {
        &self.body
    }
}

/// A frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Frame {
    /// A message, or a sign of life.
    Heard(Heard),
    /// To be answered with this.
    Ping(Bytes),
    /// The last one, to be answered with this.
    Goodbye(Bytes),
}

impl Frames {
    /// Frames of messages of at most so many bytes, after what came early.
    pub fn new(early: &[u8], largest: usize, places: Arc<Semaphore>) -> Self {
        Self { come: BytesMut::from(early), lacking: 0, begun: None, largest, places, place: None }
    }

    /// Where to put what comes.
    pub fn buffer(&mut self) -> &mut BytesMut {
        self.come.reserve(self.lacking.max(CHUNK));
        &mut self.come
    }

    /// Nothing is kept for a client that says nothing.
    pub fn tidy(&mut self) {
        if self.come.is_empty() {
            self.come = BytesMut::new();
        }
    }

    /// Forgets what has come.
    pub fn forget(&mut self) {
        (self.come, self.lacking, self.begun, self.place) = (BytesMut::new(), 0, None, None);
    }

    /// The next frame, once all of it has come.
    pub fn take(&mut self) -> Result<Option<Frame>, Unheard> {
        let mut read = Cursor::new(&self.come[..]);
        let Some((header, length)) = FrameHeader::parse(&mut read).map_err(|_| Unheard::Malformed)? else {
            return Ok(None);
        };
        let head = usize::try_from(read.position()).map_err(|_| Unheard::Malformed)?;
        let length = usize::try_from(length).map_err(|_| Unheard::TooLarge)?;
        let mask = self.allowed(&header, length)?;
        if matches!(header.opcode, OpCode::Data(_)) {
            self.take_place(length)?;
        }
        self.lacking = (head + length).saturating_sub(self.come.len());
        if self.lacking > 0 {
            return Ok(None);
        }
        self.come.advance(head);
        // A short one is copied, so that whoever keeps it does not keep what it came with.
        let mut body = if length < CHUNK { BytesMut::from(&self.come[..length]) } else { self.come.split_to(length) };
        if length < CHUNK {
            self.come.advance(length);
        }
        unmask(&mut body, mask);
        Ok(Some(self.frame(&header, body)))
    }

    /// Whether a client may send such a frame; answers its mask.
    fn allowed(&self, header: &FrameHeader, length: usize) -> Result<[u8; 4], Unheard> {
        let malformed = match header.opcode {
            OpCode::Control(Control::Reserved(_)) | OpCode::Data(Data::Reserved(_) | Data::Text) => true,
            OpCode::Control(_) => !header.is_final || length > SHORT,
            OpCode::Data(Data::Binary) => self.begun.is_some(),
            OpCode::Data(Data::Continue) => self.begun.is_none(),
        };
        if malformed || header.rsv1 || header.rsv2 || header.rsv3 {
            return Err(Unheard::Malformed);
        }
        let begun = self.begun.as_ref().map_or(0, BytesMut::len);
        if length > self.largest.saturating_sub(begun) {
            return Err(Unheard::TooLarge);
        }
        header.mask.ok_or(Unheard::Malformed)
    }

    /// Takes a place for so many more bytes of a message.
    fn take_place(&mut self, length: usize) -> Result<(), Unheard> {
        let bytes = self.begun.as_ref().map_or(0, BytesMut::len) + length;
        let held = self.place.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        if bytes <= LARGE || bytes <= held {
            return Ok(());
        }
        let more = u32::try_from(bytes - held).map_err(|_| Unheard::TooLarge)?;
        let more = self.places.clone().try_acquire_many_owned(more).map_err(|_| Unheard::NoPlace)?;
        match &mut self.place {
            Some(place) => place.merge(more),
            None => self.place = Some(more),
        }
        Ok(())
    }

    /// What a frame says, which is allowed.
    fn frame(&mut self, header: &FrameHeader, body: BytesMut) -> Frame {
        match header.opcode {
            OpCode::Control(Control::Close) => Frame::Goodbye(body.freeze()),
            OpCode::Control(Control::Ping) => Frame::Ping(body.freeze()),
            OpCode::Control(_) => Frame::Heard(Heard::Sign),
            OpCode::Data(_) => {
                let whole = match self.begun.take() {
                    None => body,
                    Some(mut begun) => {
                        begun.extend_from_slice(&body);
                        begun
                    }
                };
                if header.is_final {
                    return Frame::Heard(Heard::Message(match self.place.take() {
                        Some(place) => Bytes::from_owner(Large { body: whole, _place: place }),
                        None => whole.freeze(),
                    }));
                }
                self.begun = Some(whole);
                Frame::Heard(Heard::Sign)
            }
        }
    }
}

/// Takes off the mask that clients put on, against proxies that would take what they send for something else.
fn unmask(body: &mut [u8], mask: [u8; 4]) {
    let [a, b, c, d] = mask;
    let key = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    let mut words = body.chunks_exact_mut(8);
    for word in &mut words {
        let mut whole = [0; 8];
        whole.copy_from_slice(word);
        word.copy_from_slice(&(u64::from_ne_bytes(whole) ^ key).to_ne_bytes());
    }
    for (byte, key) in words.into_remainder().iter_mut().zip(mask.iter().cycle()) {
        *byte ^= key;
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use tokio_tungstenite::tungstenite::protocol::frame::Frame as Written;

    use super::*;

    const LARGEST: usize = 20_000;

    fn frames() -> Frames {
        Frames::new(&[], LARGEST, Arc::new(Semaphore::new(0)))
    }

    /// A frame as a client's library writes it.
    fn written(opcode: OpCode, body: &[u8], last: bool) -> Vec<u8> {
        let header = FrameHeader { opcode, is_final: last, mask: Some([1, 2, 3, 250]), ..FrameHeader::default() };
        let mut bytes = Vec::new();
        Written::from_payload(header, body.to_vec().into()).format(&mut bytes).unwrap();
        bytes
    }

    fn binary(body: &[u8]) -> Vec<u8> {
        written(OpCode::Data(Data::Binary), body, true)
    }

    /// What is heard when bytes come in pieces.
    fn heard(bytes: &[u8], piece: usize) -> Result<Vec<Frame>, Unheard> {
        let (mut frames, mut all) = (frames(), Vec::new());
        for piece in bytes.chunks(piece) {
            frames.buffer().extend_from_slice(piece);
            while let Some(frame) = frames.take()? {
                all.push(frame);
            }
        }
        frames.tidy();
        assert!(!frames.come.is_empty() || frames.come.capacity() == 0, "something is kept for a client that says nothing");
        Ok(all)
    }

    proptest! {
        #[test]
        fn messages_come_as_they_were_sent_whatever_pieces_they_come_in(
            sent in vec((vec(any::<u8>(), 0..9_000), 1..4_000_usize, any::<bool>()), 1..6), piece in 1..9_000_usize,
        ) {
            let mut bytes = Vec::new();
            for (body, part, ping) in &sent {
                let parts: Vec<&[u8]> = if body.is_empty() { vec![&[]] } else { body.chunks(*part).collect() };
                for (n, some) in parts.iter().enumerate() {
                    let opcode = if n == 0 { Data::Binary } else { Data::Continue };
                    bytes.extend(written(OpCode::Data(opcode), some, n + 1 == parts.len()));
                    if *ping {
                        bytes.extend(written(OpCode::Control(Control::Ping), b"there?", true));
                    }
                }
            }
            let all = heard(&bytes, piece).unwrap();
            let pings = all.iter().filter(|frame| **frame == Frame::Ping(Bytes::from_static(b"there?"))).count();
            prop_assert_eq!(pings, sent.iter().filter(|sent| sent.2).map(|sent| sent.0.len().div_ceil(sent.1).max(1)).sum::<usize>());
            let messages: Vec<Bytes> =
                all.into_iter().filter_map(|frame| if let Frame::Heard(Heard::Message(body)) = frame { Some(body) } else { None }).collect();
            prop_assert_eq!(messages, sent.into_iter().map(|(body, ..)| Bytes::from(body)).collect::<Vec<_>>());
        }

        #[test]
        fn whatever_comes_is_heard_or_refused(bytes in vec(any::<u8>(), 0..300), piece in 1..300_usize) {
            let _ = heard(&bytes, piece);
        }
    }

    #[test]
    fn a_large_message_has_its_place_from_its_first_frame_until_it_is_handled() {
        let places = Arc::new(Semaphore::new(5 * LARGE));
        let frames = || Frames::new(&[], 9 * LARGE, places.clone());
        let (first, rest) = (written(OpCode::Data(Data::Binary), &vec![1; LARGE], false), &vec![2; 2 * LARGE]);
        let last = written(OpCode::Data(Data::Continue), rest, true);
        let mut one = frames();
        one.buffer().extend_from_slice(&[&first[..], &last[..20]].concat());
        assert_eq!(one.take(), Ok(Some(Frame::Heard(Heard::Sign))));
        assert_eq!(places.available_permits(), 5 * LARGE, "what is as long as a small one needs none");
        assert_eq!([one.take(), one.take()], [Ok(None), Ok(None)]);
        assert_eq!(places.available_permits(), 2 * LARGE);

        let mut other = frames();
        other.buffer().extend_from_slice(&binary(rest)[..20]);
        assert_eq!(other.take(), Ok(None));
        let mut third = frames();
        third.buffer().extend_from_slice(&binary(&vec![3; LARGE + 1])[..20]);
        assert_eq!(third.take(), Err(Unheard::NoPlace));
        drop(other);

        one.buffer().extend_from_slice(&last[20..]);
        let Ok(Some(Frame::Heard(Heard::Message(message)))) = one.take() else { panic!("no message") };
        assert_eq!(message.len(), 3 * LARGE);
        let kept = message.slice(9..);
        drop((one, message));
        assert_eq!(places.available_permits(), 2 * LARGE, "a room still has it");
        drop(kept);
        assert_eq!(places.available_permits(), 5 * LARGE);
    }

    #[test]
    fn what_no_client_may_send_ends_the_connection() {
        let [text, more] = [Data::Text, Data::Continue].map(OpCode::Data);
        let part = written(OpCode::Data(Data::Binary), b"one", false);
        let mut bare = Vec::new();
        Written::message(b"bare".to_vec(), OpCode::Data(Data::Binary), true).format(&mut bare).unwrap();
        let mut marked = binary(b"marked");
        marked[0] |= 0x40;
        for (bytes, why) in [
            (written(text, b"words", true), Unheard::Malformed),
            (written(more, b"of nothing", true), Unheard::Malformed),
            ([part.clone(), binary(b"two")].concat(), Unheard::Malformed),
            (written(OpCode::Control(Control::Ping), &[0; SHORT + 1], true), Unheard::Malformed),
            (written(OpCode::Control(Control::Close), b"", false), Unheard::Malformed),
            (bare, Unheard::Malformed),
            (marked, Unheard::Malformed),
            (binary(&vec![0; LARGEST + 1]), Unheard::TooLarge),
            ([part, written(more, &vec![0; LARGEST - 2], true)].concat(), Unheard::TooLarge),
            // Of a message as large as memory nothing but the head is read.
            (vec![0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4], Unheard::TooLarge),
        ] {
            assert_eq!(heard(&bytes, 7), Err(why), "{bytes:?}");
        }
        assert_eq!(heard(&binary(&vec![7; LARGEST]), 999).unwrap().len(), 1);
        let goodbye = written(OpCode::Control(Control::Close), b"\x03\xe8bye", true);
        assert_eq!(heard(&goodbye, 99).unwrap(), [Frame::Goodbye(Bytes::from_static(b"\x03\xe8bye"))]);
    }
}
