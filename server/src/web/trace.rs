//! The request log: one line an answer, with an id, and never a secret.

use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::response::Response;
use http::HeaderValue;
use tower_http::request_id::{MakeRequestId, RequestId};
use tracing::{Span, info, info_span};

use crate::clock::fresh_id;

/// Draws an id for every request; one that came with it is not believed.
#[derive(Clone, Copy, Debug)]
pub struct FreshId;

impl MakeRequestId for FreshId {
    fn make_request_id<B>(&mut self, _: &http::Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&fresh_id().simple().to_string()).ok().map(RequestId::new)
    }
}

/// What every line about a request carries: its route as we wrote it, not its address, which may hold a link's secret or a token.
pub fn span(request: &Request) -> Span {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok()).unwrap_or_default();
    info_span!("request", id, method = %request.method(), route)
}

/// The line.
pub fn answered(response: &Response, took: Duration, _: &Span) {
    info!(status = response.status().as_u16(), microseconds = took.as_micros(), "answered");
}
