//! `/metrics`, for Prometheus: on a port of its own, because what is counted is nobody's business but the operator's.

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use http::header::CONTENT_TYPE;

use crate::rooms::Rooms;

/// The door.
pub fn router(rooms: Rooms) -> Router {
    Router::new().route("/metrics", get(metrics)).with_state(rooms)
}

async fn metrics(State(rooms): State<Rooms>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], rooms.metrics())
}
