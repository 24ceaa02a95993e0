//! Random histories: people on two nodes write, delete, take back, go offline and come back, lose their role and get it again, while nodes restart,
//! time passes, and the bus loses, repeats and reorders. In the end everybody has the text that is in the log, and it is what was written.
//!
//! A history is a plan, made from its seed before it is played. One that fails is kept in `target/histories`, made smaller, and played again with
//! `QUORUM_PLAN=target/histories/….json`. The long form, with as many histories as one likes:
//! `QUORUM_HISTORIES=100000 QUORUM_SEED=7 cargo test --release -p server --test rooms random_history -- --nocapture`

use sqlx::PgPool;

use crate::ledger::setting;
use crate::nodes::nats::Nats;
use many::Many;
use plan::Plan;

mod check;
mod line;
mod many;
mod marks;
mod minimise;
mod page;
mod person;
mod plan;
mod play;
mod replica;
mod scene;
mod tally;
mod time;

/// Histories of the short form, and steps of each.
const HISTORIES: u64 = 200;
const STEPS: u64 = 200;
/// How often a plan that was kept is played: what happens between its steps is not in it.
const AGAIN: u64 = 20;

/// A plan that is to be played again.
#[expect(clippy::disallowed_methods, reason = "a test has no settings but these")]
fn kept() -> Option<Plan> {
    let file = std::env::var("QUORUM_PLAN").ok()?;
    // Tests run in their package's folder; whoever names the file is in the one above.
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(&file);
    let plan = std::fs::read(path).unwrap_or_else(|error| panic!("{file}: {error}"));
    Some(serde_json::from_slice(&plan).expect("a plan"))
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whatever_happens_in_a_random_history_all_end_with_what_was_written(db: PgPool) {
    let nats = Nats::start().await;
    let (database, bus) = (db.connect_options().as_ref().clone(), nats.address.clone());
    let many = if let Some(plan) = kept() {
        Many { database, bus, plan: Box::new(move |_| plan.clone()), count: setting("QUORUM_HISTORIES", AGAIN) }
    } else {
        let (first, steps) = (setting("QUORUM_SEED", rand::random::<u32>().into()), setting("QUORUM_STEPS", STEPS));
        println!("QUORUM_SEED={first}");
        let plan = move |number| Plan::draw(first + number, u32::try_from(steps).expect("so many steps nobody plays"));
        Many { database, bus, plan: Box::new(plan), count: setting("QUORUM_HISTORIES", HISTORIES) }
    };
    let played = tokio::task::spawn_blocking(move || many.play()).await.unwrap();
    if let Err(words) = played {
        panic!("{words}");
    }
}
