//! Writes what all rooms have, in one transaction a turn (group commit): what arrives during a turn is the next one.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use app::model::ids::ProposalId;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;
use tracing::{Instrument, Span, debug_span};

use super::health::Health;
use super::limits::Limits;
use super::metrics::Metrics;
use crate::clock::Clock;
use crate::db::log::{self as db, Appended, Plain};

use heads::Heads;
use line::{away, borrow, give_back};
use order::batch;

mod heads;
mod line;
mod order;

pub use order::{Order, Outcome, Reason, Row};

/// The connection is given back after this without work, so that a quiet process leaves it to others.
const KEEP_LINE: Duration = Duration::from_secs(1);
/// The pause before a turn that failed, or found everything locked, is tried again.
const AGAIN: Duration = Duration::from_millis(50);

/// The task that writes.
pub struct Committer {
    /// Where it writes.
    pub db: PgPool,
    /// The rows' time.
    pub clock: Clock,
    /// Its pace.
    pub limits: Limits,
    /// What rooms want written.
    pub orders: mpsc::UnboundedReceiver<Order>,
    /// Tells rooms whether the process is degraded.
    pub degraded: watch::Sender<bool>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// No room is left; what still waits is given up.
    pub stop: CancellationToken,
}

/// A committer's state between turns.
struct Turns {
    committer: Committer,
    waiting: Vec<Order>,
    line: Option<PoolConnection<Postgres>>,
    heads: Heads,
    health: Health,
}

impl Committer {
    /// Takes turns until it is stopped.
    pub async fn run(self) {
        let stop = self.stop.clone();
        let mut turns = Turns { committer: self, waiting: Vec::new(), line: None, heads: Heads::new(), health: Health::default() };
        let work = async {
            loop {
                turns.gather().await;
                let started = Instant::now();
                let rows = turns.waiting.iter().map(|order| order.rows.len()).sum();
                turns.turn().await;
                sleep_until(started + turns.committer.limits.gap(rows)).await;
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = work => {}
        }
    }
}

impl Turns {
    /// Waits for work, then takes all there is. While degraded, a turn without work asks how the database is.
    async fn gather(&mut self) {
        let patience = if self.health.degraded() { AGAIN } else { KEEP_LINE };
        while self.waiting.is_empty() {
            match timeout(patience, self.committer.orders.recv()).await {
                Ok(Some(order)) => self.waiting.push(order),
                Ok(None) => std::future::pending().await,
                Err(_) if self.health.degraded() => return,
                Err(_) => self.rest().await,
            }
        }
        while let Ok(order) = self.committer.orders.try_recv() {
            self.waiting.push(order);
        }
    }

    /// Leaves the connection to others. What is known of logs goes with it: behind the next there may be another database, restored from a backup or
    /// a standby that has taken over, and had less.
    async fn rest(&mut self) {
        if let Some(line) = self.line.take() {
            give_back(line).await;
            self.heads.doubt();
        }
    }

    /// One turn: plain rows with the statement that is quick, then what is not plain or was not let in.
    async fn turn(&mut self) {
        let started = Instant::now();
        let orders = std::mem::take(&mut self.waiting);
        let idle = orders.is_empty();
        let (mut plain, mut heads, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for order in orders {
            match self.heads.of(order.document).filter(|_| order.plain()) {
                Some(head) => {
                    plain.push(order);
                    heads.push(head);
                }
                None => others.push(order),
            }
        }
        if !plain.is_empty() {
            match self.append_plain(plain, &heads).await {
                Some(left) => others.extend(left),
                None => self.waiting.append(&mut others),
            }
        }
        if idle || !others.is_empty() {
            self.append_all(others).await;
        }
        let took = started.elapsed();
        if !idle {
            self.committer.metrics.commit.observe(took.as_secs_f64());
        }
        self.health.turn(took, self.waiting.is_empty());
        self.tell();
    }

    /// Writes plain orders behind the heads of their logs; answers those that were not let in. None: the database is away, and they wait.
    async fn append_plain(&mut self, orders: Vec<Order>, heads: &[i64]) -> Option<Vec<Order>> {
        let mut plain = Plain::of(self.heads.committer());
        for (order, head) in orders.iter().zip(heads) {
            plain.rows(order.document, *head, order.rows.iter().filter_map(|row| Some((row.bytes.as_ref(), row.account?))));
        }
        let at = self.committer.clock.now();
        match self.write(span(&orders), async |line| db::append_plain(line, &plain, at).await).await {
            Ok(written) => {
                let (written, mut left) = (written.into_iter().collect::<HashSet<_>>(), Vec::new());
                for (order, head) in orders.into_iter().zip(heads) {
                    if written.contains(&order.document) {
                        self.written(order, *head);
                    } else {
                        left.push(order);
                    }
                }
                Some(left)
            }
            Err(error) if away(&error) => {
                self.put_off(orders, &error).await;
                None
            }
            Err(error) => {
                tracing::error!(%error, orders = orders.len(), "plain rows were not written; their documents are tried together with others");
                Some(orders)
            }
        }
    }

    /// Answers a plain order that was written behind that head.
    fn written(&mut self, order: Order, head: i64) {
        let head = head + order.rows.len().cast_signed() as i64;
        self.heads.appended(order.document, head);
        // A room that is gone has told nobody anything.
        let _ = order.reply.send(Outcome::Committed(head));
    }

    /// Writes orders of any kind.
    async fn append_all(&mut self, orders: Vec<Order>) {
        match self.append(&orders).await {
            Ok(appended) => self.answer(orders, &appended).await,
            Err(error) if away(&error) => self.put_off(orders, &error).await,
            Err(error) => {
                tracing::error!(%error, orders = orders.len(), "a turn failed; its documents are tried one by one");
                for order in orders {
                    self.alone(order).await;
                }
            }
        }
    }

    /// One document's rows, after a turn of several failed.
    async fn alone(&mut self, order: Order) {
        match self.append(std::slice::from_ref(&order)).await {
            Ok(appended) => self.answer(vec![order], &appended).await,
            Err(error) if away(&error) => self.put_off(vec![order], &error).await,
            Err(error) => {
                tracing::error!(%error, document = %order.document, "rows were not written");
                let _ = order.reply.send(Outcome::Failed);
            }
        }
    }

    /// As [`db::append`], of orders.
    async fn append(&mut self, orders: &[Order]) -> sqlx::Result<Vec<Appended>> {
        let (batch, at) = (batch(orders, self.heads.committer()), self.committer.clock.now());
        let appended = self.write(span(orders), async |line| db::append(line, &batch, at).await).await?;
        for Appended { document, head, .. } in &appended {
            if let Some(head) = head {
                self.heads.appended(ProposalId(*document), *head);
            }
        }
        Ok(appended)
    }

    /// Writes, watching the time: a commit over the limit makes the process degraded while it still runs.
    async fn write<T>(&mut self, span: Span, statement: impl AsyncFnOnce(&mut PgConnection) -> sqlx::Result<T>) -> sqlx::Result<T> {
        let (slow, lost) = (self.committer.limits.slow_commit, self.committer.limits.lost_commit);
        let (line, db) = (&mut self.line, &self.committer.db);
        let work = async {
            let line = match line {
                Some(line) => line,
                none => none.insert(borrow(db).await?),
            };
            statement(&mut *line).await
        };
        let mut work = std::pin::pin!(timeout(lost, work.instrument(span)));
        let first = tokio::select! {
            result = &mut work => Some(result),
            () = sleep(slow) => None,
        };
        let result = if let Some(result) = first {
            result
        } else {
            self.health.worse();
            self.committer.degraded.send_if_modified(|degraded| !std::mem::replace(degraded, true));
            work.await
        };
        let result = result.unwrap_or(Err(sqlx::Error::PoolTimedOut));
        if result.is_err() {
            self.heads.doubt();
        }
        result
    }

    /// Answers orders; what was locked elsewhere waits for the next turn.
    async fn answer(&mut self, orders: Vec<Order>, appended: &[Appended]) {
        let mut locked = false;
        for order in orders {
            let outcome = match appended.iter().find(|done| done.document == order.document.0) {
                Some(Appended { head: Some(head), .. }) => Outcome::Committed(*head),
                Some(Appended { refused, .. }) => Outcome::Refused(Reason::of(refused.as_deref().unwrap_or_default())),
                None if matches!(db::head(&self.committer.db, order.document).await, Ok(None)) => Outcome::Refused(Reason::Gone),
                None => {
                    locked = true;
                    self.waiting.push(order);
                    continue;
                }
            };
            // A room that is gone has told nobody anything.
            let _ = order.reply.send(outcome);
        }
        if locked {
            sleep(AGAIN / 10).await;
        }
    }

    /// The database is away: the same rows again, a little later, on another connection.
    async fn put_off(&mut self, orders: Vec<Order>, error: &sqlx::Error) {
        tracing::warn!(%error, "the log cannot be written at present");
        if let Some(mut line) = self.line.take() {
            // Whatever it was doing must not be found by the next who borrows it.
            line.close_on_drop();
        }
        self.waiting.extend(orders);
        self.health.worse();
        self.tell();
        sleep(AGAIN).await;
    }

    /// Tells rooms when the mode has changed.
    fn tell(&self) {
        let now = self.health.degraded();
        let changed = self.committer.degraded.send_if_modified(|degraded| std::mem::replace(degraded, now) != now);
        if changed {
            tracing::warn!(degraded = now, "the log's mode has changed");
        }
    }
}

/// Of a commit, for whoever collects traces.
fn span(orders: &[Order]) -> Span {
    let rows = || orders.iter().map(|order| order.rows.len()).sum::<usize>();
    debug_span!("commit", documents = orders.len(), rows = rows())
}
