//! The command line, as the built binary on a real database.

mod common;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use sqlx::{ConnectOptions, PgPool};

/// `quorum` on the test's database.
fn quorum(db: &PgPool, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quorum"));
    command.args(arguments).env_clear().env("DATABASE_URL", db.connect_options().to_url_lossy().as_str());
    command
}

async fn run(db: &PgPool, arguments: &[&str]) -> Output {
    let mut command = quorum(db, arguments);
    tokio::task::spawn_blocking(move || command.output().expect("it starts")).await.expect("it ends")
}

#[track_caller]
fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

#[track_caller]
fn complaint(output: &Output) -> String {
    assert!(!output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn password_file(name: &str, text: &str) -> PathBuf {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, text).expect("a file");
    file
}

async fn account(db: &PgPool, email: &str) {
    let file = password_file("password", "tulip anchor basil\n");
    printed(&run(db, &["account", "create", "--email", email, "--name", "Ada", "--password-file", file.to_str().expect("UTF-8")]).await);
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn accounts_are_made_once_and_the_first_is_the_operator(db: PgPool) {
    account(&db, "ada@example.org").await;
    account(&db, "ada@example.org").await;
    account(&db, "bob@example.org").await;
    let operators: Vec<(String, bool)> =
        sqlx::query_as("select email, operator from accounts order by email").fetch_all(&db).await.expect("accounts");
    assert_eq!(operators, [("ada@example.org".into(), true), ("bob@example.org".into(), false)]);

    let file = password_file("another-password", "herons by the weir");
    let file = file.to_str().expect("UTF-8");
    let clash = complaint(&run(&db, &["account", "create", "--email", "ADA@example.org", "--name", "Ada", "--password-file", file]).await);
    assert!(clash.contains("quorum account reset"), "{clash}");
    printed(&run(&db, &["account", "reset", "--email", "ada@example.org", "--password-file", file]).await);
    let server = common::Server::start(db).await;
    server.browser().sign_in("ada@example.org", "herons by the weir").await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn what_cannot_be_an_account_is_refused_with_a_reason(db: PgPool) {
    let weak = password_file("weak", "password1\n");
    let lines = password_file("lines", "tulip anchor\nbasil\n");
    for (email, file, reason) in [
        ("ada@example.org", weak.as_path(), "first passwords"),
        ("ada@example.org", &lines, "more than one line"),
        ("ada@example.org", Path::new("/no/such/file"), "cannot be read"),
        ("no address", &password_file("fine", "tulip anchor basil"), "not an e-mail address"),
    ] {
        let file = file.to_str().expect("UTF-8");
        let said = complaint(&run(&db, &["account", "create", "--email", email, "--name", "Ada", "--password-file", file]).await);
        assert!(said.contains(reason), "{said}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn teams_are_made_once_and_members_put_in(db: PgPool) {
    account(&db, "ada@example.org").await;
    account(&db, "bob@example.org").await;
    let team = ["team", "create", "--slug", "payments", "--name", "Payments", "--admin", "ada@example.org"];
    printed(&run(&db, &team).await);
    printed(&run(&db, &team).await);
    let clash = complaint(&run(&db, &["team", "create", "--slug", "payments", "--name", "Other", "--admin", "ada@example.org"]).await);
    assert!(clash.contains("There is a team payments"), "{clash}");

    for role in ["editor", "editor", "viewer"] {
        printed(&run(&db, &["team", "add", "--team", "payments", "--account", "bob@example.org", "--role", role]).await);
    }
    let roles: Vec<String> = sqlx::query_scalar("select role from members order by role").fetch_all(&db).await.expect("members");
    assert_eq!(roles, ["admin", "viewer"]);
    for (arguments, reason) in [
        (["--team", "payments", "--account", "ada@example.org", "--role", "viewer"], "last admin"),
        (["--team", "nothing", "--account", "ada@example.org", "--role", "viewer"], "There is no team nothing"),
        (["--team", "payments", "--account", "eve@example.org", "--role", "viewer"], "There is no account eve"),
        (["--team", "payments", "--account", "bob@example.org", "--role", "owner"], "is not a role"),
    ] {
        let said = complaint(&run(&db, &[&["team", "add"], arguments.as_slice()].concat()).await);
        assert!(said.contains(reason), "{said}");
    }
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_token_is_printed_alone_and_works(db: PgPool) {
    account(&db, "ada@example.org").await;
    let create = ["token", "create", "--account", "ada@example.org", "--team", "payments", "--scope", "write"];
    assert!(complaint(&run(&db, &create).await).contains("There is no team payments"));
    printed(&run(&db, &["team", "create", "--slug", "payments", "--name", "Payments", "--admin", "ada@example.org"]).await);
    let token = printed(&run(&db, &create).await);
    assert!(token.starts_with("quorum_") && !token.contains(char::is_whitespace), "{token}");
    let server = common::Server::start(db).await;
    common::Answer::of(server.browser().bare(reqwest::Method::GET, "/api/v1/me").bearer_auth(token)).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_reset_link_is_printed_alone_under_the_public_address(db: PgPool) {
    account(&db, "ada@example.org").await;
    let link = printed(&run(&db, &["account", "reset", "--email", "ada@example.org", "--public-url", "https://quorum.example.org"]).await);
    let secret = link.strip_prefix("https://quorum.example.org/reset/").expect("a link").to_owned();
    let server = common::Server::start(db).await;
    server.browser().rpc("accounts/reset_password", &[("link", &secret), ("password", "herons by the weir")]).await.ok();
}

#[sqlx::test(migrator = "server::MIGRATIONS")]
async fn a_setting_that_cannot_be_used_says_what_to_change(db: PgPool) {
    for (arguments, reason) in [
        (["serve", "--public-url", "http://quorum.example.org"], "https://"),
        (["serve", "--public-url", "https://quorum.example.org/docs"], "more than a host and port"),
        (["serve", "--listen", "3000"], "--listen"),
        (["serve", "--trusted-proxies", "everybody"], "--trusted-proxies"),
        (["serve", "--smtp-url", "smtp://localhost"], "--mail-from"),
        (["serve", "--socket-message-bytes", "10"], "at least 65536"),
        (["serve", "--log", "info,,=x"], "QUORUM_LOG"),
        (["serve", "--otlp-endpoint", "https://collector.example.org"], "it looks like http://127.0.0.1:4318"),
        (["migrate", "--database-url", "mysql://localhost/x"], "DATABASE_URL"),
    ] {
        let said = complaint(&run(&db, &arguments).await);
        assert!(said.contains(reason), "{arguments:?}: {said}");
    }
    let mut nowhere = quorum(&db, &["migrate"]);
    let said = complaint(&nowhere.env_remove("DATABASE_URL").output().expect("it starts"));
    assert!(said.contains("DATABASE_URL"), "{said}");
    let away = ["migrate", "--database-url", "postgres://postgres@127.0.0.1:1/quorum", "--database-wait", "0"];
    let said = complaint(&run(&db, &away).await);
    assert!(said.contains("127.0.0.1:1/quorum") && said.contains("Is it running"), "{said}");
}

#[sqlx::test(migrations = false)]
async fn an_empty_database_is_migrated(db: PgPool) {
    printed(&run(&db, &["migrate"]).await);
    printed(&run(&db, &["migrate"]).await);
    let accounts: i64 = sqlx::query_scalar("select count(*) from accounts").fetch_one(&db).await.expect("a table");
    assert_eq!(accounts, 0);
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port()
}

#[sqlx::test(migrations = false)]
async fn serve_prints_its_address_and_code_and_stops_when_told(db: PgPool) {
    let port = free_port();
    let (at, metrics) = (format!("127.0.0.1:{port}"), format!("127.0.0.1:{}", free_port()));
    let mut command = quorum(&db, &["serve", "--listen", &at, "--metrics-listen", &metrics]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let out = child.stdout.take().expect("its output");
    let (first, second) = tokio::task::spawn_blocking(move || {
        let mut lines = BufReader::new(out).lines().map(|line| line.expect("a line"));
        (lines.next().expect("an address"), lines.next().expect("a code"))
    })
    .await
    .expect("lines");
    let url = format!("http://127.0.0.1:{port}");
    assert_eq!(first, format!("Quorum is at {url}"));
    let code = second.rsplit(' ').next().expect("a code").to_owned();
    let browser = common::Browser::new(&url, &url);
    assert_eq!(browser.get("/readyz").await.status, 200);
    assert_eq!(browser.get("/metrics").await.status, 404, "what is counted is not public");
    let counted = common::Browser::new(&format!("http://{metrics}"), &url).get("/metrics").await.text;
    assert!(counted.contains("\nquorum_rooms 0\n") && counted.ends_with("# EOF\n"), "{counted}");
    let form = [("code", code.as_str()), ("name", "Ada"), ("email", "ada@example.org"), ("password", "tulip anchor basil"), ("team", "T")];
    browser.rpc("accounts/set_up", &form).await.ok();

    let start = Instant::now();
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().expect("a signal");
    let ended = tokio::task::spawn_blocking(move || child.wait().expect("it ends")).await.expect("it ends");
    assert!(ended.success() && start.elapsed().as_secs() < 5, "{ended} after {:?}", start.elapsed());
}
