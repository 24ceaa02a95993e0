//! A server with the socket's door, and Yjs clients that come in by it.

use std::net::SocketAddr;

use app::error::AppError;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use axum::Router;
use axum::extract::{Path, Query, State, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::any;
use futures::FutureExt;
use serde::Deserialize;
use server::rooms::Rooms;
use server::web::sync::{Wishes, upgrade};
use tokio::net::TcpListener;
use yrs::Doc;

use crate::support::World;
pub use crate::yjs::{Client, document};

/// Who a test's socket is: the route's work, done here by name.
#[derive(Deserialize)]
struct As {
    who: String,
}

#[derive(Clone)]
struct Door {
    rooms: Rooms,
    people: Vec<Caller>,
    signed_out: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

/// A server of one world's rooms.
pub struct Server {
    /// Where it listens.
    pub at: SocketAddr,
    /// Makes every credential invalid.
    pub signed_out: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl Server {
    /// Listens on a free port.
    pub async fn start(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let people = [&world.ada, &world.ben, &world.cem, &world.dot, &world.eve].map(Clone::clone).to_vec();
        let signed_out = std::sync::Arc::default();
        let door = Door { rooms: world.rooms.clone(), people, signed_out: std::sync::Arc::clone(&signed_out) };
        let router = Router::new().route("/sync/{document}", any(sync)).with_state(door);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { at, signed_out }
    }
}

async fn sync(
    State(door): State<Door>,
    Path(document): Path<ProposalId>,
    Query(by): Query<As>,
    Query(wishes): Query<Wishes>,
    socket: WebSocketUpgrade,
) -> Response {
    let caller = door.people.iter().find(|person| person.name == by.who).unwrap().clone();
    let (signed_out, same) = (door.signed_out, caller.clone());
    let again = move || {
        let out = signed_out.load(std::sync::atomic::Ordering::Relaxed);
        let caller = same.clone();
        async move { if out { Err(AppError::SignedOut) } else { Ok(caller) } }.boxed()
    };
    upgrade(socket, document, caller, wishes, door.rooms, Box::new(again))
}

impl Client {
    /// Connects with acknowledgements and asks for the text.
    pub async fn open(server: &Server, world: &World, who: &Caller) -> Self {
        Self::with(server, world.document, who, document(), true).await
    }

    /// Connects with a document of its own.
    pub async fn with(server: &Server, document: ProposalId, who: &Caller, doc: Doc, acks: bool) -> Self {
        let address = format!("ws://{}/sync/{document}?who={}&acks={}", server.at, who.name, u8::from(acks));
        Self::connect(address, doc).await
    }

    /// Connects and waits for the text.
    pub async fn synced(server: &Server, world: &World, who: &Caller) -> Self {
        let mut client = Self::open(server, world, who).await;
        client.until(|client| client.synced > 0 && client.asked > 0).await;
        client
    }
}
