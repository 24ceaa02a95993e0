//! Somebody who throws frames at a server until it closes, and comes back for more.

use std::time::Duration;

use app::model::ids::ProposalId;
use futures::{SinkExt, StreamExt};
use server::rooms::wire;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

use super::forge::{Forge, Shot};

/// Long enough for a machine under load; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// Where somebody sits, which decides what can be thrown from there without being anybody's right.
#[derive(Clone, Copy, Debug)]
pub enum Seat {
    /// Reads a text of others: may throw anything.
    Reader,
    /// Writes in a text of others: whatever may turn out to be a good edit would be one.
    Writer,
    /// Writes in a text that nobody else needs: may throw anything.
    Alone,
}

/// A way into a text.
#[derive(Clone, Debug)]
pub struct Door {
    pub seat: Seat,
    pub proposal: ProposalId,
    pub token: String,
}

/// Connects, throws some frames and waits until the server closes. Answers how many it had to judge, and the code.
pub async fn attack(forge: &mut Forge, address: &str, door: &Door) -> (u64, u16) {
    let (mut socket, _) = connect_async(format!("{address}/sync/{}?token={}&acks=1", door.proposal, door.token)).await.unwrap();
    // The server's question comes first and says what the text holds.
    let clocks = loop {
        let message = timeout(PATIENCE, socket.next()).await.expect("the server asks").expect("it is open").expect("it speaks");
        if let Message::Binary(frame) = message
            && let Ok(wire::Message::Step1(have)) = wire::parse(&frame)
        {
            break wire::parse_state_vector(have).unwrap();
        }
    };
    let mut shots: Vec<Shot> = (0..forge.below(9)).map(|_| Shot::Frame(forge.borne(&clocks))).collect();
    let doubtful = !matches!(door.seat, Seat::Writer) && forge.below(2) == 0;
    shots.push(if doubtful { Shot::Frame(forge.doubtful()) } else { forge.fatal() });
    let judged = shots.len() as u64;
    if doubtful {
        // Perhaps it was no reason to close.
        shots.push(Shot::Text("enough".into()));
    }
    for shot in shots.clone() {
        // A socket that the server has closed is found out by reading.
        let _ = match shot {
            Shot::Frame(bytes) => socket.send(Message::Binary(bytes.into())).await.is_ok(),
            Shot::Text(text) => socket.send(Message::Text(text.into())).await.is_ok(),
            Shot::Noise(bytes) => socket.get_mut().write_all(&bytes).await.is_ok(),
        };
    }
    let closing = async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Close(frame))) => return frame.map_or(1005, |frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return 1006,
            }
        }
    };
    let closed = timeout(PATIENCE, closing).await;
    (judged, closed.unwrap_or_else(|_| panic!("{door:?} was not closed after {shots:?}")))
}
