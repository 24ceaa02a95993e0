//! Writes what all rooms have, in one transaction a turn (group commit): what arrives during a turn is the next one.

use std::sync::Arc;
use std::time::Duration;

use app::model::ids::{AccountId, ProposalId};
use bytes::Bytes;
use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep, sleep_until, timeout};
use tokio_util::sync::CancellationToken;

use super::health::Health;
use super::limits::Limits;
use super::metrics::Metrics;
use crate::clock::Clock;
use crate::db::log::{self as db, Appended, Batch};

/// The connection is given back after this without work, so that a quiet process leaves it to others.
const KEEP_LINE: Duration = Duration::from_secs(1);
/// The pause before a turn that failed, or found everything locked, is tried again.
const AGAIN: Duration = Duration::from_millis(50);

/// One update to be written.
#[derive(Clone, Debug)]
pub struct Row {
    /// The update.
    pub bytes: Bytes,
    /// Whose; none: the server's.
    pub account: Option<AccountId>,
    /// Made by the server: a hold does not refuse it.
    pub own: bool,
    /// What it comes from.
    pub cause: Option<String>,
    /// The version that the proposal stands on with it.
    pub base: Option<i32>,
    /// Yjs clients whose structs it brings.
    pub clients: Vec<u64>,
}

/// The rows of one room's turn. A room has one order at a time, so the channel of orders is bounded by the number of rooms.
#[derive(Debug)]
pub struct Order {
    /// Whose log.
    pub document: ProposalId,
    /// What to append.
    pub rows: Vec<Row>,
    /// Where the answer goes.
    pub reply: oneshot::Sender<Outcome>,
}

/// What became of an order: all of it or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// On disk; the newest seq.
    Committed(i64),
    /// Not written, for a reason of the document's or of an account's.
    Refused(Reason),
    /// Not written, because the database cannot take these rows.
    Failed,
}

/// Why rows were not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Merged or closed.
    Closed,
    /// Held.
    Held,
    /// An account may not write.
    Role,
    /// A cause has landed before.
    Landed,
    /// A Yjs client belongs to another account.
    Client,
    /// The document does not exist any more.
    Gone,
}

impl Reason {
    /// The reason of the statement's word.
    fn of(word: &str) -> Self {
        match word {
            "closed" => Self::Closed,
            "held" => Self::Held,
            "landed" => Self::Landed,
            "client" => Self::Client,
            _ => Self::Role,
        }
    }
}

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
    health: Health,
}

impl Committer {
    /// Takes turns until it is stopped.
    pub async fn run(self) {
        let stop = self.stop.clone();
        let mut turns = Turns { committer: self, waiting: Vec::new(), line: None, health: Health::default() };
        let work = async {
            loop {
                turns.gather().await;
                let started = Instant::now();
                turns.turn().await;
                sleep_until(started + turns.committer.limits.turn_gap).await;
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
                Err(_) => give_back(self.line.take()).await,
            }
        }
        while let Ok(order) = self.committer.orders.try_recv() {
            self.waiting.push(order);
        }
    }

    /// One turn.
    async fn turn(&mut self) {
        let started = Instant::now();
        let orders = std::mem::take(&mut self.waiting);
        let idle = orders.is_empty();
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
        let took = started.elapsed();
        if !idle {
            self.committer.metrics.commit.observe(took.as_secs_f64());
        }
        self.health.turn(took, self.waiting.is_empty());
        self.tell();
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

    /// Writes orders, watching the time: a commit over the limit makes the process degraded while it still runs.
    async fn append(&mut self, orders: &[Order]) -> sqlx::Result<Vec<Appended>> {
        let batch = batch(orders);
        let at = self.committer.clock.now();
        let (slow, lost) = (self.committer.limits.slow_commit, self.committer.limits.lost_commit);
        let (line, db) = (&mut self.line, &self.committer.db);
        let work = async {
            let line = match line {
                Some(line) => line,
                none => none.insert(borrow(db).await?),
            };
            db::append(&mut *line, &batch, at).await
        };
        let mut work = std::pin::pin!(timeout(lost, work));
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
        result.unwrap_or(Err(sqlx::Error::PoolTimedOut))
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

/// A connection that plans the statement once and not at every turn: its tables look the same each time, and planning costs more than running it.
async fn borrow(db: &PgPool) -> sqlx::Result<PoolConnection<Postgres>> {
    let mut line = db.acquire().await?;
    sqlx::raw_sql("set plan_cache_mode = force_generic_plan").execute(&mut *line).await?;
    Ok(line)
}

/// Others plan as usual.
async fn give_back(line: Option<PoolConnection<Postgres>>) {
    if let Some(mut line) = line
        && sqlx::raw_sql("reset plan_cache_mode").execute(&mut *line).await.is_err()
    {
        line.close_on_drop();
    }
}

/// The statement's columns.
fn batch(orders: &[Order]) -> Batch {
    let mut batch = Batch::default();
    for order in orders {
        batch.documents.push(order.document.0);
        let mut claims: Vec<(u64, AccountId, i32, i32)> = Vec::new();
        for (row, nth) in order.rows.iter().zip(1..) {
            batch.row(order.document, &row.bytes, row.account, row.own, row.cause.clone(), row.base);
            let Some(account) = row.account else { continue };
            // Whoever only deletes brings no structs of a client's, and is an author all the same.
            let eraser = [db::eraser(account)];
            let clients = if row.clients.is_empty() { eraser.as_slice() } else { &row.clients };
            for client in clients {
                match claims.iter_mut().find(|claim| claim.0 == *client) {
                    Some(claim) => claim.3 = nth,
                    None => claims.push((*client, account, nth, nth)),
                }
            }
        }
        for (client, account, first, last) in claims {
            batch.claim(order.document, client, account, first, last);
        }
    }
    batch
}

/// Whether an error says that the database is away or busy, so that the same rows may be written later.
fn away(error: &sqlx::Error) -> bool {
    match error {
        // 08 connection, 25006 read-only standby, 40 conflict, 53 out of resources, 55 lock not available, 57 shutting down
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| code == "25006" || ["08", "40", "53", "55", "57"].contains(&&code[..2]))
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::Encode(_) => false,
        _ => true,
    }
}
