//! From the room to the client.

use axum::Error;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bytes::Bytes;
use futures::SinkExt;
use futures::stream::SplitSink;
use tokio::time::{Duration, timeout};

use crate::rooms::{Close, Outlet, Rooms, Said};

/// Half of a socket.
type Sink = SplitSink<WebSocket, Message>;

/// Writes what the room says until the connection ends. A client that does not read for too long is given up.
pub async fn write(mut sink: Sink, mut outlet: Outlet, rooms: Rooms) {
    let stall = rooms.limits().stall;
    while let Some(said) = outlet.next().await {
        match timeout(stall, pass_on(&mut sink, &mut outlet, said)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return,
            Err(_) => return rooms.stalled(&outlet),
        }
    }
    goodbye(sink, outlet.close(), stall).await;
}

/// Writes all that is there and flushes once.
async fn pass_on(sink: &mut Sink, outlet: &mut Outlet, first: Said) -> Result<(), Error> {
    let mut next = Some(first);
    while let Some(said) = next {
        let message = match said {
            Said::Frame(frame) => Message::Binary(frame),
            Said::Ping => Message::Ping(Bytes::new()),
        };
        sink.feed(message).await?;
        next = outlet.ready();
    }
    sink.flush().await
}

/// Says why the connection ends. Whoever is gone already needs no goodbye.
pub async fn goodbye(mut sink: Sink, close: Close, stall: Duration) {
    let frame = CloseFrame { code: close.code, reason: close.reason.into() };
    let _ = timeout(stall, sink.send(Message::Close(Some(frame)))).await;
}
