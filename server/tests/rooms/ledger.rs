//! The ledger: the server is killed under load again and again, and whatever it had acknowledged, or shown to somebody else, is there when it is back.
//!
//! This process keeps the books; the server is another one. The long form, of which a failure names the seed:
//! `QUORUM_KILLS=100 QUORUM_SEED=7 cargo test --release -p server --test rooms survives_every_kill -- --nocapture`

use std::time::Duration;

use app::model::ids::{ProposalId, TeamId};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::rooms::log::Start;
use sqlx::PgPool;

use crate::support::{World, proposal};
use process::Process;
use writer::Writer;

mod process;
mod writer;

/// Texts, and people who write in each, in two places each.
const TEXTS: usize = 3;
const WRITERS: usize = 4;

/// A number from the environment.
#[expect(clippy::disallowed_methods, reason = "a test has no settings but these")]
pub fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |value| value.parse().unwrap_or_else(|_| panic!("{name} is a number")))
}

/// Another text of the team.
async fn text(world: &World, team: TeamId) -> ProposalId {
    let document = proposal(&world.db, team).await;
    world.start(document, Start::Empty).await;
    document
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_was_acknowledged_or_seen_survives_every_kill(db: PgPool) {
    let (kills, seed) = (setting("QUORUM_KILLS", 5), setting("QUORUM_SEED", rand::random::<u32>().into()));
    println!("{kills} kills, QUORUM_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let world = World::new(&db).await;
    let tokens = [process::token(&world, &world.ada).await, process::token(&world, &world.ben).await];
    let mut writers = Vec::new();
    for _ in 0..TEXTS {
        let proposal = text(&world, world.team).await;
        writers.extend(tokens.iter().cycle().take(WRITERS).map(|token| Writer::new(proposal, token.clone(), chance.random())));
    }
    world.rooms.shutdown().await;

    let mut process = Process::start(&db).await;
    for kill in 1..=kills {
        let typing = writers.into_iter().map(|writer| tokio::spawn(writer.write(process.address())));
        let typing: Vec<_> = typing.collect();
        tokio::time::sleep(Duration::from_millis(chance.random_range(200..1_200))).await;
        process.kill();
        writers = Vec::new();
        for writer in typing {
            writers.push(writer.await.unwrap());
        }
        process = Process::start(&db).await;
        let mut promises = 0;
        for text in writers.chunks(WRITERS) {
            let stored = process.text(&text[0].token, text[0].proposal).await;
            for writer in text {
                let seen = text.iter().filter(|other| other.name() != writer.name()).map(|other| other.seen(&writer.name()));
                let promised = writer.acknowledged.max(seen.max().unwrap_or(0));
                let kept = writer.kept(&stored, promised);
                assert!(kept.is_some(), "kill {kill}, seed {seed}: {} was promised {promised} edits; stored is\n{stored}", writer.name());
                promises += promised;
            }
        }
        println!("kill {kill}: {promises} edits were promised so far, and all are there");
        assert!(promises > 0, "nobody has written anything");
    }
}
