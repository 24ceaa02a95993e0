//! The whole surface on one screen: every door, and what stands before it.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state as with};
use tower::ServiceBuilder;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::SizeAbove;
use tower_http::compression::{CompressionLayer, DefaultPredicate, Predicate};
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use super::state::Doors;
use super::{assets, body, error, export, health, offline, pages, pictures, rest, security, session, sockets, trace, visit};

/// Smaller than this fits into a packet anyway, in bytes.
const ONE_PACKET: u64 = 1_000;

/// Pages and answers, which may be as large as texts; what never changes is compressed beforehand ([`assets`]). Quickly, because a page is made
/// for one visit.
fn compressed() -> CompressionLayer<impl Predicate> {
    let worth_it = DefaultPredicate::new().and(SizeAbove::new(ONE_PACKET));
    CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it)
}

/// Pages, server functions, exports, pictures, sockets, and what is not there: for browsers with a session.
fn behind_sessions(doors: &Doors) -> Router<Doors> {
    pages::routes(doors).merge(export::routes()).merge(pictures::routes()).merge(sockets::routes()).fallback(pages::missing).layer(
        ServiceBuilder::new()
            .layer(compressed())
            .layer(with(doors.clone(), session::remove_properly))
            .layer(session::layer(doors))
            .layer(with(doors.clone(), security::same_origin))
            .layer(from_fn(body::limit))
            .layer(with(doors.clone(), visit::establish))
            .layer(from_fn(error::server_fn_status)),
    )
}

/// REST, for programs with a token: cookies are not even read.
fn behind_tokens(doors: &Doors) -> Router<Doors> {
    let before = ServiceBuilder::new().layer(compressed()).layer(with(doors.clone(), security::same_origin)).layer(from_fn(body::limit));
    rest::routes().layer(before)
}

/// Every door. What stands before them runs from top to bottom.
pub fn router(doors: Doors) -> Router {
    Router::new()
        .merge(behind_sessions(&doors))
        .merge(behind_tokens(&doors))
        .merge(assets::routes(&doors.site))
        .merge(offline::routes())
        .merge(health::routes())
        .layer(
            ServiceBuilder::new()
                .layer(SetRequestIdLayer::x_request_id(trace::FreshId))
                .layer(PropagateRequestIdLayer::x_request_id())
                .layer(TraceLayer::new_for_http().make_span_with(trace::span).on_request(()).on_response(trace::answered).on_failure(()))
                .layer(with(doors.clone(), security::headers))
                .layer(CatchPanicLayer::custom(error::panicked)),
        )
        .with_state(doors)
}
