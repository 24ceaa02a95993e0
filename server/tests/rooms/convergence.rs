//! Random histories: people on two nodes write, delete, go offline and come back, lose their role and get it again, while nodes restart and the bus
//! loses, repeats and reorders. In the end everybody has the text that is in the log, and everything that was written is in it.
//!
//! The long form: `QUORUM_HISTORIES=1000 QUORUM_SEED=7 cargo test --release -p server --test rooms random_history -- --nocapture`. A failure names its
//! seed; `QUORUM_STEPS=…` plays only the beginning of its history, to find the step that matters.

use futures::FutureExt;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::bus::{Bus, Hint, Link, Prefix};
use server::clock::Clock;
use server::rooms::{Limits, Rooms};
use sqlx::PgPool;
use yrs::{Doc, GetString, Text, Transact};

use crate::client::{Client, Server, document};
use crate::ledger::setting;
use crate::nodes::nats::{Nats, Relay};
use crate::support::{World, quick};

/// Steps of one history.
const STEPS: u64 = 200;

/// One process: its rooms, and where they listen.
struct Node {
    world: World,
    server: Server,
    link: (String, Prefix),
}

impl Node {
    async fn start(world: &World, address: &str, prefix: Prefix) -> Self {
        let bus = Bus::linked(Link::connect(address, prefix.clone()).await.unwrap()).await;
        // Few rows, so that both compact while the other writes.
        let limits = Limits { snapshot_rows: 20, ..quick() };
        let world = World { rooms: Rooms::with(world.db.clone(), Clock::system(), &bus, limits), bus, ..world.clone() };
        let server = Server::start(&world).await;
        Self { world, server, link: (address.to_owned(), prefix) }
    }

    async fn restart(&mut self) {
        self.world.rooms.shutdown().await;
        let (address, prefix) = self.link.clone();
        *self = Self::start(&self.world, &address, prefix).await;
    }
}

/// Somebody with a document; without a client they are offline.
struct Somebody {
    doc: Doc,
    client: Option<Client>,
    node: usize,
    /// Who they are: 0 Ada, 1 Ben, 2 Cem.
    account: usize,
    /// Marks they have written and not deleted.
    marks: Vec<String>,
}

impl Somebody {
    fn text(&self) -> String {
        self.doc.get_or_insert_text("content").get_string(&self.doc.transact())
    }

    /// Reads what has come; a connection that was closed is none.
    fn listen(&mut self) {
        if let Some(client) = &mut self.client {
            while client.closed.is_none() && client.next().now_or_never().is_some() {}
            if client.closed.is_some() {
                self.client = None;
            }
        }
    }

    async fn connect(&mut self, nodes: &[Node]) {
        let node = &nodes[self.node];
        let who = [&node.world.ada, &node.world.ben, &node.world.cem][self.account];
        self.client = Some(Client::with(&node.server, node.world.document, who, self.doc.clone(), true).await);
    }

    async fn insert(&mut self, at: u32, mark: String) {
        match &mut self.client {
            Some(client) => client.insert(at, &mark).await,
            None => self.doc.get_or_insert_text("content").insert(&mut self.doc.transact_mut(), at, &mark),
        }
        self.marks.push(mark);
    }

    async fn delete(&mut self, at: u32, length: u32) {
        match &mut self.client {
            Some(client) => client.delete(at, length).await,
            None => self.doc.get_or_insert_text("content").remove_range(&mut self.doc.transact_mut(), at, length),
        }
    }
}

/// Plays one history.
async fn play(world: &World, nats: &Nats, seed: u64, steps: u64) {
    let mut chance = StdRng::seed_from_u64(seed);
    let (a, b) = (format!("a{seed}"), format!("b{seed}"));
    let _relays = (Relay::start(&nats.address, &a, &b, seed).await, Relay::start(&nats.address, &b, &a, !seed).await);
    let prefix = |name: &str| Prefix { tell: format!("{name}.out"), hear: format!("{name}.in") };
    let mut nodes = [Node::start(world, &nats.address, prefix(&a)).await, Node::start(world, &nats.address, prefix(&b)).await];
    let accounts = [world.ada.account, world.ben.account, world.cem.account];
    let mut people: Vec<Somebody> = (0..chance.random_range(3..=8))
        .map(|n| Somebody { doc: document(), client: None, node: n % 2, account: n % 3, marks: Vec::new() })
        .collect();
    for step in 0..steps {
        let n = chance.random_range(0..people.len());
        people[n].listen();
        match chance.random_range(0..100) {
            0..55 => {
                let text = people[n].text();
                // Between marks, so that each can be looked for.
                let places: Vec<usize> = std::iter::once(0).chain(text.match_indices('>').map(|(at, _)| at + 1)).collect();
                let at = places[chance.random_range(0..places.len())];
                people[n].insert(u32::try_from(at).unwrap(), format!("<{n}.{step}>")).await;
            }
            55..75 if !people[n].marks.is_empty() => {
                let which = chance.random_range(0..people[n].marks.len());
                let mark = people[n].marks.swap_remove(which);
                let at = people[n].text().find(&mark).expect("nobody else deletes it");
                people[n].delete(u32::try_from(at).unwrap(), u32::try_from(mark.len()).unwrap()).await;
            }
            75..82 => people[n].client = None,
            82..94 if people[n].client.is_none() => {
                people[n].node = chance.random_range(0..2);
                people[n].connect(&nodes).await;
            }
            94..97 => {
                let role = ["viewer", "editor", "editor"][chance.random_range(0..3)];
                world.role(accounts[people[n].account], role).await;
                let hint = Hint::Access { account: accounts[people[n].account] };
                nodes[chance.random_range(0..2)].world.bus.tell(hint);
            }
            97 => nodes[chance.random_range(0..2)].restart().await,
            _ => {}
        }
    }
    settle(world, &nodes, &mut people).await;
    for node in nodes {
        node.world.rooms.shutdown().await;
    }
}

/// Everybody comes back, and has what is in the log; and that is what was written.
async fn settle(world: &World, nodes: &[Node], people: &mut [Somebody]) {
    // Everybody may write again, and comes back.
    for account in [world.ada.account, world.ben.account, world.cem.account] {
        world.role(account, "editor").await;
        for node in nodes {
            node.world.bus.tell(Hint::Access { account });
        }
    }
    for somebody in people.iter_mut() {
        somebody.client = None;
        somebody.connect(nodes).await;
    }
    for somebody in people.iter_mut() {
        let client = somebody.client.as_mut().unwrap();
        client.until(|client| client.asked > 0 && client.synced > 0 && client.acked == client.sent).await;
    }
    let text = world.beside().text().await;
    for somebody in people.iter_mut() {
        somebody.client.as_mut().unwrap().until(|client| client.text() == text).await;
    }
    let mut written: Vec<&str> = people.iter().flat_map(|somebody| &somebody.marks).map(String::as_str).collect();
    let mut stored: Vec<&str> = text.split_inclusive('>').collect();
    written.sort_unstable();
    stored.sort_unstable();
    assert_eq!(stored, written, "what is in the log is not what was written");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn whatever_happens_in_a_random_history_all_end_with_what_was_written(db: PgPool) {
    let (histories, first) = (setting("QUORUM_HISTORIES", 12), setting("QUORUM_SEED", rand::random::<u32>().into()));
    let nats = Nats::start().await;
    for seed in first..first + histories {
        println!("QUORUM_SEED={seed}");
        play(&World::new(&db).await, &nats, seed, setting("QUORUM_STEPS", STEPS)).await;
    }
}
