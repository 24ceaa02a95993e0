//! `/events`: one websocket per tab, through which pages hear that something they may be showing has changed.
//!
//! Frames are the bus's hints as JSON. They carry no content: pages fetch what they show. The route
//! establishes the caller and checks the origin before it hands the socket over.

use std::time::Duration;

use app::error::{AppError, Result};
use app::model::account::Caller;
use futures::future::BoxFuture;
use futures::{SinkExt, StreamExt};
use tokio::net::TcpStream;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_util::sync::CancellationToken;

use super::upgrade::Upgraded;
use crate::bus::Hint;
use crate::service::Service;
use crate::service::hearing::Hearing;

/// How often a quiet socket is pinged: proxies close what is silent for a minute. Sessions also end by time, which no hint tells, so this is
/// when the caller is looked at again.
const PING: Duration = Duration::from_secs(30);

/// How long one frame may take to be accepted; a page that is slower comes back and fetches everything.
const SEND: Duration = Duration::from_secs(10);

/// What a page sends is a pong or a close.
const LARGEST: usize = 4 << 10;

/// Why a socket ends, as its page understands it.
const SIGNED_OUT: (u16, &str) = (4401, "signed out");
const RESTART: (u16, &str) = (1012, "restart");
const UNEXPECTED: (u16, &str) = (1003, "this socket only tells");
const FAULT: (u16, &str) = (1011, "try again");

/// Establishes the caller anew, by the cookie or token that the socket was opened with.
pub type Again = Box<dyn Fn() -> BoxFuture<'static, Result<Caller>> + Send + Sync>;

/// Tells a page what changes until it leaves, its caller is signed out, or the server stops.
pub async fn tell(connection: Upgraded, service: Service, again: Again, stop: CancellationToken) {
    let mut socket = messages(connection).await;
    if let Some(end) = told(&mut socket, &service, &again, &stop).await {
        goodbye(socket, end).await;
    }
}

/// Tells a page that it is signed out, and no more.
pub async fn signed_out(connection: Upgraded) {
    goodbye(messages(connection).await, SIGNED_OUT).await;
}

async fn messages(connection: Upgraded) -> WebSocketStream<TcpStream> {
    let config = WebSocketConfig::default().read_buffer_size(LARGEST).write_buffer_size(0);
    connection.messages(config.max_message_size(Some(LARGEST)).max_frame_size(Some(LARGEST))).await
}

/// Says why the connection ends. Whoever is gone already needs no goodbye.
async fn goodbye(mut socket: WebSocketStream<TcpStream>, (code, reason): (u16, &'static str)) {
    let frame = CloseFrame { code: code.into(), reason: reason.into() };
    let _ = timeout(SEND, socket.send(Message::Close(Some(frame)))).await;
}

/// Runs until the socket is to be closed; none: it is closed already.
async fn told(
    socket: &mut WebSocketStream<TcpStream>,
    service: &Service,
    again: &Again,
    stop: &CancellationToken,
) -> Option<(u16, &'static str)> {
    // Before the first look, so that nothing falls between looking and listening.
    let mut hints = service.bus().listen();
    let mut hearing = match listens(service, again).await {
        Ok(hearing) => hearing,
        Err(end) => return Some(end),
    };
    let mut ping = interval_at(Instant::now() + PING, PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut answered = true;
    loop {
        let (look, frame) = tokio::select! {
            () = stop.cancelled() => return Some(RESTART),
            hint = hints.recv() => {
                let hint = match hint {
                    Ok(hint) => hint,
                    Err(RecvError::Lagged(_)) => Hint::All,
                    Err(RecvError::Closed) => return Some(RESTART),
                };
                (hearing.changes(&hint), hearing.hears(&hint).then(|| text(&hint)))
            }
            _ = ping.tick() => {
                if !std::mem::take(&mut answered) {
                    return None;
                }
                (true, Some(Message::Ping(bytes::Bytes::new())))
            }
            frame = socket.next() => match frame? {
                Ok(Message::Pong(_) | Message::Ping(_)) => {
                    answered = true;
                    (false, None)
                }
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(Message::Text(_) | Message::Binary(_) | Message::Frame(_)) => return Some(UNEXPECTED),
            },
        };
        if look {
            match listens(service, again).await {
                Ok(anew) => hearing = anew,
                Err(end) => return Some(end),
            }
        }
        if let Some(frame) = frame {
            timeout(SEND, socket.send(frame)).await.ok()?.ok()?;
        }
    }
}

/// What the caller may hear now, or why the socket ends.
async fn listens(service: &Service, again: &Again) -> Result<Hearing, (u16, &'static str)> {
    let hearing = match again().await {
        Ok(caller) => service.hearing(&caller).await,
        Err(error) => Err(error),
    };
    hearing.map_err(|error| match error {
        AppError::SignedOut | AppError::Forbidden(_) => SIGNED_OUT,
        _ => FAULT,
    })
}

/// A hint as its frame.
fn text(hint: &Hint) -> Message {
    // A hint is words and ids: it can be said.
    Message::text(serde_json::to_string(hint).unwrap_or_default())
}
