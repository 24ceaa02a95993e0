//! Revisions: what exactly is frozen, when people write in the same moment, and what the server answers while the log cannot be written.

#[path = "common/outlet.rs"]
mod outlet;
#[path = "common/reviewing.rs"]
mod reviewing;

use std::time::Duration;

use app::backend::{Designs, Proposals, Reviews, Threads};
use app::error::Result;
use app::model::account::Caller;
use app::model::design::DesignFilter;
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use app::model::revision::Side;
use app::model::thread::{Kind, NewThread, Place};
use bytes::Bytes;
use outlet::{Outlet, line};
use reviewing::{SLUG, TEXT, World, waiting_for_locks};
use server::bus::Bus;
use server::clock::Clock;
use server::config::PublicUrl;
use server::rooms::{Limits, Peer, lineage, wire};
use server::service::{Links, Passwords, People, Service};
use sqlx::PgPool;
use tokio_util::task::TaskTracker;

/// The use cases with limits of a test's own.
fn service(db: &PgPool, limits: Limits) -> Service {
    let url: PublicUrl = "http://127.0.0.1:3000".parse().unwrap();
    let people =
        People { links: Links::new(url), mail: None, set_up_code: None, passwords: Passwords::default(), tasks: TaskTracker::default() };
    Service::with(db.clone(), Clock::system(), people, limits, Bus::default())
}

/// Somebody's browser, which makes the live text this.
async fn typing(world: &World, who: &Caller, proposal: ProposalId, text: &str) -> (Peer, Outlet) {
    let state = world.service.rooms().read(proposal).await.unwrap().state;
    let update = lineage::advance(&state, text, lineage::fresh_client()).unwrap().update;
    let (line, outlet) = line();
    let peer = world.service.rooms().connect(proposal, who, true, line).await.unwrap();
    assert!(peer.send(wire::update(&update)).await);
    (peer, outlet)
}

/// Waits for one message.
async fn told(outlet: &mut Outlet, wanted: Bytes) {
    while outlet.next().await.expect("the connection stays") != wanted {}
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_its_sender_wrote_last_is_committed_first_and_frozen_with_it(db: PgPool) {
    let mut world = World::new(db).await;
    world.service = service(&world.db, Limits { slow_commit: Duration::from_hours(1), ..Limits::default() });
    let proposal = world.draft().await;
    let mut block = world.db.begin().await.unwrap();
    sqlx::raw_sql("lock table updates in exclusive mode").execute(&mut *block).await.unwrap();
    let (_browser, mut outlet) = typing(&world, &world.ada, proposal, &format!("{TEXT}\nLast words.\n")).await;
    waiting_for_locks(&world.db, 1).await;
    let sending = tokio::spawn({
        let world = world.clone();
        async move { world.send(proposal).await }
    });
    tokio::task::yield_now().await;
    block.rollback().await.unwrap();
    assert_eq!(sending.await.unwrap(), Ok(1));
    told(&mut outlet, wire::committed(1)).await;
    let (text, seq): (String, i64) = sqlx::query_as("select text, seq from revisions").fetch_one(&world.db).await.unwrap();
    assert_eq!((text, seq), (format!("{TEXT}\nLast words.\n"), 2));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_revision_is_never_changed_by_what_is_written_later(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let row = async || -> String {
        sqlx::query_scalar("select json_agg(r order by number)::text from revisions r where number = 1").fetch_one(&world.db).await.unwrap()
    };
    let before = row().await;
    world.write(&world.ada, proposal, "# Ledger\n\nNew.\n").await;
    world.send(proposal).await.unwrap();
    world.service.rename_design(&world.ada, SLUG, 1, "Journal").await.unwrap();
    world.send(proposal).await.unwrap();
    assert_eq!(row().await, before);
    let titles: Vec<String> = sqlx::query_scalar("select title from revisions order by number").fetch_all(&world.db).await.unwrap();
    assert_eq!(titles, ["Ledger", "Ledger", "Journal"]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_revisions_hash_is_of_its_title_and_its_text(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    let hash = async |number: i32| -> Vec<u8> {
        sqlx::query_scalar("select content_hash from revisions where number = $1").bind(number).fetch_one(&world.db).await.unwrap()
    };
    world.service.rename_design(&world.ada, SLUG, 1, "Journal").await.unwrap();
    assert_eq!(world.send(proposal).await, Ok(2));
    world.write(&world.ada, proposal, &TEXT.replace("twice", "once")).await;
    assert_eq!(world.send(proposal).await, Ok(3));
    world.write(&world.ada, proposal, TEXT).await;
    world.service.rename_design(&world.ada, SLUG, 1, "Ledger").await.unwrap();
    assert_eq!(world.send(proposal).await, Ok(4));
    let hashes = [hash(1).await, hash(2).await, hash(3).await, hash(4).await];
    assert_eq!(hashes[0], hashes[3], "the same title and text");
    assert!(hashes[0] != hashes[1] && hashes[1] != hashes[2] && hashes[0] != hashes[2]);
    assert_eq!(world.send(proposal).await, Ok(4), "and revision 1's content is no change of revision 4");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_frozen_state_reads_as_the_revision_and_knows_its_places_when_the_text_has_moved_on(db: PgPool) {
    let world = World::new(db).await;
    let proposal = world.sent().await;
    world.write(&world.ada, proposal, &format!("# Preface\n\n{}", TEXT.replace("twice", "three times"))).await;
    let state: Vec<u8> = sqlx::query_scalar("select state from revisions").fetch_one(&world.db).await.unwrap();
    assert_eq!(lineage::text(&state).unwrap(), TEXT);
    let mut frozen = server::rooms::document::Document::open([state.as_slice()]).unwrap();
    let from = u32::try_from(TEXT.find("One table").unwrap()).unwrap();
    let range = frozen.anchor(&[(from, from + 9)]).unwrap().remove(0).unwrap();
    let (reading, found) = world.service.rooms().resolve(proposal, vec![range]).await.unwrap();
    let (from, to) = found[0].unwrap();
    assert_eq!(&reading.text[from as usize..to as usize], "One table");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn while_the_log_cannot_be_written_the_server_says_so_and_goes_on_afterwards(db: PgPool) {
    let mut world = World::new(db).await;
    world.service = service(&world.db, Limits { slow_commit: Duration::from_millis(50), ..Limits::default() });
    let proposal = world.sent().await;
    let thread = world.thread(&world.bo, proposal, "twice", Kind::Nit).await;
    let mut block = world.db.begin().await.unwrap();
    sqlx::raw_sql("lock table updates in exclusive mode").execute(&mut *block).await.unwrap();
    let (_browser, mut outlet) = typing(&world, &world.ada, proposal, "# Ledger\n\nNot on the server yet.\n").await;
    told(&mut outlet, wire::mode(true)).await;

    let (service, ada, bo) = (&world.service, &world.ada, &world.bo);
    let new = NewThread { proposal, place: Place::Whole, quote: String::new(), kind: Kind::Nit, body: "Hm.".into() };
    let status = |answer: Result<()>| answer.map_or_else(|error| error.status(), |()| 200);
    let answers = [
        ("text", status(service.text(bo, proposal, false).await.map(drop)), 503),
        ("read", status(service.read(bo, proposal, Side::Live).await.map(drop)), 503),
        ("compare", status(service.compare(bo, proposal, Side::Revision(1), Side::Live).await.map(drop)), 503),
        ("gate", status(service.gate(bo, proposal).await.map(drop)), 503),
        ("send", status(world.send(proposal).await.map(drop)), 503),
        ("put back", status(service.put_back(ada, proposal, 1).await), 503),
        ("start a thread", status(service.start_thread(bo, new).await.map(drop)), 503),
        // What shows and needs no live text goes on.
        ("a revision", status(service.read(bo, proposal, Side::Revision(1)).await.map(drop)), 200),
        ("list", status(service.list_designs(bo, SLUG, DesignFilter::default()).await.map(drop)), 200),
        ("reply", status(service.reply(bo, thread, "Hm.").await.map(drop)), 200),
        ("review", status(world.review(bo, proposal, 1, Verdict::Comment).await.map(drop)), 200),
    ];
    for (what, answered, expected) in answers {
        assert_eq!(answered, expected, "{what}");
    }

    block.rollback().await.unwrap();
    told(&mut outlet, wire::mode(false)).await;
    assert_eq!(world.text(proposal).await, "# Ledger\n\nNot on the server yet.\n");
    assert_eq!(world.send(proposal).await, Ok(2));
}
