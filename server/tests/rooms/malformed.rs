//! Frames that nobody honest sends, by the hundred thousand, at a live server where twenty people write: it never restarts, each sender is closed,
//! and what the twenty wrote is acknowledged, complete and nothing else.
//!
//! The long form, of which a failure names the seed:
//! `QUORUM_FRAMES=10000000 QUORUM_SEED=7 cargo test --release -p server --test rooms malformed_frames_at -- --nocapture`

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::PgPool;

use crate::crew::{Crew, text};
use crate::ledger::setting;
use crate::process::{Process, token};
use crate::support::World;

use attacker::{Door, Seat, attack};
use forge::Forge;

mod attacker;
mod forge;

/// Texts, and honest people in each.
const TEXTS: usize = 4;
const WRITERS: usize = 5;
/// Attackers at a time.
const ATTACKERS: u64 = 8;

/// Bytes that are no message; none, because what came was no websocket any more; a frame over the maximum; edits that need what nobody has.
const CODES: [u16; 4] = [1007, 1006, 4413, 4509];

/// Ways into every honest text, as one who may read and one who may write, and into one that nobody else needs.
async fn doors(world: &World, crew: &Crew) -> Vec<Door> {
    let (reads, writes) = (token(world, &world.dot).await, token(world, &world.ben).await);
    let honest = crew.texts().map(|people| people[0].proposal);
    let mut doors: Vec<Door> = honest
        .flat_map(|proposal| {
            [(Seat::Reader, &reads), (Seat::Writer, &writes)].map(|(seat, token)| Door { seat, proposal, token: token.clone() })
        })
        .collect();
    let alone = Door { seat: Seat::Alone, proposal: text(world).await, token: writes };
    doors.extend(std::iter::repeat_n(alone, TEXTS));
    doors
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn malformed_frames_at_a_live_server_harm_nobody_but_their_senders(db: PgPool) {
    let (frames, seed) = (setting("QUORUM_FRAMES", 100_000), setting("QUORUM_SEED", rand::random::<u32>().into()));
    println!("{frames} frames, QUORUM_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let world = World::new(&db).await;
    let mut crew = Crew::new(&world, &[&world.ada], TEXTS, WRITERS, &mut chance).await;
    let doors = doors(&world, &crew).await;
    world.rooms.shutdown().await;
    let mut process = Process::start_with(&db, &[("QUORUM_SOCKETS_PER_ACCOUNT", "1000")]).await;
    crew.connect(&[process.address()]).await;
    // Each attacker is sent the text: in a long run people write less often, so that it stays one of some pages.
    crew.pace = Duration::from_millis(50) * u32::try_from(1 + frames / 1_000_000).unwrap();
    // Before that, somebody else could have their first letter.
    crew.soon("everybody has written", |writers| writers.iter().all(|writer| writer.acknowledged > 0)).await;

    let thrown = Arc::new(AtomicU64::new(0));
    let attackers: Vec<_> = (0..ATTACKERS)
        .map(|_| {
            let (mut forge, doors, address, thrown) = (Forge::new(chance.random()), doors.clone(), process.address(), thrown.clone());
            tokio::spawn(async move {
                let mut codes = BTreeMap::<u16, u64>::new();
                while thrown.load(Ordering::Relaxed) < frames {
                    let door = &doors[forge.below(doors.len())];
                    let (judged, code) = attack(&mut forge, &address, door).await;
                    thrown.fetch_add(judged, Ordering::Relaxed);
                    *codes.entry(code).or_default() += 1;
                }
                codes
            })
        })
        .collect();
    crew.write(|_| attackers.iter().all(tokio::task::JoinHandle::is_finished)).await;
    let mut codes = BTreeMap::<u16, u64>::new();
    for attacker in attackers {
        for (code, times) in attacker.await.unwrap() {
            *codes.entry(code).or_default() += times;
        }
    }
    println!("{} frames were judged; senders were closed with {codes:?}", thrown.load(Ordering::Relaxed));
    assert!(codes.keys().all(|code| CODES.contains(code)), "{codes:?}");

    assert!(process.lives(), "the server died");
    assert!(crew.writers.iter().all(|writer| !writer.closed()), "somebody honest was sent away");
    crew.settled(async |writer| process.text(&writer.token, writer.proposal).await).await;
    // Whatever became of the text that was theirs, it opens, here and after a restart.
    let alone = doors.last().unwrap();
    let left = process.text(&alone.token, alone.proposal).await;
    process.kill();
    let again = Process::start(&db).await;
    assert_eq!(again.text(&alone.token, alone.proposal).await, left);
    crew.settled(async |writer| again.text(&writer.token, writer.proposal).await).await;
    assert_eq!(again.counted("quorum_damaged_total").await, 0);
}
