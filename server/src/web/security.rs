//! What browsers are told to refuse, and what is refused from them: response headers, and requests made by other sites' pages.
//!
//! Sources: OWASP CSRF Prevention Cheat Sheet (Fetch metadata with Origin as fallback), ASVS 5.0 chapters 3.4, 3.5 and 4.4.

use app::error::{AppError, Result};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, ORIGIN, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY, UPGRADE, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue, Method};

use super::state::{Doors, Setting};
use super::{credential, error};

/// For everything that is no page of ours: nothing may be loaded, framed or sent.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What the service worker may do: ask us.
pub const WORKER_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
/// One year, as browsers' preload lists ask.
const HSTS: &str = "max-age=31536000; includeSubDomains";
/// What no page of ours uses.
const PERMISSIONS: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

/// What a page of ours may load. Scripts need the nonce, and what they load themselves is trusted with them.
pub fn page_policy(nonce: &str, setting: &Setting) -> HeaderValue {
    // Older Safari does not count ws: as 'self'.
    let sockets = sources(setting).replace("http", "ws");
    let policy = format!(
        "default-src 'self'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data: blob:; font-src 'self'; connect-src 'self' {sockets}; worker-src 'self'; frame-src 'self'; object-src 'none'; \
         base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(NOTHING))
}

/// Our origins as a policy names them. It cannot name an IPv6 address: browsers complain about such a source.
fn sources(setting: &Setting) -> String {
    setting.origins.iter().filter(|origin| !origin.contains('[')).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// What the frame that draws diagrams may do: run our script, and nothing else. Its origin is opaque, so `'self'` would not match.
pub fn frame_policy(setting: &Setting) -> HeaderValue {
    let origins = sources(setting);
    let policy = format!(
        "default-src 'none'; script-src {origins}; style-src 'unsafe-inline'; img-src data:; font-src data: {origins}; base-uri 'none'; \
         form-action 'none'; frame-ancestors {origins}; sandbox allow-scripts"
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static(NOTHING))
}

/// Middleware: headers that every answer carries, unless its door has set its own.
pub async fn headers(State(doors): State<Doors>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut default = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(CONTENT_SECURITY_POLICY, NOTHING);
    default(X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(REFERRER_POLICY, "same-origin");
    default(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    // Nothing of a team stays in a cache that outlives signing out.
    default(CACHE_CONTROL, "no-store");
    if doors.setting.public_url.secure() {
        default(STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// Middleware: refuses what another site's page made a browser send.
pub async fn same_origin(State(doors): State<Doors>, request: Request, next: Next) -> Response {
    match check(&request, &doors.setting.origins) {
        Ok(()) => next.run(request).await,
        Err(refusal) => error::answer(request.uri().path(), refusal),
    }
}

fn check(request: &Request, origins: &[String]) -> Result<()> {
    let socket = is_upgrade(request.headers());
    let reading = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    if reading && !socket {
        return Ok(());
    }
    let said = Said::by(request.headers());
    match said.origin {
        Some(origin) if !origins.iter().any(|own| own.as_bytes() == origin) => Err(foreign(origins)),
        _ if said.foreign_fetch => Err(foreign(origins)),
        Some(_) => Ok(()),
        None if said.same_fetch || is_program(request) => Ok(()),
        None => Err(AppError::Forbidden(
            "This request does not say which page it comes from (Origin). Programs use /api/v1 with a token.".into(),
        )),
    }
}

/// What a browser says about the page that made it send this.
struct Said<'a> {
    origin: Option<&'a [u8]>,
    same_fetch: bool,
    foreign_fetch: bool,
}

impl<'a> Said<'a> {
    fn by(headers: &'a HeaderMap) -> Self {
        let fetch = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        Self {
            origin: headers.get(ORIGIN).map(HeaderValue::as_bytes),
            same_fetch: fetch == Some(b"same-origin"),
            foreign_fetch: fetch.is_some_and(|site| site != b"same-origin"),
        }
    }
}

/// Programs send no Origin, and prove who they are with something that no other page can make a browser send. REST takes nothing else.
fn is_program(request: &Request) -> bool {
    let in_query = request.uri().query().is_some_and(|query| query.split('&').any(|pair| pair.starts_with("token=")));
    request.uri().path().starts_with("/api/")
        || credential::bearer(request.headers()).is_some()
        || (is_upgrade(request.headers()) && in_query)
}

fn is_upgrade(headers: &HeaderMap) -> bool {
    headers.contains_key(UPGRADE)
}

fn foreign(origins: &[String]) -> AppError {
    let own = origins.first().map_or("its own address", String::as_str);
    AppError::Forbidden(format!("This request was made by a page of another site. Open Quorum at {own} and try again."))
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    fn asked(method: &str, path: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("request");
        check(&request, &["https://quorum.example.org".into()]).is_ok()
    }

    #[test]
    fn reading_needs_no_origin() {
        assert!(asked("GET", "/", &[]));
        assert!(asked("GET", "/", &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn changing_needs_our_own() {
        let own = ("origin", "https://quorum.example.org");
        assert!(asked("POST", "/rpc/x", &[own]));
        assert!(asked("POST", "/rpc/x", &[own, ("sec-fetch-site", "same-origin")]));
        assert!(asked("POST", "/rpc/x", &[("sec-fetch-site", "same-origin")]));
        assert!(!asked("POST", "/rpc/x", &[]));
        assert!(!asked("POST", "/rpc/x", &[own, ("sec-fetch-site", "cross-site")]));
        assert!(!asked("POST", "/rpc/x", &[("sec-fetch-site", "same-site")]));
        assert!(!asked("POST", "/rpc/x", &[("sec-fetch-site", "none")]));
        for foreign in [
            "https://evil.example",
            "null",
            "http://quorum.example.org",
            "https://quorum.example.org:444",
            "https://quorum.example.org.evil",
            "",
        ] {
            assert!(!asked("POST", "/rpc/x", &[("origin", foreign)]), "{foreign}");
            assert!(!asked("POST", "/api/v1/x", &[("origin", foreign), ("authorization", "Bearer quorum_x")]), "{foreign}");
            assert!(!asked("GET", "/sync/x?token=x", &[("upgrade", "websocket"), ("origin", foreign)]), "{foreign}");
        }
    }

    #[test]
    fn programs_prove_themselves_otherwise() {
        assert!(asked("POST", "/api/v1/x", &[]));
        assert!(asked("GET", "/sync/x?token=quorum_x", &[("upgrade", "websocket")]));
        assert!(asked("GET", "/sync/x", &[("upgrade", "websocket"), ("authorization", "Bearer quorum_x")]));
        assert!(!asked("GET", "/sync/x", &[("upgrade", "websocket")]));
        assert!(!asked("POST", "/rpc/x?token=quorum_x", &[]));
    }
}
