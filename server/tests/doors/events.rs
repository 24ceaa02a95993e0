//! `/events`: who hears what happens in the team. How the socket ends is in `tests/events.rs`.

use std::time::Duration;

use app::model::role::Role;
use app::model::token::Scope;
use futures::StreamExt;
use server::bus::Hint;
use sqlx::PgPool;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::table::Who;
use crate::town::{SLUG, Town};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Long enough for a machine under load; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// The next hint; none: the socket was closed, with this code.
async fn hint(socket: &mut Socket) -> Result<Hint, u16> {
    loop {
        match tokio::time::timeout(PATIENCE, socket.next()).await.expect("a frame").expect("a frame").expect("a frame") {
            Message::Text(text) => return Ok(serde_json::from_str(&text).expect("a hint")),
            Message::Close(frame) => return Err(frame.map_or(1005, |frame| frame.code.into())),
            _ => {}
        }
    }
}

/// A socket that hears.
async fn listening(town: &Town, who: Who, request: impl IntoClientRequest + Unpin) -> Socket {
    let (mut socket, _) = connect_async(request).await.expect("a socket");
    let own = Hint::Inbox { account: town.person(who).account };
    // Opened is not yet listening: its own hint is repeated until it comes.
    let repeated = async {
        loop {
            town.server.service.bus().tell(own.clone());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let heard = async { while hint(&mut socket).await != Ok(own.clone()) {} };
    tokio::select! {
        () = heard => {}
        () = repeated => {}
    }
    socket
}

/// What it hears until everybody is told something, but for its inbox and its access, of which the database tells when it likes.
async fn heard(town: &Town, socket: &mut Socket) -> Vec<Hint> {
    town.server.service.bus().tell(Hint::All);
    let mut heard = Vec::new();
    loop {
        match hint(socket).await.expect("a hint") {
            Hint::All => return heard,
            Hint::Inbox { .. } | Hint::Access { .. } => {}
            other => heard.push(other),
        }
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_happens_in_a_team_is_told_to_its_members_only(db: PgPool) {
    let town = Town::new(db).await;
    for who in Who::KNOWN {
        let browser = town.browser(who).await;
        let mut page = listening(&town, who, browser.socket("/events")).await;
        let title = format!("Seen by {who:?}");
        town.ada.rpc("designs/rename", &[("team", SLUG), ("number", "2"), ("title", &title)]).await.ok();
        let told: &[Hint] = if who.role().is_some() { &[Hint::Designs { team: town.team }] } else { &[] };
        assert_eq!(heard(&town, &mut page).await, told, "{who:?}");
    }
    let (mut socket, _) = connect_async(town.server.browser().socket("/events")).await.expect("a socket");
    assert_eq!(hint(&mut socket).await, Err(4401));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_program_hears_of_the_team_that_it_is_bound_to(db: PgPool) {
    let town = Town::new(db).await;
    let both = town.person(Who::Outsider);
    town.server.join(town.team, both, Role::Admin).await;
    let address = |token: &str| format!("{}/events?token={token}", town.server.url.replacen("http", "ws", 1));
    for (who, hears) in [(Who::Viewer, true), (Who::Outsider, false)] {
        let token = town.token(who, Scope::Read).await;
        let mut program = listening(&town, who, address(&token)).await;
        let title = format!("Seen by {who:?}");
        town.ada.rpc("designs/rename", &[("team", SLUG), ("number", "2"), ("title", &title)]).await.ok();
        assert_eq!(heard(&town, &mut program).await, [Hint::Designs { team: town.team }][usize::from(!hears)..], "{who:?}");
    }
    let (mut socket, _) = connect_async(address("quorum_unknown")).await.expect("a socket");
    assert_eq!(hint(&mut socket).await, Err(4401));
}
