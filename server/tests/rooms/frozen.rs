//! One of two processes is frozen while people write on both, and thawed. It knows nothing of the time between, and yet writes nothing that was
//! forbidden meanwhile; what anybody was promised is there, and all come to the same text.
//!
//! The long form, of which a failure names the seed:
//! `QUORUM_FREEZES=20 QUORUM_SEED=7 cargo test --release -p server --test rooms a_frozen_process -- --nocapture`

use std::time::Duration;

use app::model::account::Caller;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::rooms::log::text_at_head;
use sqlx::PgPool;
use tokio::time::Instant;

use crate::crew::{Crew, promised};
use crate::ledger::setting;
use crate::nodes::nats::Nats;
use crate::process::Process;
use crate::support::World;
use crate::writer::Writer;

/// Texts, and people who write in each, half of them on either process.
const TEXTS: usize = 2;
const WRITERS: usize = 4;

/// Longer than every time limit that runs on in a frozen process and is over at once when it thaws: a commit given up (15 s), a socket that takes
/// nothing (10 s) or says nothing (1 min), somebody elsewhere who is not heard of (40 s).
const FROZEN: Duration = Duration::from_secs(61);

/// A text as the database has it.
async fn stored(world: &World, writer: &Writer) -> String {
    let mut line = world.db.acquire().await.unwrap();
    text_at_head(&mut line, writer.proposal).await.unwrap().0
}

/// Somebody alone in a text, who is forbidden to write in it while their process cannot know.
struct Barred {
    crew: Crew,
    reason: &'static str,
    /// What is on disk by then, and how much of it was acknowledged.
    before: (String, usize),
}

impl Barred {
    async fn new(world: &World, who: &Caller, reason: &'static str, address: String, chance: &mut StdRng) -> Self {
        world.role(who.account, "editor").await;
        let mut crew = Crew::new(world, &[who], 1, 1, chance).await;
        crew.connect(&[address]).await;
        crew.returns = true;
        crew.soon("something is on disk", |writers| writers[0].acknowledged > 5).await;
        crew.settled(async |writer| stored(world, writer).await).await;
        let before = (crew.writers[0].text(), crew.writers[0].acknowledged);
        Self { crew, reason, before }
    }

    /// Forbids it, in the database only, and has them write all the same.
    async fn forbid(&mut self, world: &World, who: &Caller) {
        let writer = &mut self.crew.writers[0];
        match self.reason {
            "role" => world.role(who.account, "viewer").await,
            state => World { document: writer.proposal, ..world.clone() }.state(state).await,
        }
        for _ in 0..10 {
            writer.step().await;
        }
    }

    /// Nothing of it is taken or acknowledged, and they are told why.
    async fn refused(mut self, world: &World) {
        let reason = self.reason;
        self.crew.soon("a write is refused", |writers| writers[0].client().refused.iter().any(|said| said == reason)).await;
        let writer = &self.crew.writers[0];
        assert_eq!((stored(world, writer).await, writer.acknowledged), self.before, "written although {reason}");
    }
}

/// One freeze, from people writing on both processes to all of them seeing one text.
async fn survive(world: &World, processes: &[Process; 2], frozen: usize, crew: &mut Crew, chance: &mut StdRng) {
    let (people, address) = ([&world.cem, &world.dot], processes[frozen].address());
    let mut barred = Vec::new();
    for (who, reason) in people.into_iter().zip(["role", "held"]) {
        barred.push(Barred::new(world, who, reason, address.clone(), chance).await);
    }
    let end = Instant::now() + Duration::from_millis(chance.random_range(200..1_200));
    crew.write(|_| Instant::now() >= end).await;

    processes[frozen].freeze();
    let (since, before) = (Instant::now(), acknowledged(crew));
    for (barred, who) in barred.iter_mut().zip(people) {
        barred.forbid(world, who).await;
    }
    crew.pace = Duration::from_millis(100);
    crew.write(|_| since.elapsed() >= FROZEN).await;
    for (writer, (now, before)) in acknowledged(crew).into_iter().zip(before).enumerate() {
        assert!(writer % 2 == frozen || now > before, "{writer} was held up by a process that is not theirs");
    }
    for people in crew.texts() {
        promised(people, &stored(world, &people[0]).await);
    }

    processes[frozen].thaw();
    for barred in barred {
        barred.refused(world).await;
    }
    crew.pace = Duration::from_millis(5);
    let before = acknowledged(crew);
    crew.soon("all write on", |writers| writers.iter().zip(&before).all(|(writer, before)| writer.acknowledged > *before)).await;
    crew.settled(async |writer| stored(world, writer).await).await;
    for writer in &crew.writers {
        for process in processes {
            assert_eq!(process.text(&writer.token, writer.proposal).await, writer.text());
        }
    }
}

fn acknowledged(crew: &Crew) -> Vec<usize> {
    crew.writers.iter().map(|writer| writer.acknowledged).collect()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_frozen_process_comes_back_without_writing_what_was_forbidden_meanwhile(db: PgPool) {
    let (freezes, seed) = (setting("QUORUM_FREEZES", 1), setting("QUORUM_SEED", rand::random::<u32>().into()));
    println!("{freezes} freezes, QUORUM_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let nats = Nats::start().await;
    let world = World::new(&db).await;
    let mut crew = Crew::new(&world, &[&world.ada, &world.ben], TEXTS, WRITERS, &mut chance).await;
    crew.returns = true;
    let joined = [("QUORUM_BUS", nats.address.as_str())];
    let mut processes = [Process::start_with(&db, &joined).await, Process::start_with(&db, &joined).await];
    crew.connect(&processes.each_ref().map(Process::address)).await;
    for freeze in 1..=freezes {
        let frozen = chance.random_range(0..2);
        println!("freeze {freeze}: process {frozen}");
        survive(&world, &processes, frozen, &mut crew, &mut chance).await;
    }
    assert!(processes.iter_mut().all(Process::lives));
}
