//! What every door refuses and what every answer carries. ASVS 5.0, chapters 3 and 4.

mod common;

use std::collections::HashSet;

use common::{Answer, Browser, PASSWORD, Server, Setup};
use leptos::server_fn::axum::server_fn_paths;
use reqwest::Method;
use serde_json::Value;
use sqlx::PgPool;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Origins that are not ours, however alike.
fn foreign(own: &str) -> Vec<String> {
    let host = own.trim_start_matches("http://");
    vec![
        "https://evil.example".into(),
        "null".into(),
        String::new(),
        format!("https://{host}"),
        format!("{own}.evil.example"),
        format!("http://evil.{host}"),
        format!("{own}1"),
        "http://127.0.0.1".into(),
    ]
}

/// Every address that changes something: all server functions, and what OpenAPI lists besides reading.
async fn mutating(server: &Server) -> Vec<(Method, String)> {
    let functions = server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    let description: Value = server.browser().get("/api/v1/openapi.json").await.json();
    let paths = description["paths"].as_object().expect("paths").clone();
    let rest = paths.into_iter().flat_map(|(path, verbs)| {
        let verbs: Vec<String> = verbs.as_object().expect("verbs").keys().cloned().collect();
        verbs.into_iter().map(move |verb| (verb.to_uppercase().parse().expect("a method"), path.replace(['{', '}'], "")))
    });
    functions.chain(rest).filter(|(method, _)| *method != Method::GET).collect()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn another_sites_page_changes_nothing_through_any_door(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let doors = mutating(&server).await;
    assert!(doors.len() > 25, "{}", doors.len());
    for (method, path) in doors {
        for origin in foreign(&server.url) {
            let request = ada.browser.bare(method.clone(), &path).header("origin", &origin).header("content-type", "text/plain").body("x");
            assert_eq!(Answer::of(request).await.status, 403, "{method} {path} from {origin}");
        }
        let request = ada.browser.bare(method.clone(), &path).header("sec-fetch-site", "cross-site");
        assert_eq!(Answer::of(request).await.status, 403, "{method} {path}");
        if path.starts_with("/rpc/") {
            let silent = Answer::of(ada.browser.bare(method.clone(), &path)).await;
            assert_eq!(silent.status, 403, "{method} {path} without an origin");
        }
    }
    assert_eq!(ada.browser.who().await.as_deref(), Some("ada"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn another_sites_page_opens_no_socket(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let upgrade = |browser: &Browser, path: &str| {
        let request = browser.bare(Method::GET, path).header("connection", "upgrade").header("upgrade", "websocket");
        request.header("sec-websocket-version", "13").header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
    };
    for path in ["/sync/01a20a63-2ded-7440-b3c1-bc341e74b6a8", "/sync/x?token=quorum_x", "/events"] {
        for origin in foreign(&server.url) {
            let answer = Answer::of(upgrade(&ada.browser, path).header("origin", &origin)).await;
            assert_eq!(answer.status, 403, "{path} from {origin}");
        }
    }
    assert_eq!(Answer::of(upgrade(&ada.browser, "/events")).await.status, 403, "a cookie without an origin");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn nothing_is_changed_by_reading(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    for (method, path) in mutating(&server).await {
        assert_ne!(method, Method::GET);
        let status = ada.browser.get(&path).await.status;
        // 401: a list of REST, which reads no cookies.
        assert!([400, 401, 404, 405].contains(&status), "GET {path}: {status}");
    }
    assert_eq!(server.count("sessions").await, 1);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_page_runs_only_scripts_with_a_nonce_that_is_never_the_same(db: PgPool) {
    let server = Server::start(db).await;
    let browser = server.browser();
    let mut nonces = HashSet::new();
    for _ in 0..50 {
        let page = browser.get("/sign-in").await;
        assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
        let policy = page.header("content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce").to_owned();
        for part in ["'strict-dynamic'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{part} in {policy}");
        }
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        let scripts = page.text.matches("<script").count();
        assert_eq!(page.text.matches(&format!("nonce=\"{nonce}\"")).count(), scripts, "every script has it");
        assert!(nonces.insert(nonce));
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn every_answer_says_what_browsers_must_refuse(db: PgPool) {
    let server = Server::start_with(db, Setup { public_url: Some("https://quorum.example.org"), ..Setup::default() }).await;
    let browser = server.browser();
    let answers = [
        browser.get("/sign-in").await,
        browser.get("/no/such/page").await,
        browser.get("/api/v1/me").await,
        browser.get("/api/v1/openapi.json").await,
        browser.get("/healthz").await,
        browser.get("/pkg/app.1f0b5a4f2c.js").await,
        browser.get("/pkg/nothing.js").await,
        browser.rpc("accounts/empty", &[]).await,
        browser.rpc("accounts/nothing", &[]).await,
        browser.sign_in("ada@example.org", "wrong").await,
    ];
    let mut ids = HashSet::new();
    for answer in &answers {
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
        assert!(!answer.header("permissions-policy").is_empty());
        assert!(ids.insert(answer.header("x-request-id").to_owned()));
    }
    assert_eq!(answers.map(|answer| answer.status), [200, 404, 401, 200, 200, 200, 404, 200, 404, 422]);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(db: PgPool) {
    let server = Server::start_with(db, Setup { public_url: Some("https://quorum.example.org"), ..Setup::default() }).await;
    server.stranger("ada").await;
    let answer = server.browser().sign_in("ada@example.org", PASSWORD).await;
    let cookie = answer.set_cookie().expect("a cookie");
    let mut parts: Vec<&str> = cookie.split("; ").collect();
    let pair = parts.remove(0);
    assert!(pair.starts_with("__Host-quorum="), "{cookie}");
    for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
        assert!(parts.contains(&part), "{part} in {cookie}");
    }
    assert!(!cookie.to_lowercase().contains("domain"));
    let request = server.browser().request(Method::POST, "/rpc/accounts/sign_out").header("cookie", pair);
    let gone = Answer::of(request).await.set_cookie().expect("a cookie");
    assert_eq!(gone, "__Host-quorum=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn on_this_machine_the_cookie_goes_without_secure(db: PgPool) {
    let server = Server::start(db).await;
    server.stranger("ada").await;
    let cookie = server.browser().sign_in("ada@example.org", PASSWORD).await.set_cookie().expect("a cookie");
    assert!(cookie.starts_with("quorum=") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"));
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn assets_are_compressed_and_cached_for_ever(db: PgPool) {
    let server = Server::start(db).await;
    let browser = server.browser();
    let wasm = browser.get("/pkg/app.1f0b5a4f2c_bg.wasm").await;
    assert_eq!((wasm.header("content-type"), wasm.header("cache-control")), ("application/wasm", "public, max-age=31536000, immutable"));
    let script = "/pkg/frame-5TXQRDYN.js";
    let plain = browser.get(script).await;
    assert_eq!((plain.header("content-encoding"), plain.header("content-type")), ("", "text/javascript; charset=utf-8"));
    let small = Answer::of(browser.bare(Method::GET, script).header("accept-encoding", "gzip, br")).await;
    assert_eq!((small.header("content-encoding"), small.header("vary")), ("br", "accept-encoding"));
    let etag = plain.header("etag").to_owned();
    let known = Answer::of(browser.bare(Method::GET, script).header("if-none-match", &etag)).await;
    assert_eq!((known.status, known.text.as_str()), (304, ""));
    assert_eq!(browser.get("/favicon.svg").await.header("content-type"), "image/svg+xml");
    assert_eq!(browser.get("/pkg/icons.svg").await.header("cache-control"), "public, no-cache");
    for path in ["/pkg/../Cargo.toml", "/pkg/..%2f..%2fCargo.toml", "/pkg/", "/pkg/%00"] {
        assert_eq!(browser.get(path).await.status, 404, "{path}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn pages_are_compressed_for_whoever_takes_it(db: PgPool) {
    let server = Server::start(db).await;
    let browser = server.browser();
    let whole = browser.get("/sign-in").await;
    assert_eq!((whole.status, whole.header("content-encoding")), (200, ""));
    let small = Answer::of(browser.bare(Method::GET, "/sign-in").header("accept-encoding", "gzip, br")).await;
    assert_eq!((small.status, small.header("content-encoding")), (200, "gzip"));
    // What is no text takes more room when it is read as one: it is smaller still.
    assert!(small.header("vary").contains("accept-encoding") && small.text.len() < whole.text.len(), "{}", small.text.len());
    let tiny = Answer::of(browser.bare(Method::GET, "/healthz").header("accept-encoding", "gzip")).await;
    assert_eq!((tiny.status, tiny.header("content-encoding")), (200, ""), "what is small anyway stays as it is");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_pages_header_names_what_every_page_loads(db: PgPool) {
    let server = Server::start(db).await;
    let page = server.browser().get("/sign-in").await;
    let links: Vec<&str> = page.headers.get_all("link").iter().map(|link| link.to_str().unwrap()).collect();
    for (file, kind) in
        [("style-7QH3MZPA.css", "as=style"), ("inter-latin-6HK4TQWE.woff2", "as=font"), ("frame-5TXQRDYN.js", "rel=modulepreload")]
    {
        assert!(links.iter().any(|link| link.starts_with(&format!("</pkg/{file}>; ")) && link.contains(kind)), "{file}: {links:?}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn the_frame_for_diagrams_has_no_origin_and_reaches_nothing(db: PgPool) {
    let server = Server::start(db).await;
    let frame = server.browser().get("/pkg/mermaid-frame.html").await;
    let policy = frame.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox allow-scripts"), "{policy}");
    assert!(policy.contains(&format!("script-src {}", server.url)) && !policy.contains("connect-src"), "{policy}");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_request_that_is_too_large_is_refused_before_it_is_read(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let long = "a".repeat(70 << 10);
    let answer = ada.rpc("accounts/rename", &[("name", &long)]).await;
    assert_eq!(answer.error().status(), 413);
    assert_eq!(ada.rpc("accounts/rename", &[("name", &long[..101])]).await.status, 422);
    let unannounced = in_pieces(&server, &ada.browser, 70).await;
    assert!(!unannounced.starts_with("HTTP/1.1 200"), "{unannounced}");
    assert_eq!(ada.browser.who().await.as_deref(), Some("ada"));
    let small = in_pieces(&server, &ada.browser, 0).await;
    assert!(small.starts_with("HTTP/1.1 200"), "{small}");
}

/// The answer's first line to a form whose length is not announced: a name, and kilobytes after it.
async fn in_pieces(server: &Server, browser: &Browser, kilobytes: usize) -> String {
    let host = server.url.trim_start_matches("http://");
    let cookie = browser.cookies().expect("a cookie");
    let mut request = format!(
        "POST /rpc/accounts/rename HTTP/1.1\r\nHost: {host}\r\nOrigin: {}\r\nCookie: {cookie}\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n8\r\nname=eve\r\n",
        server.url
    );
    for _ in 0..kilobytes {
        request.extend(["400\r\n", &"a".repeat(1024), "\r\n"]);
    }
    request.push_str("0\r\n\r\n");
    let mut stream = TcpStream::connect(host).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    answer.lines().next().unwrap_or_default().to_owned()
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn without_its_database_nobody_is_let_in_and_nothing_is_told(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    assert_eq!(server.browser().get("/readyz").await.status, 200);
    server.db.close().await;
    let answer = ada.rpc("accounts/me", &[]).await;
    assert_eq!((answer.status, answer.text.contains("sqlx")), (503, false));
    assert_eq!(server.browser().sign_in("ada@example.org", PASSWORD).await.status, 503);
    assert_eq!(server.browser().get("/readyz").await.status, 503);
    assert_eq!(server.browser().get("/healthz").await.status, 200);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn hostile_names_are_shown_as_text(db: PgPool) {
    let server = Server::start(db).await;
    let ada = server.stranger("ada").await;
    let name = "<script>alert(1)</script>\"onload=x";
    ada.rpc("accounts/rename", &[("name", name)]).await.ok();
    let page = ada.browser.get("/settings").await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("<script>alert"), "escaped");
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn u0000_in_whatever_is_only_looked_for_is_refused_and_no_fault_of_ours(db: PgPool) {
    let server = Server::start(db).await;
    let team = server.team("payments").await;
    let ada = server.member(team, "ada", app::model::role::Role::Admin).await;
    let nul = "a\0b";
    let forms: [(&str, Vec<(&str, &str)>); 7] = [
        ("accounts/sign_in", vec![("email", nul), ("password", PASSWORD)]),
        ("accounts/forget_password", vec![("email", nul)]),
        ("accounts/reset_password", vec![("link", nul), ("password", "herons by the weir")]),
        ("accounts/end_session", vec![("key", nul)]),
        ("teams/get", vec![("team", nul)]),
        ("teams/members", vec![("team", "payments"), ("after", nul)]),
        ("tokens/create", vec![("team", nul), ("name", "ci"), ("scope", "read")]),
    ];
    for (function, form) in forms {
        let status = ada.rpc(function, &form).await.status;
        assert!([404, 422, 503].contains(&status), "{function}: {status}");
    }
    for path in ["/teams/%00", "/invitations/%00", "/reset/%00", "/teams/payments?q=%00", "/teams/payments?after=%00"] {
        let status = ada.browser.get(path).await.status;
        assert!(status < 500, "{path}: {status}");
    }
}
