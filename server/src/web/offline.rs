//! The page that stands in for every other where there is no network. The service worker keeps it, so it holds nothing of anybody: no session is
//! even read here. Its script (`app/editor/src/device/offline-page.ts`) shows what the device has.

use axum::Router;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use leptos::nonce::Nonce;

use super::error::not_found;
use super::security::page_policy;
use super::state::Doors;

/// Built with the other files (`make/offline.mjs`); the nonce is still to be put in.
const TEMPLATE: &str = "pkg/offline.html";

/// The one address.
pub fn routes() -> Router<Doors> {
    Router::new().route("/offline", get(page))
}

async fn page(State(doors): State<Doors>, request: Request) -> Response {
    let Some(template) = doors.site.text(TEMPLATE) else { return not_found(request).await };
    let nonce = Nonce::new();
    let headers = [
        (CONTENT_TYPE, http::HeaderValue::from_static("text/html; charset=utf-8")),
        (CONTENT_SECURITY_POLICY, page_policy(&nonce, &doors.setting)),
    ];
    (headers, template.replace("{{nonce}}", &nonce)).into_response()
}
