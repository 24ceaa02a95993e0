//! PostgreSQL is restarted, killed and paused while people write in several texts. They are told, write on together, and are told when it is over; what
//! had been acknowledged, or shown without that warning, is in the database before the server reaches it again; and in the end all is there, once.
//!
//! The long form, of which a failure names the seed:
//! `QUORUM_OUTAGES=50 QUORUM_SEED=7 cargo test --release -p server --test rooms every_outage -- --nocapture`

use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use server::rooms::log::text_at_head;
use tokio::time::{Instant, sleep, timeout};

use crate::crew::{Crew, promised};
use crate::ledger::setting;
use crate::process::Process;
use crate::support::World;
use crate::writer::Writer;
use cluster::Cluster;

mod cluster;

/// Texts, and people who write in each.
const TEXTS: usize = 3;
const WRITERS: usize = 4;

/// Longer than a commit may take before it counts as slow, and than the pool waits for a connection; shorter than the time after which a turn is
/// given up, so that it ends well after all.
const PAUSE: Duration = Duration::from_secs(10);

/// What happens to PostgreSQL.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outage {
    Restart,
    Kill,
    Pause,
}

impl Outage {
    fn begin(self, cluster: &mut Cluster) {
        match self {
            Self::Restart => cluster.close(),
            Self::Kill => cluster.kill(),
            Self::Pause => cluster.pause(),
        }
    }

    /// It is over. Where the database can be opened without the server, it has kept its promises by then: the server has had no chance to mend anything.
    async fn end(self, cluster: &mut Cluster, crew: &Crew) {
        if self == Self::Pause {
            return cluster.resume();
        }
        let kept = cluster.beside(async |db| {
            let mut promises = 0;
            for people in crew.texts() {
                let mut line = db.acquire().await.unwrap();
                promises += promised(people, &text_at_head(&mut line, people[0].proposal).await.unwrap().0);
            }
            promises
        });
        let promises = kept.await;
        println!("{promises} edits were promised, and were there before the server was");
        assert!(promises > 0, "nobody has written anything");
        cluster.open();
    }
}

/// Waits until the server says that it is ready, or that it is not.
async fn readiness(process: &Process, is: bool) {
    let waiting = async {
        while process.ready().await != is {
            sleep(Duration::from_millis(50)).await;
        }
    };
    assert!(timeout(Duration::from_mins(1), waiting).await.is_ok(), "ready never became {is}");
}

/// Everybody was told this last.
fn told(writers: &[Writer], mode: u64) -> bool {
    writers.iter().all(|writer| writer.client().modes.last() == Some(&mode))
}

/// Everybody sees something that everybody else in their text has written since then.
fn together(writers: &[Writer], since: &[usize]) -> bool {
    let texts = writers.chunks(WRITERS).zip(since.chunks(WRITERS));
    texts.into_iter().all(|(people, since)| {
        people.iter().all(|reader| people.iter().zip(since).all(|(writer, since)| reader.seen(&writer.name()) > *since))
    })
}

/// One outage, from people writing to everything being stored.
async fn survive(outage: Outage, writing: Duration, cluster: &mut Cluster, crew: &mut Crew, process: &Process) {
    let end = Instant::now() + writing;
    crew.write(|_| Instant::now() >= end).await;
    let begun = Instant::now();
    outage.begin(cluster);
    crew.soon("all are told that it is away", |writers| told(writers, 1)).await;
    let acknowledged: Vec<usize> = crew.writers.iter().map(|writer| writer.acknowledged).collect();
    let done: Vec<usize> = crew.writers.iter().map(Writer::done).collect();
    crew.soon("people write on together", |writers| together(writers, &done)).await;
    readiness(process, false).await;
    crew.write(|_| outage != Outage::Pause || begun.elapsed() >= PAUSE).await;
    let now: Vec<usize> = crew.writers.iter().map(|writer| writer.acknowledged).collect();
    assert_eq!(now, acknowledged, "acknowledged while the database was away");
    outage.end(cluster, crew).await;
    crew.soon("all are told that it is back", |writers| told(writers, 0)).await;
    readiness(process, true).await;
    crew.settled(async |writer| process.text(&writer.token, writer.proposal).await).await;
}

#[tokio::test]
async fn what_was_acknowledged_or_seen_survives_every_outage_of_the_database() {
    let (outages, seed) = (setting("QUORUM_OUTAGES", 3), setting("QUORUM_SEED", rand::random::<u32>().into()));
    println!("{outages} outages, QUORUM_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);
    let mut cluster = Cluster::start();
    let db = cluster.connect().await;
    server::MIGRATIONS.run(&db).await.unwrap();
    let world = World::new(&db).await;
    let mut crew = Crew::new(&world, &[&world.ada, &world.ben], TEXTS, WRITERS, &mut chance).await;
    world.rooms.shutdown().await;
    db.close().await;

    let mut process = Process::start(&db).await;
    crew.connect(&[process.address()]).await;
    let mut kinds = Vec::new();
    for number in 1..=outages {
        if kinds.is_empty() {
            kinds = vec![Outage::Restart, Outage::Kill, Outage::Pause];
            kinds.shuffle(&mut chance);
        }
        let (outage, writing) = (kinds.pop().unwrap(), Duration::from_millis(chance.random_range(200..1_200)));
        println!("outage {number}: {outage:?}");
        survive(outage, writing, &mut cluster, &mut crew, &process).await;
    }
    assert!(process.lives());
    assert!(crew.writers.iter().all(|writer| !writer.closed()), "somebody was sent away");
}
