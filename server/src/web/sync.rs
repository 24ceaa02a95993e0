//! `/sync/{proposal}`: a document's websocket, in the standard y-protocols. The route establishes the caller and checks the origin before it
//! hands the upgrade over; the room checks every message.

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::response::Response;
use futures::StreamExt;
use futures::future::BoxFuture;
use serde::Deserialize;
use tokio::time::{Duration, timeout};

use crate::rooms::{Close, Rooms};

use reading::read;
use writing::{goodbye, write};

mod reading;
mod writing;

/// The read buffer. tungstenite fills it with zeros before every read and keeps it: its default would cost 128 KiB a connection.
pub const READ_BUFFER: usize = 4 << 10;

/// Frames gathered before they are written: several frames of one wake-up are one system call. It is taken only while there is something to write.
pub const WRITE_BUFFER: usize = 16 << 10;

/// How long a client has to answer our goodbye; what it still sends is not read as anything.
const GOODBYE: Duration = Duration::from_secs(2);

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

/// Serves one socket until it ends, and says why. Reading and writing are two tasks: each is woken for its own work alone, and in a room of many
/// nearly all there is to do is to write.
async fn serve(socket: WebSocket, document: ProposalId, caller: Caller, wishes: Wishes, rooms: Rooms, again: Again) {
    let (sink, mut stream) = socket.split();
    let stall = rooms.limits().stall;
    let Some(_counted) = rooms.socket(caller.account) else { return goodbye(sink, Close::LATER, stall).await };
    // Boxed, because what it needs for a moment would be kept for as long as the connection.
    let (peer, outlet) = match Box::pin(rooms.connect(document, &caller, wishes.acks == 1)).await {
        Ok(connection) => connection,
        Err(close) => return goodbye(sink, close, stall).await,
    };
    let mut writing = tokio::spawn(write(sink, outlet, rooms.clone()));
    let end = tokio::select! {
        end = read(&mut stream, &peer, &caller, &rooms, &again) => Some(end),
        _ = &mut writing => None,
    };
    match end {
        Some(Some(close)) => {
            peer.end(close);
            // It ends when the room has let go of the connection and what was said before is written.
            let _ = writing.await;
        }
        // The client has left.
        Some(None) => return writing.abort(),
        // The room has ended it.
        None => {}
    }
    // Until the client has answered: a line that ends with something unread on it takes our last words with it, acknowledgements among them.
    let _ = timeout(GOODBYE, async { while let Some(Ok(_)) = stream.next().await {} }).await;
}
