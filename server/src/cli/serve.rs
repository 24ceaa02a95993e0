//! `quorum serve`: everything in one process, until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::serve::ListenerExt;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{interval, timeout};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{Failed, database};
use crate::bus::{Bus, Link, Prefix};
use crate::clock::Clock;
use crate::config::{Database, PublicUrl, Serve, Wrong};
use crate::db;
use crate::service::{Links, Passwords, People, Service, set_up_code};
use crate::web::assets::Site;
use crate::web::metrics;
use crate::web::router::router;
use crate::web::state::Doors;

/// Between two rounds of tidying up.
const TIDY: Duration = Duration::from_mins(10);

/// Serves until SIGTERM or Ctrl-C.
pub async fn run(database: &Database, settings: Serve, site: Site) -> Result<(), Failed> {
    // Before anything is waited for: wrong settings must be told at once.
    let (url, mail) = (settings.reach.public_url()?, settings.post.mail()?);
    let (notice, grace, pictures) = (settings.notice(), settings.grace(), settings.pictures.keeping()?);
    allow_files();
    let pool = database::connect(database).await?;
    let empty = !db::accounts::any(&pool).await.map_err(|error| Failed::Database(error.to_string()))?;
    let code = empty.then(|| settings.set_up_code.clone().unwrap_or_else(set_up_code));
    let people = People {
        links: Links::new(url.clone()),
        mail,
        set_up_code: code.clone(),
        passwords: Passwords::default(),
        tasks: TaskTracker::new(),
    };
    let bus = match &settings.bus {
        Some(address) => Bus::linked(link(address).await?).await,
        None => Bus::default(),
    };
    let service = Service::with(pool, Clock::system(), people, settings.sockets.limits(), bus).keeping_pictures(pictures);
    let doors = Doors::new(service, site, url.clone(), settings.trusted_proxies);
    let listener = listen(settings.reach.listen, "--listen").await?;
    if let Some(address) = settings.metrics_listen {
        let listener = listen(address, "--metrics-listen").await?;
        tokio::spawn(axum::serve(listener, metrics::router(doors.service.rooms().clone())).into_future());
    }
    doors.service.warm_up().await;
    announce(&url, code.as_deref());
    serve(doors, listener, notice, grace).await
}

/// Allows this process as many open files as it may allow itself: every socket is one, and shells begin with a thousand.
fn allow_files() {
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum }) {
        tracing::warn!(%error, allowed = limit.current, "no more files can be allowed than these, and every socket is one");
    }
}

/// The line to other processes. One that is away is no reason not to serve: it is tried again.
async fn link(address: &str) -> Result<Link, Failed> {
    let wrong = |error| Failed::Setting(Wrong(format!("QUORUM_BUS cannot be used ({error}). It looks like nats://host:4222.")));
    Link::connect(address, Prefix::default()).await.map_err(wrong)
}

async fn listen(address: SocketAddr, flag: &str) -> Result<TcpListener, Failed> {
    let failed = |error| Failed::Machine(format!("Cannot listen on {address}: {error}. Choose another with {flag}."));
    TcpListener::bind(address).await.map_err(failed)
}

/// What whoever started it must know. On standard output: it is the result of the command, not its log.
fn announce(url: &PublicUrl, code: Option<&str>) {
    println!("Quorum is at {url}");
    if let Some(code) = code {
        println!("Nobody has an account yet. Open {url}/set-up and enter this one-time code: {code}");
    }
}

/// Serves until a signal comes, then ends in an order in which nobody is cut off half-way: readiness, requests, sockets.
async fn serve(doors: Doors, listener: TcpListener, notice: Duration, grace: Duration) -> Result<(), Failed> {
    let (leaving, stop) = (doors.leaving.clone(), doors.stop.clone());
    let (service, connections) = (doors.service.clone(), doors.connections.clone());
    let mut signals = Signals::new()?;
    let closing = CancellationToken::new();
    tokio::spawn(tidy(service.clone(), closing.clone()));
    service.tasks().spawn(work(service.clone(), closing.clone()));
    let app: IntoMakeServiceWithConnectInfo<_, SocketAddr> = router(doors).into_make_service_with_connect_info();
    // Frames are gathered before they are written; held back by TCP until the one before is acknowledged, an edit would come up to 40 ms late.
    let listener = listener.tap_io(|socket| {
        if let Err(error) = socket.set_nodelay(true) {
            tracing::warn!(%error, "a connection will be slower than it could be");
        }
    });
    let serving = axum::serve(listener, app).with_graceful_shutdown(closing.clone().cancelled_owned()).into_future();
    let serving = tokio::spawn(serving);

    let hurried = signals.next().await == SignalKind::interrupt();
    leaving.cancel();
    tracing::info!("stopping: finishing what is under way");
    if !hurried {
        // Whoever spreads requests over processes sees that this one is not ready, and turns to the others.
        let _ = timeout(notice, signals.next()).await;
    }
    // Requests and jobs first: they need the rooms, and whoever comes from now on comes to another process.
    closing.cancel();
    service.tasks().close();
    within(grace, "requests", async {
        let _ = serving.await;
        service.tasks().wait().await;
    })
    .await;
    stop.cancel();
    connections.close();
    within(grace, "sockets", async {
        service.rooms().shutdown().await;
        connections.wait().await;
    })
    .await;
    within(grace, "connections to the database", service.db().close()).await;
    Ok(())
}

/// Waits for something to finish, but not for ever.
async fn within(grace: Duration, what: &str, work: impl Future<Output = ()>) {
    if timeout(grace, work).await.is_err() {
        tracing::warn!("some {what} did not finish within the grace; closing them");
    }
}

async fn tidy(service: Service, stop: CancellationToken) {
    let mut rounds = interval(TIDY);
    while stop.run_until_cancelled(rounds.tick()).await.is_some() {
        service.tidy().await;
    }
}

/// Jobs and the search index.
async fn work(service: Service, stop: CancellationToken) {
    service.work(stop).await;
}

/// What tells the process to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> Result<Self, Failed> {
        let listen = |kind| signal(kind).map_err(|error| Failed::Machine(format!("Signals cannot be received: {error}.")));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    /// SIGTERM from whoever runs services, or Ctrl-C from somebody who waits.
    async fn next(&mut self) -> SignalKind {
        tokio::select! {
            _ = self.terminate.recv() => SignalKind::terminate(),
            _ = self.interrupt.recv() => SignalKind::interrupt(),
        }
    }
}
