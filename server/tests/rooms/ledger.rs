//! The ledger: the server is killed under load again and again, and whatever it had acknowledged, or shown to somebody else, is there when it is back.
//!
//! This process keeps the books; the server is another one. The long form, of which a failure names the seed:
//! `QUORUM_KILLS=100 QUORUM_SEED=7 cargo test --release -p server --test rooms survives_every_kill -- --nocapture`

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::PgPool;
use tokio::time::Instant;

use crate::crew::{Crew, promised};
use crate::process::Process;
use crate::support::World;
use crate::writer::Writer;

/// Texts, and people who write in each, in two places each.
const TEXTS: usize = 3;
const WRITERS: usize = 4;

/// A number from the environment.
#[expect(clippy::disallowed_methods, reason = "a test has no settings but these")]
pub fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_was_acknowledged_or_seen_survives_every_kill(db: PgPool) {
    let (kills, seed) = (setting("QUORUM_KILLS", 5), setting("QUORUM_SEED", rand::random::<u32>().into()));
    println!("{kills} kills, QUORUM_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let world = World::new(&db).await;
    let mut crew = Crew::new(&world, &[&world.ada, &world.ben], TEXTS, WRITERS, &mut chance).await;
    world.rooms.shutdown().await;

    let mut process = Process::start(&db).await;
    for kill in 1..=kills {
        crew.connect(&[process.address()]).await;
        let end = Instant::now() + Duration::from_millis(chance.random_range(200..1_200));
        crew.write(|_| Instant::now() >= end).await;
        process.kill();
        crew.listen("all know that it is gone", |writers| writers.iter().all(Writer::closed)).await;
        process = Process::start(&db).await;
        let mut promises = 0;
        for people in crew.texts() {
            promises += promised(people, &process.text(&people[0].token, people[0].proposal).await);
        }
        println!("kill {kill}: {promises} edits were promised so far, and all are there");
        assert!(promises > 0, "nobody has written anything");
    }
}
