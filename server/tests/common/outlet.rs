//! A connection to a room without a socket: what the room says waits for whoever listens.

use std::sync::{Arc, Mutex, OnceLock};

use bytes::Bytes;
use server::rooms::{Close, Line};
use tokio::sync::mpsc;

/// How far a listener may fall behind.
const MOST: usize = 512;

#[derive(Debug)]
struct Queue {
    messages: Mutex<Option<mpsc::Sender<Bytes>>>,
    closing: Arc<OnceLock<Close>>,
}

/// What a room says.
#[derive(Debug)]
pub struct Outlet {
    messages: mpsc::Receiver<Bytes>,
    closing: Arc<OnceLock<Close>>,
}

/// A line and its end.
pub fn line() -> (Arc<dyn Line>, Outlet) {
    let ((sender, messages), closing) = (mpsc::channel(MOST), Arc::<OnceLock<Close>>::default());
    (Arc::new(Queue { messages: Mutex::new(Some(sender)), closing: closing.clone() }), Outlet { messages, closing })
}

impl Line for Queue {
    fn send(&self, message: Bytes) -> bool {
        let sender = self.messages.lock().unwrap();
        !matches!(sender.as_ref().map(|sender| sender.try_send(message)), Some(Err(mpsc::error::TrySendError::Full(_))))
    }

    fn close(&self, close: Close) {
        let _ = self.closing.set(close);
        *self.messages.lock().unwrap() = None;
    }

    fn doubt(&self) {}
}

impl Outlet {
    /// Waits for the next message. An error: the connection has ended, and why.
    pub async fn next(&mut self) -> Result<Bytes, Close> {
        self.messages.recv().await.ok_or_else(|| *self.closing.get().expect("a reason"))
    }
}
