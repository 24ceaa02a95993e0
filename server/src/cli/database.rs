//! Reaching the database: waits for it, says what is wrong, brings its schema up to date.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgPool};
use tokio::time::{Instant, sleep};
use tokio_util::task::TaskTracker;

use super::Failed;
use crate::MIGRATIONS;
use crate::clock::Clock;
use crate::config::{Database, Wrong};
use crate::service::{Links, Passwords, People, Service};

/// How long a request waits for a free connection before it is told to come back.
const ACQUIRE: Duration = Duration::from_secs(5);
/// A connection that lay still for longer is asked whether it is alive before it is used. Asked every time, which is sqlx's way, each statement would be
/// two turns to the database.
const FRESH: Duration = Duration::from_secs(1);
/// A process that stands still in the middle of a transaction (frozen, or cut off) loses it after this: its locks would hold up everybody else.
const STANDSTILL: &str = "20s";
/// Between two attempts to reach it at start.
const PAUSE: Duration = Duration::from_millis(500);

/// A pool of connections to a database whose schema is up to date.
pub async fn connect(settings: &Database) -> Result<PgPool, Failed> {
    let options: PgConnectOptions = settings.url()?.parse().map_err(|error| {
        Wrong(format!("DATABASE_URL cannot be used ({error}); it looks like postgres://user:password@host:port/database."))
    })?;
    let place = format!("{}:{}/{}", options.get_host(), options.get_port(), options.get_database().unwrap_or_default());
    // Whoever has waited for a row's lock must see what was committed before. No just-in-time compilation: it takes longer than any of our statements.
    let options = options.application_name("quorum").options([
        ("idle_in_transaction_session_timeout", STANDSTILL),
        ("default_transaction_isolation", "read committed"),
        ("jit", "off"),
    ]);
    let pool = reach(settings, options, &place).await?;
    MIGRATIONS.run(&pool).await.map_err(|error| {
        Failed::Database(format!(
            "The schema of {place} could not be brought up to date: {error}. Nothing was changed by the step that failed."
        ))
    })?;
    Ok(pool)
}

/// The use cases for a command that runs beside the server or without it.
pub async fn service(settings: &Database, links: Links) -> Result<Service, Failed> {
    let pool = connect(settings).await?;
    let people = People { links, mail: None, set_up_code: None, passwords: Passwords::default(), tasks: TaskTracker::new() };
    Ok(Service::new(pool, Clock::system(), people))
}

async fn reach(settings: &Database, options: PgConnectOptions, place: &str) -> Result<PgPool, Failed> {
    let pool = PgPoolOptions::new()
        .max_connections(settings.database_connections)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(|line, meta| {
            Box::pin(async move {
                if meta.idle_for > FRESH {
                    line.ping().await?;
                }
                Ok(true)
            })
        });
    let deadline = Instant::now() + settings.wait();
    let mut said = false;
    loop {
        match pool.clone().connect_with(options.clone()).await {
            Ok(pool) => return Ok(pool),
            Err(error) if may_come(&error) && Instant::now() < deadline => {
                if !said {
                    tracing::warn!(%error, "waiting for PostgreSQL at {place}");
                    said = true;
                }
                sleep(PAUSE).await;
            }
            Err(error) => {
                return Err(Failed::Database(format!(
                    "PostgreSQL at {place} cannot be used: {error}. Is it running, and is DATABASE_URL right?"
                )));
            }
        }
    }
}

/// Whether waiting may help: not for a wrong password or a database that does not exist.
fn may_come(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => true,
        // cannot_connect_now: it is starting.
        sqlx::Error::Database(error) => error.code().as_deref() == Some("57P03"),
        _ => false,
    }
}
