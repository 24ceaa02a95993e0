//! Plays many histories side by side over one database, and makes the first that fails smaller.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use tokio::runtime::{Builder, Runtime};

use super::minimise::minimise;
use super::page::Browser;
use super::plan::Plan;
use super::play::play;
use super::scene::Stage;
use super::tally::Tally;

/// Histories for each processor: while the database or a browser works for one, another goes on.
const SIDE_BY_SIDE: usize = 2;
/// Histories played in one runtime: what a process that stops leaves behind, such as its line to the bus, ends with the runtime.
const IN_ONE: usize = 20;
/// Far longer than a busy machine takes for anything; reached only by a history that fails. Less while one is made smaller: what then seems to
/// fail is played again.
const PATIENCE: Duration = Duration::from_secs(30);
const HASTE: Duration = Duration::from_secs(4);
/// How long a history is made smaller.
const MINIMISING: Duration = Duration::from_mins(3);

/// What is to be played.
pub struct Many {
    pub database: PgConnectOptions,
    pub bus: String,
    /// The plan of each number.
    pub plan: Box<dyn Fn(u64) -> Plan + Send + Sync>,
    pub count: u64,
}

/// Where one history after the other is played. Its runtime's clock is paused.
struct Place {
    runtime: Runtime,
    stage: Stage,
}

/// A history that failed, and how.
struct Broken {
    plan: Plan,
    words: String,
}

impl Many {
    /// Plays them all, or until one fails; says how to play that again.
    pub fn play(&self) -> Result<(), String> {
        let (next, failed) = (AtomicU64::new(0), AtomicBool::new(false));
        let (broken, tally) = (Mutex::new(None), Mutex::new(Tally::default()));
        let started = Instant::now();
        let threads = std::thread::available_parallelism().map_or(1, usize::from) * SIDE_BY_SIDE;
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    if let Err(found) = self.some(&next, &failed, &tally, started) {
                        failed.store(true, Ordering::Relaxed);
                        broken.lock().unwrap().get_or_insert(found);
                    }
                });
            }
        });
        println!("{} histories in {:.0?}: {:?}", next.into_inner().min(self.count), started.elapsed(), tally.into_inner().unwrap());
        broken.into_inner().unwrap().map_or(Ok(()), |broken| Err(self.report(&broken)))
    }

    /// One after the other, until there is none.
    fn some(&self, next: &AtomicU64, failed: &AtomicBool, tally: &Mutex<Tally>, started: Instant) -> Result<(), Broken> {
        let mut place = self.place(PATIENCE);
        let mut played = 0;
        while !failed.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= self.count {
                break;
            }
            if number > 0 && number.is_multiple_of(1_000) {
                println!("{number} histories in {:.0?}", started.elapsed());
            }
            let plan = (self.plan)(number);
            let happened = place.play(&plan).map_err(|words| Broken { plan, words })?;
            *tally.lock().unwrap() += happened;
            played += 1;
            if played % IN_ONE == 0 {
                place = place.anew(self);
            }
        }
        Ok(())
    }

    fn place(&self, patience: Duration) -> Place {
        Place::with(self, Browser::start(), patience)
    }

    /// Saves the plan and a smaller one.
    fn report(&self, broken: &Broken) -> String {
        let seed = broken.plan.seed;
        println!("history {seed} failed and is made smaller: {}", broken.words);
        let whole = save(&broken.plan, &format!("{seed}.json"));
        let until = Instant::now() + MINIMISING;
        let mut words = broken.words.clone();
        let least = minimise(&broken.plan, |plan| {
            // Not every failure comes every time.
            (0..2).any(|_| Instant::now() < until && self.place(HASTE).play(plan).inspect_err(|now| words.clone_from(now)).is_err())
        });
        let small = save(&least, &format!("{seed}-least.json"));
        format!(
            "history {seed} failed: {}\n\nQUORUM_PLAN={} plays it again, QUORUM_PLAN={} its {} steps that matter, which fail with: {words}",
            broken.words,
            whole.display(),
            small.display(),
            least.steps.len(),
        )
    }
}

impl Place {
    fn with(many: &Many, browser: Rc<std::cell::RefCell<Browser>>, patience: Duration) -> Self {
        let runtime = Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        // Timers of the pool run with the history's time, in which nobody waits for the database.
        let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(Duration::from_hours(24)).max_lifetime(None).idle_timeout(None);
        let _inside = runtime.enter();
        let db = pool.connect_lazy_with(many.database.clone());
        Self { stage: Stage { db, bus: many.bus.clone(), browser, patience }, runtime }
    }

    fn anew(self, many: &Many) -> Self {
        let Self { runtime, stage } = self;
        let (browser, patience) = (Rc::clone(&stage.browser), stage.patience);
        drop((stage, runtime));
        Self::with(many, browser, patience)
    }

    /// Plays one history. A panic is a failure too.
    fn play(&self, plan: &Plan) -> Result<Tally, String> {
        catch_unwind(AssertUnwindSafe(|| self.runtime.block_on(play(&self.stage, plan)))).unwrap_or_else(|panic| {
            let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            Err(words.unwrap_or("a panic").to_owned())
        })
    }
}

/// Writes a plan where it is found again.
fn save(plan: &Plan, name: &str) -> PathBuf {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../target/histories"));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, serde_json::to_vec_pretty(plan).unwrap()).unwrap();
    file.canonicalize().unwrap_or(file)
}
