//! A new release, one process after the other: two servers over one database are told to stop in turn, under load, and replaced. Their clients know both.
//!
//! The long form, of which a failure names the seed:
//! `QUORUM_DEPLOYS=50 QUORUM_SEED=7 cargo test --release -p server --test rooms replaced_one_by_one -- --nocapture`

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::PgPool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::crew::text;
use crate::ledger::setting;
use crate::nodes::nats::Nats;
use crate::process::{Process, token};
use crate::support::World;
use crate::writer::Writer;

/// Texts, and people who write in each.
const TEXTS: usize = 3;
const WRITERS: usize = 4;

/// A process that serves on after it was told to stop until it is told again: a test looks at it then, however slow the machine is.
async fn process(db: &PgPool, nats: &Nats) -> Process {
    Process::start_with(db, &[("QUORUM_BUS", &nats.address), ("QUORUM_SHUTDOWN_NOTICE", "600")]).await
}

/// Everybody, and the process at which each is; the first of two is stopped next.
struct Load {
    typing: [Vec<JoinHandle<Writer>>; 2],
    enough: CancellationToken,
}

impl Load {
    /// Sends writers to a process.
    fn write_at(&mut self, which: usize, process: &Process, writers: impl IntoIterator<Item = Writer>) {
        let enough = &self.enough;
        self.typing[which].extend(writers.into_iter().map(|writer| tokio::spawn(writer.write_until(process.address(), enough.clone()))));
    }

    /// Those who are at a process, once their connection has ended.
    async fn back_from(&mut self, which: usize) -> Vec<Writer> {
        futures::future::join_all(std::mem::take(&mut self.typing[which])).await.into_iter().map(Result::unwrap).collect()
    }
}

/// What writers were promised is in the log; answers how much it was.
async fn kept(world: &World, writers: &[Writer]) -> usize {
    let (rooms, mut sum) = (world.beside().rooms, 0);
    for writer in writers {
        let stored = rooms.read(writer.proposal).await.unwrap().text;
        let others = writers.iter().filter(|other| other.proposal == writer.proposal && other.name() != writer.name());
        let promised = others.map(|other| other.seen(&writer.name())).fold(writer.acknowledged, usize::max);
        assert!(writer.kept(&stored, promised).is_some(), "{} was promised {promised} edits; stored is\n{stored}", writer.name());
        sum += promised;
    }
    rooms.shutdown().await;
    sum
}

/// A request that has begun, and is not complete before the process stops.
struct UnderWay(TcpStream);

impl UnderWay {
    /// All but its end.
    async fn begin(process: &Process, team: &str, token: &str) -> Self {
        let mut line = TcpStream::connect(process.at()).await.unwrap();
        let body = r#"{"title": "On the way", "markdown": "Text."}"#;
        let head = format!(
            "POST /api/v1/teams/{team}/designs HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n",
            process.at(),
            body.len(),
        );
        line.write_all(format!("{head}{}", &body[..body.len() - 1]).as_bytes()).await.unwrap();
        Self(line)
    }

    /// Its end; answers the status.
    async fn end(mut self) -> String {
        self.0.write_all(b"}").await.unwrap();
        let mut answer = String::new();
        self.0.read_to_string(&mut answer).await.unwrap();
        answer.lines().next().unwrap().to_owned()
    }
}

/// Stops a process in order, and looks at everything on the way.
async fn stop(process: Process, team: &str, token: &str, text: &str) {
    assert_eq!(process.ask("/readyz", token).await.unwrap().status(), 200);
    let under_way = UnderWay::begin(&process, team, token).await;
    process.stop();
    while process.ask("/readyz", token).await.unwrap().status() != 503 {}
    // Not ready, but there: a load balancer may not have asked yet.
    assert_eq!(process.ask(text, token).await.unwrap().status(), 200);
    process.stop();
    // Whoever still comes is served, until nobody can come any more.
    while let Some(answer) = process.ask(text, token).await {
        assert_eq!(answer.status(), 200);
    }
    assert_eq!(under_way.end().await, "HTTP/1.1 201 Created");
    process.ended().await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn processes_replaced_one_by_one_lose_nobody_a_word_or_an_answer(db: PgPool) {
    let (deploys, seed) = (setting("QUORUM_DEPLOYS", 2), setting("QUORUM_SEED", rand::random::<u32>().into()));
    println!("{deploys} deploys, QUORUM_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let (nats, world) = (Nats::start().await, World::new(&db).await);
    let tokens = [token(&world, &world.ada).await, token(&world, &world.ben).await];
    // The world's designs have taken numbers without counting them.
    let team: String = sqlx::query_scalar("update teams set next_design = 1000 returning slug").fetch_one(&db).await.unwrap();
    let mut writers = Vec::new();
    for _ in 0..TEXTS {
        let proposal = text(&world).await;
        writers.extend(tokens.iter().cycle().take(WRITERS).map(|token| Writer::new(proposal, token.clone(), chance.random())));
    }
    let read = format!("/api/v1/proposals/{}/text", writers[0].proposal);
    world.rooms.shutdown().await;

    let mut processes = [process(&db, &nats).await, process(&db, &nats).await];
    let mut load = Load { typing: [Vec::new(), Vec::new()], enough: CancellationToken::new() };
    let second = writers.split_off(writers.len() / 2);
    load.write_at(0, &processes[0], writers);
    load.write_at(1, &processes[1], second);
    for deploy in 1..=deploys {
        for which in [0, 1] {
            tokio::time::sleep(Duration::from_millis(chance.random_range(200..1_000))).await;
            let new = process(&db, &nats).await;
            stop(std::mem::replace(&mut processes[which], new), &team, &tokens[0], &read).await;
            let writers = load.back_from(which).await;
            let codes: Vec<_> = writers.iter().map(|writer| writer.client().closed).collect();
            assert!(!codes.is_empty() && codes.iter().all(|code| *code == Some(1012)), "seed {seed}: {codes:?}");
            let other = 1 - which;
            let promises = kept(&world, &writers).await;
            assert!(promises > 0, "nobody has written anything");
            println!("deploy {deploy}, process {which}: {promises} edits were promised to {} who were there, and are there", writers.len());
            // They come back at the other, and nobody who was there has noticed anything.
            assert!(load.typing[other].iter().all(|typing| !typing.is_finished()), "seed {seed}: somebody else was cut off");
            load.write_at(other, &processes[other], writers);
        }
    }
    load.enough.cancel();
    let mut writers = load.back_from(0).await;
    writers.extend(load.back_from(1).await);
    assert!(writers.iter().all(|writer| !writer.closed()), "seed {seed}");
    println!("{} edits in all", kept(&world, &writers).await);
}
