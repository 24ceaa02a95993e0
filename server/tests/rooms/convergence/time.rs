//! Time that stands still unless a history lets it pass: minutes cost nothing, and a busy machine is never too late for anything.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use tokio::time::advance;

/// How long the machine may take to answer before time passes for those who wait for it.
const MOMENT: Duration = Duration::from_micros(500);
/// Moments before time passes, where nothing happens and where something does …
const QUIET: u32 = 4;
const BUSY: u32 = 40;
/// … by so much.
const TICK: Duration = Duration::from_millis(200);

/// Holds the clock of a paused runtime still. By itself tokio sets it to the next timer whenever nothing can run, and knows nothing of databases
/// that are working on an answer; but it does not while a blocking task runs. So one runs.
pub struct Still(#[expect(dead_code, reason = "dropping it ends the task")] mpsc::Sender<()>);

impl Still {
    /// Until it is dropped.
    pub fn hold() -> Self {
        let (end, ended) = mpsc::channel();
        spawn_blocking(move || ended.recv());
        Self(end)
    }
}

/// Waits for what others do, and lets time pass where nothing else happens.
pub struct Wait {
    since: Instant,
    patience: Duration,
    quiet: u32,
    moments: u32,
}

impl Wait {
    /// Gives up after so long: the machine's time.
    pub fn new(patience: Duration) -> Self {
        Self { since: Instant::now(), patience, quiet: 0, moments: 0 }
    }

    /// A moment. `news`: something has happened since the last one. False: it has been too long.
    pub async fn moment(&mut self, news: bool) -> bool {
        self.quiet = if news { 0 } else { self.quiet + 1 };
        self.moments += 1;
        if (self.quiet > 0 && self.quiet.is_multiple_of(QUIET)) || self.moments.is_multiple_of(BUSY) {
            advance(TICK).await;
        }
        let _ = spawn_blocking(|| std::thread::sleep(MOMENT)).await;
        self.since.elapsed() < self.patience
    }

    /// What comes of some work; none: it took too long.
    pub async fn until<T>(mut self, work: impl Future<Output = T>) -> Option<T> {
        let mut work = std::pin::pin!(work);
        loop {
            tokio::select! {
                biased;
                done = &mut work => return Some(done),
                patient = self.moment(false) => if !patient { return None },
            }
        }
    }
}
