//! Several processes' rooms over one log, joined by a real NATS: through a bus that works, one that loses, repeats and reorders, and one that is away.

use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::bus::{Bus, Hint, Link, Prefix};
use server::clock::Clock;
use server::db::log::{Snapshot, insert_snapshot, remove_covered};
use server::rooms::log::{load, text_hash};
use server::rooms::{Reading, Rooms};
use sqlx::{AssertSqlSafe, PgPool};

use crate::client::{Client, Server};
use crate::ledger::setting;
use crate::support::{World, quick};
use nats::{Nats, Relay};

pub mod nats;

/// The rooms of another process: the same log, a bus of its own.
async fn node(world: &World, address: &str, prefix: Prefix) -> World {
    let bus = Bus::linked(Link::connect(address, prefix).await.unwrap()).await;
    let rooms = Rooms::with(world.db.clone(), Clock::system(), &bus, quick());
    World { rooms, bus, ..world.clone() }
}

fn prefix(tell: &str, hear: &str) -> Prefix {
    Prefix { tell: tell.into(), hear: hear.into() }
}

/// Both see the same text, which is also the log's.
async fn equal(ada: &mut Client, ben: &mut Client, world: &World) {
    ada.saved().await;
    ben.saved().await;
    let text = world.beside().text().await;
    ada.until(|ada| ada.text() == text).await;
    ben.until(|ben| ben.text() == text).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn people_on_two_nodes_write_one_text_and_see_each_other(db: PgPool) {
    let nats = Nats::start().await;
    let world = World::new(&db).await;
    let (one, two) = (node(&world, &nats.address, Prefix::default()).await, node(&world, &nats.address, Prefix::default()).await);
    let (here, there) = (Server::start(&one).await, Server::start(&two).await);
    let (mut ada, mut ben) = (Client::synced(&here, &one, &one.ada).await, Client::synced(&there, &two, &two.ben).await);
    ada.insert(0, "from one ").await;
    ben.until(|ben| ben.text() == "from one ").await;
    ben.insert(9, "and two").await;
    ada.until(|ada| ada.text() == "from one and two").await;

    let me = ben.doc.client_id().get();
    ben.present(me, 1, r#"{"cursor":3}"#).await;
    ada.until(|ada| ada.people.get(&me).is_some_and(|(_, state)| state["user"]["name"] == "Ben")).await;
    // Whoever comes later is told who is there.
    let mut cem = Client::synced(&here, &one, &one.cem).await;
    cem.until(|cem| cem.people.contains_key(&me)).await;
    drop(ben);
    ada.until(|ada| ada.people.get(&me).is_some_and(|(_, state)| state.is_null())).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_is_held_or_forbidden_on_one_node_is_so_on_the_other(db: PgPool) {
    let nats = Nats::start().await;
    let world = World::new(&db).await;
    let (one, two) = (node(&world, &nats.address, Prefix::default()).await, node(&world, &nats.address, Prefix::default()).await);
    let there = Server::start(&two).await;
    let mut ada = Client::synced(&there, &two, &two.ada).await;
    one.state("held").await;
    one.bus.tell(Hint::Proposal { team: one.team, id: one.document });
    let mut at = 0;
    while ada.refused.is_empty() {
        ada.insert(at, "x").await;
        ada.handled().await;
        at += 1;
    }
    assert_eq!(ada.refused[0], "held");
    one.role(one.ada.account, "").await;
    one.bus.tell(Hint::Access { account: one.ada.account });
    assert_eq!(ada.until_closed().await, 4403);
}

/// The long form: `QUORUM_BUSES=20 QUORUM_SEED=7 cargo test --release -p server --test rooms a_bus_that_loses -- --nocapture`.
#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_bus_that_loses_repeats_and_reorders_loses_nobody_a_word(db: PgPool) {
    let (buses, first) = (setting("QUORUM_BUSES", 1), setting("QUORUM_SEED", rand::random::<u32>().into()));
    for seed in first..first + buses {
        println!("QUORUM_SEED={seed}");
        write_over_a_bad_bus(&db, seed).await;
    }
}

async fn write_over_a_bad_bus(db: &PgPool, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let nats = Nats::start().await;
    let world = World::new(db).await;
    let _relays = (Relay::start(&nats.address, "a", "b", seed).await, Relay::start(&nats.address, "b", "a", seed + 1).await);
    let (one, two) =
        (node(&world, &nats.address, prefix("a.out", "a.in")).await, node(&world, &nats.address, prefix("b.out", "b.in")).await);
    let (here, there) = (Server::start(&one).await, Server::start(&two).await);
    let (mut ada, mut ben) = (Client::synced(&here, &one, &one.ada).await, Client::synced(&there, &two, &two.ben).await);
    for round in 0..60 {
        let who = if chance.random_bool(0.5) { &mut ada } else { &mut ben };
        let length = u32::try_from(who.text().len()).unwrap();
        if length > 20 && chance.random_bool(0.3) {
            who.delete(chance.random_range(0..length - 5), 5).await;
        } else {
            who.insert(chance.random_range(0..=length), &format!("{round} ")).await;
        }
        if chance.random_bool(0.3) {
            ada.handled().await;
            ben.handled().await;
        }
    }
    equal(&mut ada, &mut ben, &world).await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn without_a_bus_nodes_find_each_others_edits_in_the_log(db: PgPool) {
    let world = World::new(&db).await;
    let nobody = "nats://127.0.0.1:1";
    let (one, two) = (node(&world, nobody, Prefix::default()).await, node(&world, nobody, Prefix::default()).await);
    let (here, there) = (Server::start(&one).await, Server::start(&two).await);
    let (mut ada, mut ben) = (Client::synced(&here, &one, &one.ada).await, Client::synced(&there, &two, &two.ben).await);
    ada.insert(0, "one ").await;
    ada.saved().await;
    ben.insert(0, "two ").await;
    ben.saved().await;
    ben.insert(0, "three ").await;
    equal(&mut ada, &mut ben, &world).await;
    assert_eq!(ada.text().len(), "one two three ".len());
    assert_eq!((ada.closed, ben.closed), (None, None));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_bus_that_is_away_holds_nobody_up(db: PgPool) {
    let world = World::new(&db).await;
    let one = node(&world, "nats://127.0.0.1:1", Prefix::default()).await;
    for _ in 0..10_000 {
        one.bus.tell(Hint::Designs { team: one.team });
        tokio::task::yield_now().await;
    }
    assert_eq!(one.text().await, "");
    let server = Server::start(&one).await;
    let mut ada = Client::synced(&server, &one, &one.ada).await;
    ada.insert(0, "at once").await;
    ada.saved().await;
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_text_that_another_process_writes_and_compacts_while_it_is_read_is_not_damaged(db: PgPool) {
    let world = World::new(&db).await;
    world.set("one").await.unwrap();
    let mut line = db.acquire().await.unwrap();
    let reader: i32 = sqlx::query_scalar("select pg_backend_pid()").fetch_one(&mut *line).await.unwrap();
    let stops_the_reader = format!(
        "create function stopped(head bigint) returns bigint language plpgsql as $$ begin
            if pg_backend_pid() = {reader} then perform pg_advisory_xact_lock(1); end if;
            return head;
        end $$;
        alter view logs rename to quick_logs;
        create view logs as select id, team, state, indexed, stopped(head) as head from quick_logs;"
    );
    sqlx::raw_sql(AssertSqlSafe(stops_the_reader)).execute(&db).await.unwrap();
    let mut compacting = db.begin().await.unwrap();
    sqlx::query("select pg_advisory_xact_lock(1)").execute(&mut *compacting).await.unwrap();
    let reading = load(&mut line, world.document);
    let other = async {
        // The reader knows the head, and nothing else yet.
        let waits = "select exists (
            select from pg_locks join pg_database on pg_database.oid = pg_locks.database
            where datname = current_database() and locktype = 'advisory' and not granted
        )";
        while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&db).await.unwrap() {}
        world.set("one two").await.unwrap();
        let Reading { text, seq, state } = world.rooms.read(world.document).await.unwrap();
        let snapshot = Snapshot::new(seq, state, text_hash(&text));
        insert_snapshot(&mut *compacting, world.document, &snapshot, Clock::system().now()).await.unwrap();
        remove_covered(&mut compacting, world.document, seq).await.unwrap();
        compacting.commit().await.unwrap();
    };
    let (loaded, ()) = tokio::join!(reading, other);
    let mut loaded = loaded.unwrap();
    assert_eq!((loaded.damaged, loaded.document.text().unwrap().as_str()), (0, "one two"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn both_nodes_compact_one_log_and_nothing_is_lost(db: PgPool) {
    let nats = Nats::start().await;
    let world = World::new(&db).await;
    let few = || server::rooms::Limits { snapshot_rows: 3, ..quick() };
    let node = async |world: &World| {
        let bus = Bus::linked(Link::connect(&nats.address, Prefix::default()).await.unwrap()).await;
        World { rooms: Rooms::with(world.db.clone(), Clock::system(), &bus, few()), bus, ..world.clone() }
    };
    let (one, two) = (node(&world).await, node(&world).await);
    let (here, there) = (Server::start(&one).await, Server::start(&two).await);
    let (mut ada, mut ben) = (Client::synced(&here, &one, &one.ada).await, Client::synced(&there, &two, &two.ben).await);
    for n in 0..40 {
        ada.insert(0, &format!("a{n} ")).await;
        ben.insert(0, &format!("b{n} ")).await;
        if n % 4 == 0 {
            ada.saved().await;
            ben.saved().await;
        }
    }
    equal(&mut ada, &mut ben, &world).await;
    for n in 0..40 {
        assert_eq!(ada.text().matches(&format!("a{n} ")).count(), 1);
        assert_eq!(ada.text().matches(&format!("b{n} ")).count(), 1);
    }
    tokio::time::timeout(Duration::from_secs(20), one.rooms.shutdown()).await.unwrap();
    tokio::time::timeout(Duration::from_secs(20), two.rooms.shutdown()).await.unwrap();
    assert_eq!(world.beside().text().await, ada.text());
}
