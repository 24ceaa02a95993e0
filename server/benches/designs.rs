//! Lists, filters and searches in a team of 10,000 designs; each must answer within 100 ms at the 95th percentile.
//!
//! `DATABASE_URL=postgres://… cargo bench -p server --bench designs` makes a database of its own beside that one, fills it (about two minutes),
//! measures through the service, and removes it again. Not criterion: the promise is a percentile over many different questions, not a mean
//! of one.

#[path = "designs/fill.rs"]
mod fill;

use std::time::{Duration, Instant};

use app::backend::Designs;
use app::model::account::Caller;
use app::model::design::{DesignFilter, DesignState};
use app::model::proposal::ProposalState;
use server::clock::Clock;
use server::service::{Links, Passwords, People, Service};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio_util::task::TaskTracker;

/// How often each question is asked.
const ROUNDS: usize = 100;

/// What an answer may take at the 95th percentile.
const PROMISE: Duration = Duration::from_millis(100);

/// The database that is made and removed.
const DATABASE: &str = "quorum_bench_designs";

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "a benchmark has no settings but this one")]
async fn main() {
    let url = std::env::var("DATABASE_URL").expect("DATABASE_URL, as postgres://user@host:port/database");
    let beside: PgConnectOptions = url.parse().expect("a PostgreSQL address");
    let maintenance = PgPool::connect_with(beside.clone()).await.expect("PostgreSQL answers");
    remove(&maintenance).await;
    sqlx::query(sqlx::AssertSqlSafe(format!("create database {DATABASE}"))).execute(&maintenance).await.expect("may create databases");
    let db = PgPoolOptions::new().max_connections(4).connect_with(beside.database(DATABASE)).await.expect("the new database");
    server::MIGRATIONS.run(&db).await.expect("the schema");
    let kept = measure(&db).await;
    db.close().await;
    remove(&maintenance).await;
    assert!(kept, "some answers take longer than {PROMISE:?}");
}

async fn remove(maintenance: &PgPool) {
    let statement = sqlx::AssertSqlSafe(format!("drop database if exists {DATABASE} with (force)"));
    sqlx::query(statement).execute(maintenance).await.expect("the database can be removed");
}

/// Fills the database, asks all questions, prints what they took; whether all kept the promise.
async fn measure(db: &PgPool) -> bool {
    let began = Instant::now();
    let caller = fill::fill(db).await;
    println!("{} designs filled in {:.0?}", fill::DESIGNS, began.elapsed());
    let people = People {
        links: Links::new("http://127.0.0.1:3000".parse().expect("an address")),
        mail: None,
        set_up_code: None,
        passwords: Passwords::default(),
        tasks: TaskTracker::default(),
    };
    let service = Service::new(db.clone(), Clock::system(), people);
    let mut kept = true;
    println!("{:<42} {:>9} {:>9} {:>9} {:>6}", "question", "p50", "p95", "max", "lines");
    for (question, filter) in questions() {
        let mut took = Vec::with_capacity(ROUNDS);
        let mut lines = 0;
        for _ in 0..ROUNDS {
            let asked = Instant::now();
            lines = ask(&service, &caller, filter.clone()).await;
            took.push(asked.elapsed());
        }
        took.sort_unstable();
        let [p50, p95, max] = [ROUNDS / 2, ROUNDS * 95 / 100, ROUNDS - 1].map(|place| took[place]);
        println!("{question:<42} {p50:>9.1?} {p95:>9.1?} {max:>9.1?} {lines:>6}");
        kept &= p95 <= PROMISE;
    }
    kept
}

async fn ask(service: &Service, caller: &Caller, filter: DesignFilter) -> usize {
    service.list_designs(caller, fill::SLUG, filter).await.expect("an answer").items.len()
}

/// What people ask a list, the cheap and the dear.
fn questions() -> Vec<(String, DesignFilter)> {
    let none = DesignFilter::default;
    let search = |words: &str| (format!("search “{words}”"), DesignFilter { search: words.into(), ..none() });
    vec![
        ("all".into(), none()),
        ("state accepted".into(), DesignFilter { state: Some(DesignState::Accepted), ..none() }),
        ("newest proposal in review".into(), DesignFilter { proposal: Some(ProposalState::InReview), ..none() }),
        ("mine".into(), DesignFilter { mine: true, ..none() }),
        ("archived".into(), DesignFilter { archived: true, ..none() }),
        search("l"),
        search("le"),
        search("led"),
        search("ledger"),
        search("the"),
        search("the service"),
        search(&fill::word(5_900)),
        search(&format!("{} {}", fill::word(40), fill::word(300))),
        search("qqqq"),
        ("search “the”, in review".into(), DesignFilter { search: "the".into(), proposal: Some(ProposalState::InReview), ..none() }),
    ]
}
