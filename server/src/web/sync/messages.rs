//! What a client sends, out of its socket.

use std::sync::Arc;

use tokio::io::AsyncReadExt;
use tokio::net::tcp::OwnedReadHalf;

use super::incoming::{Frame, Frames, Heard, Unheard};
use super::outgoing::Outgoing;
use crate::rooms::Rooms;

/// The messages of a client.
pub struct Messages {
    socket: OwnedReadHalf,
    /// For answers to pings and to the goodbye.
    line: Arc<Outgoing>,
    frames: Frames,
    /// The client has left, or said goodbye.
    gone: bool,
}

impl Messages {
    /// Those that come from a socket, after what came early.
    pub fn new(socket: OwnedReadHalf, line: Arc<Outgoing>, rooms: &Rooms, early: &[u8]) -> Self {
        let frames = Frames::new(early, rooms.limits().message_bytes, rooms.incoming());
        Self { socket, line, frames, gone: false }
    }

    /// Waits for the next. Nothing is lost when it is not waited for any more.
    pub async fn next(&mut self) -> Result<Heard, Unheard> {
        while !self.gone {
            match self.frames.take()? {
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
            if self.next().await.is_err() {
                self.frames.forget();
                self.read().await;
            }
        }
    }

    /// Reads something, if the client is still there.
    async fn read(&mut self) {
        self.frames.tidy();
        // The buffer is made when there is something to read, not while that is waited for.
        let read = match self.socket.readable().await {
            Ok(()) => self.socket.read_buf(self.frames.buffer()).await,
            Err(error) => Err(error),
        };
        self.gone = !matches!(read, Ok(1..));
    }
}
