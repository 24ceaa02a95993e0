//! `/sync/{proposal}`: a document's websocket, in the standard y-protocols. The route establishes the caller and checks the origin before it
//! hands the upgrade over; the room checks every message.

use std::sync::Arc;

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use axum::response::Response;
use futures::future::BoxFuture;
use serde::Deserialize;
use tokio::time::{Duration, timeout};

use super::upgrade::{Upgrade, Upgraded};
use crate::rooms::{Close, Line, Rooms};

use messages::Messages;
use outgoing::Outgoing;

mod frame;
pub mod incoming;
mod messages;
mod outgoing;
mod reading;

pub use outgoing::WAITING;

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

/// Somebody at a document.
struct Visit {
    document: ProposalId,
    caller: Caller,
    wishes: Wishes,
    rooms: Rooms,
    again: Again,
}

/// Makes the upgrade a connection to the document. What the caller may do there is found out behind it, and told by a close code.
pub fn upgrade(upgrade: Upgrade, document: ProposalId, caller: Caller, wishes: Wishes, rooms: Rooms, again: Again) -> Response {
    let visit = Visit { document, caller, wishes, rooms, again };
    upgrade.then(move |connection| visit.rooms.clone().track(visit.serve(connection)))
}

impl Visit {
    /// Serves one socket until it ends, and says why.
    async fn serve(self, connection: Upgraded) {
        let stall = self.rooms.limits().stall;
        let (from, to) = connection.socket.into_split();
        let outgoing = Outgoing::new(to, self.rooms.clone());
        let mut messages = Messages::new(from, outgoing.clone(), &self.rooms, &connection.early);
        if let Some(close) = self.attend(&mut messages, &outgoing).await {
            outgoing.close(close);
        }
        // A client that takes it in drops is not waited for.
        let _ = timeout(stall, outgoing.said()).await;
        // Until the client has answered: a line that ends with something unread on it takes our last words with it, acknowledgements among them.
        let _ = timeout(GOODBYE, messages.ignore()).await;
        outgoing.give_up();
    }

    /// Joins the room and listens until the connection is to end; answers why, unless that is known.
    async fn attend(&self, messages: &mut Messages, outgoing: &Arc<Outgoing>) -> Option<Close> {
        // Boxed, because what it needs for a moment would be kept for as long as the connection.
        match Box::pin(self.rooms.connect(self.document, &self.caller, self.wishes.acks == 1, outgoing.clone())).await {
            Ok(peer) => self.read(messages, outgoing, &peer).await,
            Err(close) => Some(close),
        }
    }
}
