//! Where a history takes place: a document in a database, two processes that serve it, a bus between them that loses, repeats and reorders.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use app::model::account::Caller;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::bus::{Bus, Hint, Link, Prefix};
use server::clock::Clock;
use server::rooms::{Limits, Rooms, log};
use sqlx::PgPool;
use tokio::time::Instant;

use super::line::Line;
use super::marks::Books;
use super::page::{Browser, Page};
use super::person::Person;
use super::plan::{Plan, WRITERS};
use super::replica::{Program, Replica};
use super::time::Wait;
use crate::nodes::nats::Relay;
use crate::outlet::line;
use crate::support::{World, quick};

/// No commit is slow: time passes for it only when a history says so.
const NEVER: Duration = Duration::from_hours(24 * 365);

/// What histories share.
pub struct Stage {
    pub db: PgPool,
    /// The address of the bus.
    pub bus: String,
    pub browser: Rc<RefCell<Browser>>,
    /// How long anything may take.
    pub patience: Duration,
}

/// One process: its rooms, and where they listen.
pub struct Node {
    pub rooms: Rooms,
    pub bus: Bus,
    prefix: Prefix,
}

impl Node {
    async fn start(stage: &Stage, prefix: Prefix) -> Self {
        let bus = Bus::linked(Link::connect(&stage.bus, prefix.clone()).await.unwrap()).await;
        // Few rows, so that both compact while the other writes.
        let limits = Limits { snapshot_rows: 20, slow_commit: NEVER, lost_commit: NEVER, ..quick() };
        let (start, system) = (Instant::now(), Clock::system().now());
        let clock = Clock::of(move || system + start.elapsed());
        Self { rooms: Rooms::with(stage.db.clone(), clock, &bus, limits), bus, prefix }
    }
}

/// A history under way.
pub struct Scene<'a> {
    pub stage: &'a Stage,
    pub world: World,
    pub nodes: [Node; 2],
    pub people: Vec<Person>,
    pub books: Books,
    /// Whose accounts; the last one reads.
    pub callers: [Caller; WRITERS + 1],
    parts: Vec<bool>,
    clients: StdRng,
    _relays: (Relay, Relay),
}

/// What the log holds.
pub struct Stored {
    pub text: String,
    pub clocks: Vec<(u64, u32)>,
}

impl<'a> Scene<'a> {
    /// As it is before the first step.
    pub async fn set(stage: &'a Stage, plan: &Plan) -> Self {
        stage.browser.borrow_mut().forget();
        let world = World::new(&stage.db).await;
        world.rooms.shutdown().await;
        let (a, b) = (format!("a{}", world.document), format!("b{}", world.document));
        let relays = (Relay::start(&stage.bus, &a, &b, plan.seed).await, Relay::start(&stage.bus, &b, &a, !plan.seed).await);
        let prefix = |name: &str| Prefix { tell: format!("{name}.out"), hear: format!("{name}.in") };
        let nodes = [Node::start(stage, prefix(&a)).await, Node::start(stage, prefix(&b)).await];
        let callers = [&world.ada, &world.ben, &world.cem, &world.dot].map(Clone::clone);
        let mut books = Books::default();
        // Cem begins as a commenter, and Dot is a viewer for good.
        books.allow(2, false);
        books.allow(WRITERS, false);
        let (people, parts) = (Vec::new(), plan.people.iter().map(|part| part.page).collect());
        let clients = StdRng::seed_from_u64(plan.seed);
        let mut scene = Self { stage, world, nodes, people, books, callers, parts, clients, _relays: relays };
        for (n, part) in plan.people.iter().enumerate() {
            let person = scene.person(n, part.account);
            scene.people.push(person);
        }
        scene
    }

    /// Somebody with an empty copy.
    fn person(&mut self, n: usize, account: usize) -> Person {
        let client = self.clients.random::<u32>().into();
        let replica: Box<dyn Replica> =
            if self.parts[n] { Box::new(Page::open(&self.stage.browser, client)) } else { Box::new(Program::new(client)) };
        Person::new(account, self.books.open(account, client), replica)
    }

    /// Somebody closes their page with what was not saved, and opens another.
    pub fn lose(&mut self, n: usize) {
        self.people[n] = self.person(n, self.people[n].account);
    }

    /// Somebody comes, if they may.
    pub async fn connect(&mut self, n: usize, node: usize) -> Result<(), String> {
        let person = &mut self.people[n];
        let caller = &self.callers[person.account];
        let (line, outlet) = line();
        let connecting = self.nodes[node].rooms.connect(self.world.document, caller, true, line);
        if let Ok(peer) = in_time(self.stage, "a connection", connecting).await? {
            let mut line = Line::new(peer, outlet, self.parts[n]);
            line.send(person.replica.begin(), self.books.lives[person.life].done).await;
            person.line = Some(line);
        }
        Ok(())
    }

    /// Gives an account a role; some processes say so.
    pub async fn role(&mut self, account: usize, role: &str, nodes: &[usize]) {
        let id = self.callers[account].account;
        if role.is_empty() {
            self.world.role(id, "").await;
        } else {
            let give = "insert into members (team, account, role, joined_at) values ($1, $2, $3, now()) on conflict (team, account) do update set role = $3";
            sqlx::query(give).bind(self.world.team.0).bind(id.0).bind(role).execute(&self.stage.db).await.unwrap();
        }
        self.books.allow(account, role == "editor");
        for node in nodes {
            self.nodes[*node].bus.tell(Hint::Access { account: id });
        }
    }

    /// A process stops in order, and another takes its place.
    pub async fn restart(&mut self, node: usize) -> Result<(), String> {
        in_time(self.stage, "a process that stops", self.nodes[node].rooms.shutdown()).await?;
        self.books.tally.process(&self.nodes[node].rooms.metrics());
        self.nodes[node] = Node::start(self.stage, self.nodes[node].prefix.clone()).await;
        Ok(())
    }

    /// Reads the log.
    pub async fn stored(&self) -> Result<Stored, String> {
        let mut line = self.stage.db.acquire().await.map_err(|error| error.to_string())?;
        let loaded = log::load(&mut line, self.world.document).await.map_err(|error| format!("the log cannot be read: {error}"))?;
        if loaded.damaged > 0 {
            return Err(format!("{} rows are damaged or gone", loaded.damaged));
        }
        let mut document = loaded.document;
        let mut clocks: Vec<_> = document.clocks().iter().map(|(client, clock)| (*client, *clock)).collect();
        clocks.sort_unstable();
        Ok(Stored { text: document.text().map_err(|error| error.to_string())?, clocks })
    }
}

/// What comes of some work, in time.
pub async fn in_time<T>(stage: &Stage, what: &str, work: impl Future<Output = T>) -> Result<T, String> {
    Wait::new(stage.patience).until(work).await.ok_or_else(|| format!("waited too long for {what}"))
}
