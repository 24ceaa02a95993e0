//! `/events`: who hears of what, and when the socket ends.

#[path = "common/reviewing.rs"]
mod reviewing;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{ProposalId, TeamId};
use axum::Router;
use axum::routing::get;
use futures::{FutureExt, SinkExt, StreamExt};
use reviewing::World;
use server::bus::Hint;
use server::clock::fresh_id;
use server::web::events;
use server::web::upgrade::Upgrade;
use sqlx::PgPool;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use tokio_util::sync::CancellationToken;

/// One page's socket, and who its server takes the caller for.
struct Page {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    caller: Arc<Mutex<Result<Caller>>>,
    stop: CancellationToken,
}

impl Page {
    async fn open(world: &World, who: &Caller) -> Self {
        let (caller, stop) = (Arc::new(Mutex::new(Ok(who.clone()))), CancellationToken::new());
        let route = {
            let (service, caller, stop) = (world.service.clone(), caller.clone(), stop.clone());
            get(move |upgrade: Upgrade| async move {
                let again: events::Again = Box::new(move || {
                    let caller = caller.lock().unwrap().clone();
                    async move { caller }.boxed()
                });
                upgrade.then(move |connection| events::tell(connection, service, again, stop))
            })
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}/events", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/events", route)).await });
        let mut page = Self { socket: connect_async(url).await.unwrap().0, caller, stop };
        // It listens once its own hint comes back.
        while page.told(Duration::from_millis(50)).await.is_none() {
            world.service.bus().tell(Hint::Inbox { account: who.account });
        }
        while page.told(Duration::from_millis(50)).await.is_some() {}
        page
    }

    /// The next frame, when one comes within `time`.
    async fn told(&mut self, time: Duration) -> Option<Message> {
        tokio::time::timeout(time, self.socket.next()).await.ok().flatten().map(|frame| frame.unwrap())
    }

    /// The next hint, but for that of its own access: the database's word of its joining the team comes when it comes.
    async fn hint(&mut self) -> Hint {
        loop {
            let frame = self.told(Duration::from_secs(10)).await.expect("a hint");
            let hint = serde_json::from_str(frame.to_text().unwrap()).unwrap();
            if !matches!(hint, Hint::Access { .. }) {
                return hint;
            }
        }
    }

    /// Waits until it is told that its access has changed.
    async fn access(&mut self, caller: &Caller) {
        let word = serde_json::to_string(&Hint::Access { account: caller.account }).unwrap();
        while self.told(Duration::from_secs(10)).await.expect("a hint").to_text().unwrap() != word {}
    }

    /// The code that the socket is closed with.
    async fn closed(&mut self) -> u16 {
        loop {
            match self.told(Duration::from_secs(10)).await.expect("a frame") {
                Message::Close(Some(frame)) => return frame.code.into(),
                Message::Close(None) => panic!("closed without a code"),
                _ => {}
            }
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_page_hears_of_its_own_teams_and_its_own_account_only(db: PgPool) {
    let world = World::new(db).await;
    let mut page = Page::open(&world, &world.vi).await;
    let id = ProposalId(fresh_id());
    let elsewhere = TeamId(fresh_id());
    let mine = [
        Hint::Proposal { team: world.team, id },
        Hint::Threads { team: world.team, id },
        Hint::Designs { team: world.team },
        Hint::Inbox { account: world.vi.account },
    ];
    world.service.bus().tell(Hint::Proposal { team: elsewhere, id });
    world.service.bus().tell(Hint::Inbox { account: world.bo.account });
    world.service.bus().tell(Hint::Access { account: world.bo.account });
    for hint in &mine {
        world.service.bus().tell(hint.clone());
    }
    for hint in mine {
        assert_eq!(page.hint().await, hint, "nothing else comes before it");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_page_hears_nothing_more_of_a_team_that_was_left(db: PgPool) {
    let world = World::new(db).await;
    let mut page = Page::open(&world, &world.vi).await;
    sqlx::query("delete from members where account = $1").bind(world.vi.account.0).execute(&world.db).await.unwrap();
    world.service.bus().tell(Hint::Access { account: world.vi.account });
    page.access(&world.vi).await;
    world.service.bus().tell(Hint::Designs { team: world.team });
    world.service.bus().tell(Hint::Inbox { account: world.vi.account });
    assert_eq!(page.hint().await, Hint::Inbox { account: world.vi.account });
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_socket_ends_when_its_caller_is_signed_out(db: PgPool) {
    let world = World::new(db).await;
    let mut page = Page::open(&world, &world.vi).await;
    *page.caller.lock().unwrap() = Err(AppError::SignedOut);
    world.service.bus().tell(Hint::Access { account: world.vi.account });
    assert_eq!(page.closed().await, 4401);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_socket_ends_with_the_server_and_when_its_page_talks(db: PgPool) {
    let world = World::new(db).await;
    let mut page = Page::open(&world, &world.vi).await;
    page.stop.cancel();
    assert_eq!(page.closed().await, 1012);
    let mut page = Page::open(&world, &world.vi).await;
    page.socket.send(Message::text("hello")).await.unwrap();
    assert_eq!(page.closed().await, 1003);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_page_that_missed_hints_is_told_to_fetch_everything(db: PgPool) {
    let world = World::new(db).await;
    let mut page = Page::open(&world, &world.vi).await;
    // More at once than the bus keeps for a slow page, without giving the socket's task a turn in between.
    (0..3_000).for_each(|_| world.service.bus().tell(Hint::Designs { team: world.team }));
    let all = async { while page.told(Duration::from_secs(10)).await.unwrap().to_text().unwrap() != r#"{"noun":"all"}"# {} };
    tokio::time::timeout(Duration::from_secs(20), all).await.expect("everything changed");
}
