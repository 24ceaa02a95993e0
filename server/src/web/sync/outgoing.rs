//! From the room to the client. Whoever has something to say writes it to the socket itself, at once: in a room of many that is nearly all there
//! is to do, and waking a task for each of them would cost a quarter more. Only what a socket does not take waits, and only while something
//! waits is there a task that sees to it.

use std::collections::VecDeque;
use std::fmt;
use std::io::{ErrorKind, IoSlice};
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use socket2::SockRef;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::sync::Notify;
use tokio::time::timeout;

use super::frame::Frame;
use crate::rooms::{Close, Line, Rooms};

/// Frames written in one system call when several wait.
const AT_ONCE: usize = 32;

/// Bytes that a frame which waits takes beside what it carries.
pub const WAITING: usize = size_of::<Frame>();

/// A socket's way out.
pub struct Outgoing {
    socket: OwnedWriteHalf,
    rooms: Rooms,
    /// The lock is held while the socket takes what it can without waiting, never across an await.
    state: Mutex<State>,
    /// Wakes whoever reads from the socket, the only one who waits.
    told: Notify,
    me: Weak<Self>,
}

/// What is known of a socket.
#[derive(Debug, Default)]
struct State {
    /// Not taken by the socket yet. While there is something, a task sees to it.
    waiting: VecDeque<Frame>,
    stage: Stage,
    /// What its account may do has changed.
    doubted: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Open,
    /// Goodbye is said; nothing is said after it.
    Closing,
    /// There is nobody to talk to.
    Over,
}

/// What whoever reads from the socket must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// The credential is to be looked at again.
    Doubt,
    /// The connection ends.
    Ended,
}

impl Outgoing {
    /// The way out of a socket that is open.
    pub fn new(socket: OwnedWriteHalf, rooms: Rooms) -> Arc<Self> {
        Arc::new_cyclic(|me| Self { socket, rooms, state: Mutex::default(), told: Notify::new(), me: me.clone() })
    }

    /// Has the client pinged.
    pub fn ping(&self) {
        self.say(Frame::ping());
    }

    /// Answers a ping; false: too much is waiting.
    pub fn pong(&self, body: Bytes) -> bool {
        self.say(Frame::pong(body))
    }

    /// Answers a goodbye, unless it is an answer itself.
    pub fn goodbye(&self, body: Bytes) {
        self.say(Frame::goodbye(body));
    }

    /// Waits for news.
    pub async fn news(&self) -> News {
        loop {
            {
                let mut state = self.state();
                if state.stage != Stage::Open {
                    return News::Ended;
                }
                if take(&mut state.doubted) {
                    return News::Doubt;
                }
            }
            self.told.notified().await;
        }
    }

    /// Waits until everything that was said before the goodbye, and that, is written or given up.
    pub async fn said(&self) {
        while self.state().has_goodbyes() {
            self.told.notified().await;
        }
    }

    /// Gives the connection up.
    pub fn give_up(&self) {
        self.state().give_up();
        self.told.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says something while the connection is open; false: too much is waiting.
    fn say(&self, frame: Frame) -> bool {
        let mut state = self.state();
        if state.stage != Stage::Open {
            return true;
        }
        let room = state.waiting.len() < self.rooms.limits().peer_frames;
        if room {
            self.write(&mut state, frame);
        }
        room
    }

    /// Writes a frame, or what the socket takes of it; the rest waits.
    fn write(&self, state: &mut State, mut frame: Frame) {
        if state.waiting.is_empty() {
            // Past the runtime's notes of what is writable: to look at them costs a cache miss for each peer, and nearly always it is.
            match frame.send(&SockRef::from(self.socket.as_ref())) {
                Ok(bytes) if frame.written(bytes).is_some() => return,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => {
                    state.give_up();
                    self.told.notify_one();
                    return;
                }
            }
            // Somebody holds it who says something.
            self.me.upgrade().map(|me| tokio::spawn(me.see_to_what_waits()));
        }
        state.waiting.push_back(frame);
    }

    /// Writes what waits as the socket takes it. A client that takes nothing for too long is given up.
    async fn see_to_what_waits(self: Arc<Self>) {
        let stall = self.rooms.limits().stall;
        loop {
            let writable = timeout(stall, self.socket.writable()).await;
            let mut state = self.state();
            match writable {
                Ok(Ok(())) => self.write_waiting(&mut state),
                Ok(Err(_)) => state.give_up(),
                Err(_) => {
                    if state.stage == Stage::Open {
                        self.rooms.stalled();
                    }
                    state.give_up();
                }
            }
            if state.waiting.is_empty() {
                state.waiting.shrink_to_fit();
                return self.told.notify_one();
            }
        }
    }

    fn write_waiting(&self, state: &mut State) {
        while !state.waiting.is_empty() {
            let mut slices = [IoSlice::new(&[]); 2 * AT_ONCE];
            for (place, frame) in slices.chunks_exact_mut(2).zip(&state.waiting) {
                place.copy_from_slice(&frame.slices());
            }
            match self.socket.try_write_vectored(&slices) {
                Ok(bytes) => state.written(bytes),
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(_) => state.give_up(),
            }
        }
    }
}

impl State {
    /// Whether something is still to be said before the connection ends.
    fn has_goodbyes(&self) -> bool {
        self.stage == Stage::Closing && !self.waiting.is_empty()
    }

    /// The socket has taken so many bytes.
    fn written(&mut self, bytes: usize) {
        let mut left = Some(bytes);
        while let (Some(bytes), Some(frame)) = (left, self.waiting.front_mut()) {
            left = frame.written(bytes);
            if left.is_some() {
                self.waiting.pop_front();
            }
        }
    }

    fn give_up(&mut self) {
        self.stage = Stage::Over;
        self.waiting.clear();
    }
}

impl Line for Outgoing {
    fn send(&self, message: Bytes) -> bool {
        self.say(Frame::message(message))
    }

    fn close(&self, close: Close) {
        let mut state = self.state();
        if state.stage == Stage::Open {
            state.stage = Stage::Closing;
            self.write(&mut state, Frame::close(close));
            self.told.notify_one();
        }
    }

    fn doubt(&self) {
        self.state().doubted = true;
        self.told.notify_one();
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("state", &self.state).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use sqlx::postgres::PgPoolOptions;
    use tokio::io::AsyncReadExt;
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::bus::Bus;
    use crate::clock::Clock;
    use crate::rooms::Limits;

    /// A line on which two frames may wait, and its client.
    async fn line() -> (Arc<Outgoing>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
        let nowhere = PgPoolOptions::new().connect_lazy("postgres://127.0.0.1:1/nowhere").unwrap();
        let rooms = Rooms::with(nowhere, Clock::system(), &Bus::default(), Limits { peer_frames: 2, ..Limits::default() });
        (Outgoing::new(listener.accept().await.unwrap().0.into_split().1, rooms), client)
    }

    #[tokio::test]
    async fn a_client_is_too_slow_when_too_much_waits_and_not_when_it_is_leaving_and_gets_all_of_what_was_taken() {
        let (line, mut client) = line().await;
        let message = Bytes::from(vec![7; 1 << 20]);
        let mut expected = Vec::new();
        while line.send(message.clone()) {
            expected.extend(Frame::message(message.clone()).slices().iter().flat_map(|slice| slice.to_vec()));
        }
        line.close(Close::RESYNC);
        line.close(Close::FAULT);
        expected.extend(Frame::close(Close::RESYNC).slices().iter().flat_map(|slice| slice.to_vec()));
        assert!(line.send(message), "it needs no more");
        assert_eq!(line.news().await, News::Ended);

        let mut read = vec![0; expected.len()];
        client.read_exact(&mut read).await.unwrap();
        assert!(read == expected, "something is missing or out of order");
        line.said().await;
        line.give_up();
        drop(line);
    }
}
