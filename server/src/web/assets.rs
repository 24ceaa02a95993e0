//! Scripts, styles and fonts under `/pkg`: embedded in the binary, compressed beforehand, cached for ever where their name holds a hash.
//!
//! The files are embedded by the binary crate and handed in, so that a changed asset does not recompile this library.

use std::fmt;
use std::sync::Arc;

use app::shell::Assets;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use http::header::{
    ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName,
    IF_NONE_MATCH, VARY,
};
use http::{HeaderMap, HeaderValue, StatusCode};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::error::not_found;
use super::security::{WORKER_POLICY, frame_policy};
use super::state::Doors;

/// The page that draws diagrams, in a frame without an origin.
const FRAME: &str = "pkg/mermaid-frame.html";
/// At the root, because a service worker answers for what is below its own address.
const WORKER: &str = "service-worker.js";

/// The files of `target/site`. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    get: fn(&str) -> Option<EmbeddedFile>,
    names: Arc<[String]>,
}

impl Site {
    /// The files that a crate embeds.
    pub fn of<E: RustEmbed>() -> Self {
        Self { get: E::get, names: E::iter().map(String::from).collect() }
    }

    /// A file that is text.
    pub fn text(&self, name: &str) -> Option<String> {
        (self.get)(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
    }

    /// The names of the application's parts.
    fn parts(&self) -> Vec<String> {
        let names = self.names.iter().filter_map(|name| name.strip_prefix("pkg/"));
        names.filter(|name| name.starts_with("parts.") && name.rsplit('.').next() == Some("bin")).map(String::from).collect()
    }

    /// The names, with their hashes, of what pages load.
    pub fn assets(&self) -> Assets {
        let named = |prefix: &str, suffix: &str| {
            let names = self.names.iter().filter_map(|name| name.strip_prefix("pkg/"));
            names.filter(|name| name.starts_with(prefix) && name.ends_with(suffix)).min().unwrap_or_default().to_owned()
        };
        let wasm = named("app.", ".js");
        Assets {
            wasm: wasm.strip_suffix(".js").filter(|name| !name.is_empty()).unwrap_or("app").to_owned(),
            frame: named("frame-", ".js"),
            style: named("style-", ".css"),
            // Before those of rarer letters: a hash has no small ones.
            font: named("inter-latin-", ".woff2"),
            parts: self.parts(),
            editor: self.text("pkg/editor.json").and_then(|names| serde_json::from_str(&names).ok()).unwrap_or_default(),
        }
    }
}

/// Everything under `/pkg`, and the few files that browsers look for at the root.
pub fn routes(site: &Site) -> Router<Doors> {
    let at_root = site.names.iter().filter(|name| !name.contains('/'));
    at_root.fold(Router::new().route("/pkg/{*name}", get(file)), |router, name| router.route(&format!("/{name}"), get(file)))
}

async fn file(State(doors): State<Doors>, request: Request) -> Response {
    let (path, headers) = (request.uri().path().trim_start_matches('/').to_owned(), request.headers().clone());
    let small = accepts_brotli(&headers).then(|| (doors.site.get)(&format!("{path}.br"))).flatten();
    let compressed = small.is_some();
    let Some(file) = small.or_else(|| (doors.site.get)(&path)) else { return not_found(request).await };
    let etag = format!("\"{}\"", HEXLOWER.encode(&file.metadata.sha256_hash()[..16]));
    let mut response = if headers.get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == etag.as_bytes()) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(file.data).into_response()
    };
    describe(response.headers_mut(), &path, &etag, compressed);
    match path.as_str() {
        FRAME => drop(response.headers_mut().insert(CONTENT_SECURITY_POLICY, frame_policy(&doors.setting))),
        WORKER => drop(response.headers_mut().insert(CONTENT_SECURITY_POLICY, WORKER_POLICY)),
        _ => {}
    }
    response
}

fn describe(headers: &mut HeaderMap, name: &str, etag: &str, compressed: bool) {
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let kind = if kind.type_() == mime_guess::mime::TEXT { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let cache = if is_hashed(name) { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(CONTENT_TYPE, &kind);
    set(CACHE_CONTROL, cache);
    set(ETAG, etag);
    set(VARY, "accept-encoding");
    // Public files; the diagram's frame has no origin of its own and could not load its modules otherwise.
    set(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    if compressed {
        set(CONTENT_ENCODING, "br");
    }
}

/// Whether a name holds a hash of the content: a part of at least eight letters and digits, with a digit or all upper case.
fn is_hashed(name: &str) -> bool {
    name.split(['/', '.', '-', '_']).any(|part| {
        let letters = part.len() >= 8 && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        letters && (part.bytes().any(|byte| byte.is_ascii_digit()) || !part.bytes().any(|byte| byte.is_ascii_lowercase()))
    })
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    let mut codings = lines.flat_map(|line| line.split(','));
    codings.any(
        |coding| matches!(coding.split_once(';').map_or((coding, ""), |pair| pair), (name, q) if name.trim() == "br" && q.trim() != "q=0"),
    )
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Site").field(&self.names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_cached_for_ever() {
        for hashed in ["app.1f0b5a4f2c.js", "app.1f0b5a4f2c_bg.wasm", "frame-5TXQRDYN.js", "chunks/editor-HWQKZPLM.js"] {
            assert!(is_hashed(hashed), "{hashed}");
        }
        for plain in ["icons.svg", "mermaid-frame.html", "fonts/InterVariable.woff2", "app.js"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }

    #[test]
    fn brotli_is_sent_only_where_it_is_taken() {
        let accepts = |value: &str| accepts_brotli(&[(ACCEPT_ENCODING, value.parse().expect("header"))].into_iter().collect());
        assert!(accepts("gzip, deflate, br, zstd"));
        assert!(accepts("br;q=1.0, gzip"));
        assert!(!accepts("gzip"));
        assert!(!accepts("br;q=0, gzip"));
    }
}
