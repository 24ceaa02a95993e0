//! What a client sends, out of the frames of its websocket.
//!
//! Not by the library that the tests and `/events` use: it keeps a buffer for each connection that is as large as the largest message it ever had, and
//! with messages as large as documents a few hundred connections would hold gigabytes. Here a connection that says nothing holds nothing, and one
//! that says something holds what has come of it. <https://www.rfc-editor.org/rfc/rfc6455#section-5>

use std::io::{Cursor, ErrorKind};
use std::sync::Arc;

use bytes::{Buf, Bytes, BytesMut};
use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};

use super::outgoing::Outgoing;

/// Bytes read at once, when no more are known to come.
const CHUNK: usize = 4 << 10;

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
}

/// The messages of a client.
pub struct Messages {
    line: Arc<Outgoing>,
    frames: Frames,
    /// The client has left, or said goodbye.
    gone: bool,
}

impl Messages {
    /// Those that come over a line, of at most so many bytes, after what came early.
    pub fn new(line: Arc<Outgoing>, largest: usize, early: &[u8]) -> Self {
        Self { line, frames: Frames { come: BytesMut::from(early), lacking: 0, begun: None, largest }, gone: false }
    }

    /// Waits for the next. Nothing is lost when it is not waited for any more.
    pub async fn next(&mut self) -> Result<Heard, Unheard> {
        while !self.gone {
            match self.frames.next()? {
                None => self.read().await,
                Some(Frame::Heard(heard)) => return Ok(heard),
                Some(Frame::Ping(body)) => {
                    self.gone = !self.line.pong(body);
                    return Ok(Heard::Sign);
                }
                Some(Frame::Goodbye(body)) => {
                    self.line.goodbye(body);
                    self.gone = true;
                }
            }
        }
        Err(Unheard::Gone)
    }

    /// Takes what comes for nothing, until the client has left.
    pub async fn ignore(&mut self) {
        while !self.gone {
            if matches!(self.next().await, Err(Unheard::Malformed | Unheard::TooLarge)) {
                self.frames.come.clear();
                self.read().await;
            }
        }
    }

    /// Reads something, if the client is still there.
    async fn read(&mut self) {
        loop {
            let ready = self.line.socket.readable().await;
            match ready.and_then(|()| self.line.socket.try_read_buf(self.frames.place())) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => self.frames.tidy(),
                Ok(0) | Err(_) => {
                    self.gone = true;
                    return;
                }
                Ok(_) => return,
            }
        }
    }
}

/// Frames, out of the bytes that have come.
struct Frames {
    come: BytesMut,
    /// What is known to be lacking of the next frame.
    lacking: usize,
    /// A message of which parts have come.
    begun: Option<BytesMut>,
    /// The limit of a message.
    largest: usize,
}

/// A frame.
#[derive(Debug, PartialEq, Eq)]
enum Frame {
    Heard(Heard),
    /// To be answered with this.
    Ping(Bytes),
    /// The last one, to be answered with this.
    Goodbye(Bytes),
}

impl Frames {
    /// Where to put what comes.
    fn place(&mut self) -> &mut BytesMut {
        self.come.reserve(self.lacking.max(CHUNK));
        &mut self.come
    }

    /// Nothing is kept for a client that says nothing.
    fn tidy(&mut self) {
        if self.come.is_empty() {
            self.come = BytesMut::new();
        }
    }

    /// The next frame, once all of it has come.
    fn next(&mut self) -> Result<Option<Frame>, Unheard> {
        let mut read = Cursor::new(&self.come[..]);
        let Some((header, length)) = FrameHeader::parse(&mut read).map_err(|_| Unheard::Malformed)? else {
            return Ok(None);
        };
        let head = usize::try_from(read.position()).map_err(|_| Unheard::Malformed)?;
        let length = usize::try_from(length).map_err(|_| Unheard::TooLarge)?;
        let mask = self.allowed(&header, length)?;
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
                    return Frame::Heard(Heard::Message(whole.freeze()));
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
        Frames { come: BytesMut::new(), lacking: 0, begun: None, largest: LARGEST }
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
            frames.place().extend_from_slice(piece);
            while let Some(frame) = frames.next()? {
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
