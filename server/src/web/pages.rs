//! Pages and their server functions: the Leptos application, given the use cases, the visit and a content security policy.

use std::sync::{Arc, OnceLock};

use app::backend::{Backend, Visit};
use app::routes::App;
use app::shell::shell;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{CONTENT_SECURITY_POLICY, LINK};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode};
use leptos::nonce::use_nonce;
use leptos::prelude::{provide_context, use_context};
use leptos_axum::{AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context};

use super::error::not_found;
use super::security::page_policy;
use super::state::Doors;

/// Every page of `app::routes` and every server function of `app::api`.
pub fn routes(doors: &Doors) -> Router<Doors> {
    // Once a process: as long as it takes, no page anywhere gets its data, and one that is being rendered would wait for ever.
    static LISTED: OnceLock<Vec<AxumRouteListing>> = OnceLock::new();
    let listed = LISTED.get_or_init(|| generate_route_list(App)).clone();
    Router::new().leptos_routes_with_context(doors, listed, context(doors), page(doors))
}

/// What is not there: the application's page that says so, for whoever reads pages.
pub async fn missing(State(doors): State<Doors>, request: Request) -> Response {
    let path = request.uri().path();
    let page_like = matches!(*request.method(), Method::GET | Method::HEAD) && !path.starts_with("/rpc/") && !path.starts_with("/sync/");
    if !page_like {
        return not_found(request).await;
    }
    let mut response = render_app_async_with_context(context(&doors), page(&doors))(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// The document around the application.
fn page(doors: &Doors) -> impl Fn() -> leptos::prelude::AnyView + Clone + Send + Sync + 'static + use<> {
    let (options, setting) = (doors.leptos.clone(), doors.setting.clone());
    move || leptos::prelude::IntoAny::into_any(shell(options.clone(), setting.assets.clone()))
}

/// What pages and server functions find in their context.
fn context(doors: &Doors) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
    let (backend, setting) = (Arc::new(doors.service.clone()) as Arc<dyn Backend>, doors.setting.clone());
    // Names with hashes of a build are always values of a header.
    let links: Arc<[HeaderValue]> = setting.assets.always().iter().filter_map(|link| HeaderValue::from_str(link).ok()).collect();
    move || {
        provide_context::<Arc<dyn Backend>>(backend.clone());
        let parts = use_context::<Parts>();
        if let Some(visit) = parts.and_then(|parts| parts.extensions.get::<Arc<dyn Visit>>().cloned()) {
            provide_context::<Arc<dyn Visit>>(visit);
        }
        // Server functions have no nonce, and answer no page.
        if let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) {
            response.insert_header(CONTENT_SECURITY_POLICY, page_policy(&nonce, &setting));
            for link in links.iter().cloned() {
                response.append_header(LINK, link);
            }
        }
    }
}
