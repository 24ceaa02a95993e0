//! A thousand connections to one text, half of which never read while it is written anew again and again: those are closed, the others get
//! everything, and the server's memory stays flat. Then the slow ones come back and have the same text.

use std::process::Command;

use futures::future::join_all;
use server::rooms::Limits;
use server::web::sync::WAITING;
use sqlx::PgPool;
use yrs::{Text, Transact};

use crate::client::{Client, document};
use crate::process::{Process, token};
use crate::support::World;

/// Connections of each kind.
const READERS: usize = 500;
const SLOW: usize = 500;

/// Bytes of the text, which are the bytes of a frame.
const TEXT: usize = 16 << 10;
/// Frames between two looks at how far everybody is: not so many that a reader who reads falls behind.
const ROUND: usize = 32;
/// Far more than the kernel's buffers of a socket and a peer's queue hold. The last frame is a round's own: its text is longer by the number of the round.
const ROUNDS: usize = 200;

/// What unread frames may cost in memory. A socket has a queue of frames, of which it has no copy of its own: they are there once for everybody.
fn bound(limits: &Limits) -> usize {
    let (queue, frame) = (limits.peer_frames, TEXT + ROUNDS + 1_000);
    (READERS + SLOW) * queue.next_power_of_two() * WAITING + queue * frame
}

/// A thousand connections are more files than a shell often allows.
fn allow_files() {
    let process = std::process::id().to_string();
    let allowed = Command::new("prlimit").args(["--pid", &process, "--nofile=8192:"]).status().unwrap();
    assert!(allowed.success(), "this rig needs 8,192 open files: raise ulimit -Hn");
}

/// Connections that have the text.
async fn connect(address: &str, count: usize) -> Vec<Client> {
    let mut clients = Vec::new();
    for _ in 0..count {
        let mut client = Client::connect(address, document()).await;
        client.until(|client| client.synced > 0 && client.asked > 0).await;
        clients.push(client);
    }
    clients
}

/// Writes the text anew.
async fn write(ada: &mut Client, bytes: usize) {
    ada.delete(0, length(ada)).await;
    ada.insert(0, &"x".repeat(bytes)).await;
    ada.saved().await;
}

fn length(client: &Client) -> u32 {
    client.text.len(&client.doc.transact())
}

/// Everybody has a text of so many bytes.
async fn all_have(clients: &mut [Client], bytes: usize) {
    join_all(clients.iter_mut().map(|client| client.until(move |client| length(client) as usize == bytes))).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn five_hundred_who_never_read_are_closed_and_cost_nobody_anything(db: PgPool) {
    allow_files();
    let world = World::new(&db).await;
    let token = token(&world, &world.ada).await;
    world.rooms.shutdown().await;
    let process =
        Process::start_with(&db, &[("QUORUM_SOCKETS_PER_ACCOUNT", "2000"), ("QUORUM_SOCKET_BYTES_PER_SECOND", "1000000000")]).await;
    let address = format!("{}/sync/{}?token={token}&acks=1", process.address(), world.document);
    let mut ada = connect(&address, 1).await.remove(0);
    let (mut readers, mut slow) = (connect(&address, READERS).await, connect(&address, SLOW).await);

    let before = process.resident();
    let (mut most, mut round) = (before, 0);
    while process.counted("quorum_slow_peers_closed_total").await < SLOW as u64 {
        round += 1;
        assert!(round <= ROUNDS, "not all of those who do not read are closed");
        for frame in 1..=ROUND {
            write(&mut ada, if frame == ROUND { TEXT + round } else { TEXT }).await;
        }
        all_have(&mut readers, TEXT + round).await;
        most = most.max(process.resident());
    }
    let (grown, bound) = (most - before, bound(&Limits::default()));
    println!("{round} rounds; memory grew by {} KB; {} KB are allowed", grown >> 10, bound >> 10);
    assert!(grown <= bound, "memory grew by {grown} bytes; {bound} are allowed");
    assert_eq!(process.counted("quorum_slow_peers_closed_total").await, SLOW as u64, "somebody who reads was closed");

    let mut told = 0;
    for client in &mut slow {
        // Whoever takes nothing for too long is not even told goodbye.
        let code = client.until_closed().await;
        assert!([4509, 1006].contains(&code), "{code}");
        told += usize::from(code == 4509);
        *client = Client::connect(&address, client.doc.clone()).await;
    }
    println!("{told} of {SLOW} were told why");
    write(&mut ada, 7).await;
    all_have(&mut slow, 7).await;
    all_have(&mut readers, 7).await;
    assert!(slow.iter().chain(&readers).all(|client| client.text() == "xxxxxxx"));
}
