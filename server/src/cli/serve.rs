//! `quorum serve`: everything in one process, until it is told to stop.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
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
    let service = Service::with(pool, Clock::system(), people, settings.sockets.limits(), bus);
    let doors = Doors::new(service, site, url.clone(), settings.trusted_proxies);
    let listener = listen(settings.reach.listen, "--listen").await?;
    if let Some(address) = settings.metrics_listen {
        let listener = listen(address, "--metrics-listen").await?;
        tokio::spawn(axum::serve(listener, metrics::router(doors.service.rooms().clone())).into_future());
    }
    announce(&url, code.as_deref());
    serve(doors, listener, Duration::from_secs(settings.shutdown_grace)).await
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

async fn serve(doors: Doors, listener: TcpListener, grace: Duration) -> Result<(), Failed> {
    let (stop, service, connections) = (doors.stop.clone(), doors.service.clone(), doors.connections.clone());
    stop_on_signal(stop.clone())?;
    tokio::spawn(tidy(service.clone(), stop.clone()));
    service.tasks().spawn(work(service.clone(), stop.clone()));
    let app: IntoMakeServiceWithConnectInfo<_, SocketAddr> = router(doors).into_make_service_with_connect_info();
    // Frames are gathered before they are written; held back by TCP until the one before is acknowledged, an edit would come up to 40 ms late.
    let listener = listener.tap_io(|socket| {
        if let Err(error) = socket.set_nodelay(true) {
            tracing::warn!(%error, "a connection will be slower than it could be");
        }
    });
    let serving = axum::serve(listener, app).with_graceful_shutdown(stop.clone().cancelled_owned()).into_future();
    let serving = tokio::spawn(serving);
    stop.cancelled().await;
    tracing::info!("stopping: finishing what is under way");
    connections.close();
    service.tasks().close();
    let finished = timeout(grace, async {
        service.rooms().shutdown().await;
        connections.wait().await;
        service.tasks().wait().await;
        let _ = serving.await;
    });
    if finished.await.is_err() {
        tracing::warn!("some requests did not finish within the grace; closing them");
    }
    service.db().close().await;
    Ok(())
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

fn stop_on_signal(stop: CancellationToken) -> Result<(), Failed> {
    let wait = |kind| signal(kind).map_err(|error| Failed::Machine(format!("Signals cannot be received: {error}.")));
    let (mut terminate, mut interrupt) = (wait(SignalKind::terminate())?, wait(SignalKind::interrupt())?);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        stop.cancel();
    });
    Ok(())
}
