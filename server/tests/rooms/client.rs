//! A server with the socket's door, and Yjs clients that come in by it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::error::AppError;
use app::model::account::Caller;
use app::model::ids::ProposalId;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::any;
use futures::FutureExt;
use serde::Deserialize;
use server::rooms::Rooms;
use server::web::sync::{Wishes, upgrade};
use server::web::upgrade::Upgrade;
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
    signed_out: Arc<AtomicBool>,
    hangs: Arc<AtomicBool>,
}

/// A server of one world's rooms.
pub struct Server {
    /// Where it listens.
    pub at: SocketAddr,
    /// Makes every credential invalid.
    pub signed_out: Arc<AtomicBool>,
    /// Nobody answers whether a credential is valid.
    pub hangs: Arc<AtomicBool>,
}

impl Server {
    /// Listens on a free port.
    pub async fn start(world: &World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let people = [&world.ada, &world.ben, &world.cem, &world.dot, &world.eve].map(Clone::clone).to_vec();
        let (signed_out, hangs) = (Arc::default(), Arc::default());
        let door = Door { rooms: world.rooms.clone(), people, signed_out: Arc::clone(&signed_out), hangs: Arc::clone(&hangs) };
        let router = Router::new().route("/sync/{document}", any(sync)).with_state(door);
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { at, signed_out, hangs }
    }
}

async fn sync(
    State(door): State<Door>,
    Path(document): Path<ProposalId>,
    Query(by): Query<As>,
    Query(wishes): Query<Wishes>,
    socket: Upgrade,
) -> Response {
    let caller = door.people.iter().find(|person| person.name == by.who).unwrap().clone();
    let (signed_out, hangs, same) = (door.signed_out, door.hangs, caller.clone());
    let again = move || {
        let (out, hangs, caller) = (signed_out.load(Ordering::Relaxed), hangs.load(Ordering::Relaxed), same.clone());
        async move {
            if hangs {
                std::future::pending::<()>().await;
            }
            if out { Err(AppError::SignedOut) } else { Ok(caller) }
        }
        .boxed()
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
