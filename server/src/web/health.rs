//! Whether this process lives and can serve, for whoever starts and watches it.

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use http::StatusCode;

use super::state::Doors;

/// A database that takes longer than this to answer "1" is not ready.
const PATIENCE: Duration = Duration::from_secs(2);

/// `/healthz`: the process lives. `/readyz`: it can serve; not while it stops, or the database does not answer.
pub fn routes() -> Router<Doors> {
    Router::new().route("/healthz", get(|| async { "live" })).route("/readyz", get(ready))
}

async fn ready(State(doors): State<Doors>) -> (StatusCode, &'static str) {
    if doors.leaving.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match tokio::time::timeout(PATIENCE, doors.service.database_answers()).await {
        Ok(true) => (StatusCode::OK, "ready"),
        Ok(false) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
