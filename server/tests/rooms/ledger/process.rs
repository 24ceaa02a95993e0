//! The server as a process of its own, which can be killed.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use app::model::account::Caller;
use app::model::ids::ProposalId;
use sqlx::{ConnectOptions, PgPool};

use crate::support::World;

/// The command, on the test's database.
fn quorum(db: &PgPool) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_quorum"));
    command.env_clear().env("DATABASE_URL", db.connect_options().to_url_lossy().as_str());
    command
}

/// A token of somebody's, to write with.
pub async fn token(world: &World, who: &Caller) -> String {
    let slug: String = sqlx::query_scalar("select slug from teams where id = $1").bind(world.team.0).fetch_one(&world.db).await.unwrap();
    let mut command = quorum(&world.db);
    command.args(["token", "create", "--account", &who.email, "--team", &slug, "--scope", "write"]);
    let made = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

/// A running server.
pub struct Process {
    child: Child,
    port: u16,
}

impl Process {
    /// Starts one on a free port and waits until it listens.
    pub async fn start(db: &PgPool) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = quorum(db)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--database-connections", "4"])
            .env("QUORUM_SOCKET_MESSAGES_PER_SECOND", "10000")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let first = tokio::task::spawn_blocking(move || BufReader::new(out).lines().next());
        first.await.unwrap().unwrap().unwrap();
        Self { child, port }
    }

    /// Where its sockets are.
    pub fn address(&self) -> String {
        format!("ws://127.0.0.1:{}", self.port)
    }

    /// Ends it at once: SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The text that is stored.
    pub async fn text(&self, token: &str, proposal: ProposalId) -> String {
        let url = format!("http://127.0.0.1:{}/api/v1/proposals/{proposal}/text", self.port);
        let answer = reqwest::Client::new().get(url).bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
