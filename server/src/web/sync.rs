//! `/sync/{proposal}`: a document's websocket, in the standard y-protocols. The route establishes the caller and checks the origin before it
//! hands the upgrade over; the room checks every message.

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use bytes::Bytes;
use futures::future::BoxFuture;
use futures::{SinkExt, StreamExt};
use serde::Deserialize;
use tokio::time::{Duration, Instant, MissedTickBehavior, interval_at, timeout};

use crate::rooms::budget::Budget;
use crate::rooms::{Close, Peer, Rooms, Said};

/// How often a socket is pinged, so that proxies keep it and a dead one is noticed; then its credential is looked at again, because sessions
/// also end by time, which nobody announces.
const PING: Duration = Duration::from_secs(20);

/// The read buffer. tungstenite fills it with zeros before every read and keeps it: its default would cost 128 KiB a connection.
pub const READ_BUFFER: usize = 4 << 10;

/// Frames gathered before they are written: several frames of one wake-up are one system call. It is taken only while there is something to write.
const WRITE_BUFFER: usize = 16 << 10;

/// Frames written between two looks at what the client sends.
const AT_ONCE: usize = 64;

/// What a client may ask for in the address.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Wishes {
    /// `acks=1`: wants messages 100 to 102.
    #[serde(default)]
    pub acks: u8,
}

/// Establishes the caller anew, by the cookie or token that the socket was opened with.
pub type Again = Box<dyn Fn() -> BoxFuture<'static, Result<Caller>> + Send + Sync>;

/// Makes the upgrade a connection to the document. What the caller may do there is found out behind it, and told by a close code.
pub fn upgrade(upgrade: WebSocketUpgrade, document: ProposalId, caller: Caller, wishes: Wishes, rooms: Rooms, again: Again) -> Response {
    let largest = rooms.limits().message_bytes;
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        // One frame of the largest kind and what was gathered before it; the queue in front of it is bounded by count.
        .max_write_buffer_size(2 * largest + WRITE_BUFFER)
        .max_message_size(largest)
        .max_frame_size(largest)
        .on_upgrade(move |socket| {
            let serving = serve(socket, document, caller, wishes, rooms.clone(), again);
            rooms.track(serving)
        })
}

/// Serves one socket until it ends, and says why.
async fn serve(mut socket: WebSocket, document: ProposalId, caller: Caller, wishes: Wishes, rooms: Rooms, again: Again) {
    let Some(close) = connected(&mut socket, document, &caller, wishes, &rooms, &again).await else { return };
    let frame = CloseFrame { code: close.code, reason: close.reason.into() };
    // Whoever is gone already needs no goodbye.
    let _ = timeout(rooms.limits().stall, socket.send(Message::Close(Some(frame)))).await;
}

/// As [`serve`]; none: the client has left.
async fn connected(
    socket: &mut WebSocket,
    document: ProposalId,
    caller: &Caller,
    wishes: Wishes,
    rooms: &Rooms,
    again: &Again,
) -> Option<Close> {
    let Some(_counted) = rooms.socket(caller.account) else { return Some(Close::LATER) };
    let mut peer = match rooms.connect(document, caller, wishes.acks == 1).await {
        Ok(peer) => peer,
        Err(close) => return Some(close),
    };
    let mut inlet = Inlet::new(rooms);
    let mut ping = interval_at(Instant::now() + PING, PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut frames = Vec::with_capacity(AT_ONCE);
    loop {
        let look = tokio::select! {
            said = peer.receive(&mut frames, AT_ONCE) => match said {
                Said::Frames => {
                    write(socket, &mut frames, rooms.limits().stall).await?;
                    false
                }
                Said::Doubt => true,
                Said::End(close) => return Some(close),
            },
            message = socket.next() => match inlet.take(message?, &peer).await {
                Ok(()) => false,
                Err(end) => return end,
            },
            _ = ping.tick() => {
                if inlet.silent() {
                    return None;
                }
                timeout(rooms.limits().stall, socket.send(Message::Ping(Bytes::new()))).await.ok()?.ok()?;
                true
            }
        };
        if look && !still(again, caller).await {
            return Some(Close::SIGNED_OUT);
        }
    }
}

/// Writes frames and flushes once. None: the client is gone or does not read.
async fn write(socket: &mut WebSocket, frames: &mut Vec<Bytes>, stall: Duration) -> Option<()> {
    let work = async {
        for frame in frames.drain(..) {
            socket.feed(Message::Binary(frame)).await?;
        }
        socket.flush().await
    };
    timeout(stall, work).await.ok()?.ok()
}

/// Whether the credential still stands for the same caller. When that cannot be found out the socket stays: nothing it writes is kept unless the
/// database says in the same transaction that it may.
async fn still(again: &Again, caller: &Caller) -> bool {
    match again().await {
        Ok(now) => now.account == caller.account && now.token == caller.token,
        Err(error) => !matches!(error, app::error::AppError::SignedOut),
    }
}

/// What a client sends, within its limits.
struct Inlet<'a> {
    rooms: &'a Rooms,
    bytes: Budget,
    messages: Budget,
    heard: Instant,
}

impl<'a> Inlet<'a> {
    /// With full budgets.
    fn new(rooms: &'a Rooms) -> Self {
        let (limits, now) = (rooms.limits(), Instant::now());
        Self {
            rooms,
            bytes: Budget::new(limits.burst_bytes, limits.bytes_per_second, now),
            messages: Budget::new(limits.burst_messages, limits.messages_per_second, now),
            heard: now,
        }
    }

    /// Whether the client has said nothing for too long.
    fn silent(&self) -> bool {
        self.heard.elapsed() > self.rooms.limits().silence
    }

    /// Hands one message to the room. An error ends the connection, with the close to be sent when there is one.
    async fn take(&mut self, message: std::result::Result<Message, axum::Error>, peer: &Peer) -> std::result::Result<(), Option<Close>> {
        self.heard = Instant::now();
        match message {
            Ok(Message::Binary(frame)) => {
                if !self.bytes.take(frame.len(), self.heard) || !self.messages.take(1, self.heard) {
                    return Err(Some(Close::LATER));
                }
                // A room that is gone closes the peer's frames, where the reason is.
                peer.send(frame).await;
                Ok(())
            }
            Ok(Message::Ping(_) | Message::Pong(_)) => Ok(()),
            Ok(Message::Text(_)) => Err(Some(Close::MALFORMED)),
            // The library's error is not ours to name; its words for "over the maximum" are kept by a test.
            Err(error) if error.to_string().contains("too long") => Err(Some(Close::TOO_LARGE)),
            Ok(Message::Close(_)) | Err(_) => Err(None),
        }
    }
}
