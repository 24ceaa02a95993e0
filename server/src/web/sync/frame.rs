//! A websocket frame on its way out. What it carries is shared by everybody who is sent it.

use std::io::{IoSlice, Result};

use bytes::{Buf, Bytes};
use socket2::SockRef;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Control, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame as Whole, FrameHeader};

use crate::rooms::Close;

/// The longest head of a frame that a server sends.
const HEAD: usize = 10;

/// Frames up to here are put together to be sent: copying so little is cheaper than what the kernel does to send two pieces.
const SMALL: usize = 512;

/// What is left to write of a frame.
#[derive(Debug)]
pub struct Frame {
    head: [u8; HEAD],
    /// What is left of the head: from … to.
    left: (u8, u8),
    body: Bytes,
}

impl Frame {
    /// A message.
    pub fn message(body: Bytes) -> Self {
        Self::new(OpCode::Data(Data::Binary), body)
    }

    /// A sign of life.
    pub fn ping() -> Self {
        Self::new(OpCode::Control(Control::Ping), Bytes::new())
    }

    /// The answer to one, with what it carried.
    pub fn pong(body: Bytes) -> Self {
        Self::new(OpCode::Control(Control::Pong), body)
    }

    /// The last word.
    pub fn close(close: Close) -> Self {
        let words = Whole::close(Some(CloseFrame { code: close.code.into(), reason: close.reason.into() }));
        Self::goodbye(words.into_payload())
    }

    /// The answer to the client's last word, with the same.
    pub fn goodbye(body: Bytes) -> Self {
        Self::new(OpCode::Control(Control::Close), body)
    }

    fn new(opcode: OpCode, body: Bytes) -> Self {
        let mut head = [0; HEAD];
        let mut rest = &mut head[..];
        let header = FrameHeader { opcode, ..FrameHeader::default() };
        let written = header.format(body.len() as u64, &mut rest).map(|()| HEAD - rest.len());
        // A head always fits: HEAD bytes are what an unmasked one has at most.
        let written = written.unwrap_or_default().try_into().unwrap_or_default();
        Self { head, left: (0, written), body }
    }

    /// Both parts, for one write.
    pub fn slices(&self) -> [IoSlice<'_>; 2] {
        [IoSlice::new(self.head()), IoSlice::new(&self.body)]
    }

    fn head(&self) -> &[u8] {
        &self.head[usize::from(self.left.0)..usize::from(self.left.1)]
    }

    /// Sends what the socket takes at once; answers how much that was.
    pub fn send(&self, socket: &SockRef<'_>) -> Result<usize> {
        let (head, length) = (self.head().len(), self.head().len() + self.body.len());
        if length > SMALL {
            return socket.send_vectored(&self.slices());
        }
        let mut whole = [0; SMALL];
        whole[..head].copy_from_slice(self.head());
        whole[head..length].copy_from_slice(&self.body);
        socket.send(&whole[..length])
    }

    /// Takes what was written off; answers how much of that was behind this frame, and none when something of it is left.
    pub fn written(&mut self, bytes: usize) -> Option<usize> {
        let head = bytes.min(self.head().len());
        self.left.0 += u8::try_from(head).unwrap_or_default();
        let body = (bytes - head).min(self.body.len());
        self.body.advance(body);
        (self.head().is_empty() && self.body.is_empty()).then_some(bytes - head - body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(frame: &Frame) -> Vec<u8> {
        frame.slices().iter().flat_map(|slice| slice.iter().copied()).collect()
    }

    #[test]
    fn a_frame_is_what_the_library_would_write() {
        for length in [0, 1, 125, 126, 65_535, 65_536] {
            let body = Bytes::from(vec![7; length]);
            let mut expected = Vec::new();
            Whole::message(body.clone(), OpCode::Data(Data::Binary), true).format(&mut expected).unwrap();
            assert_eq!(bytes(&Frame::message(body)), expected, "{length} bytes");
        }
        let mut expected = Vec::new();
        Whole::close(Some(CloseFrame { code: 4509.into(), reason: "resync".into() })).format(&mut expected).unwrap();
        assert_eq!(bytes(&Frame::close(Close::RESYNC)), expected);
    }

    #[test]
    fn what_is_written_in_pieces_is_written_whole() {
        let whole = bytes(&Frame::message(Bytes::from_static(b"a message")));
        for piece in 1..=whole.len() {
            let (mut frame, mut written) = (Frame::message(Bytes::from_static(b"a message")), Vec::new());
            let behind = loop {
                let next: Vec<u8> = bytes(&frame).into_iter().take(piece).collect();
                written.extend(&next);
                if let Some(behind) = frame.written(next.len()) {
                    break behind;
                }
            };
            assert_eq!((&written, behind), (&whole, 0), "in pieces of {piece}");
        }
        assert_eq!(Frame::ping().written(5), Some(3), "what was written of the next is told");
    }
}
