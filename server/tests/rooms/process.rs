//! The server as a process of its own, which can be killed, frozen, asked and measured.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

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

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Sends a signal, by its name, to processes; to those of them that are still there.
pub fn signal(name: &str, processes: &[u32]) {
    let kill = processes.iter().fold(format!("kill -{name}"), |line, process| format!("{line} {process}"));
    // The shell's own: not every system has a command for it.
    Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status().unwrap();
}

/// A running server.
pub struct Process {
    child: Child,
    port: u16,
    metrics: u16,
}

impl Process {
    /// Starts one on a free port and waits until it listens.
    pub async fn start(db: &PgPool) -> Self {
        Self::start_with(db, &[]).await
    }

    /// As [`Self::start`], with settings.
    pub async fn start_with(db: &PgPool, settings: &[(&str, &str)]) -> Self {
        let (port, metrics) = (free_port(), free_port());
        let mut child = quorum(db)
            .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--metrics-listen", &format!("127.0.0.1:{metrics}")])
            .args(["--database-connections", "4"])
            .env("QUORUM_SOCKET_MESSAGES_PER_SECOND", "10000")
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let first = tokio::task::spawn_blocking(move || BufReader::new(out).lines().next());
        first.await.unwrap().unwrap().unwrap();
        Self { child, port, metrics }
    }

    /// Where its sockets are.
    pub fn address(&self) -> String {
        format!("ws://{}", self.at())
    }

    /// Where it listens.
    pub fn at(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Tells it to stop: SIGTERM.
    pub fn stop(&self) {
        signal("TERM", &[self.child.id()]);
    }

    /// Waits until it has ended, and ended well.
    pub async fn ended(mut self) {
        while self.child.try_wait().unwrap().is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(self.child.wait().unwrap().success());
    }

    /// What it answers to somebody's question; none: it does not take it.
    pub async fn ask(&self, path: &str, token: &str) -> Option<reqwest::Response> {
        reqwest::Client::new().get(format!("http://{}{path}", self.at())).bearer_auth(token).send().await.ok()
    }

    /// Ends it at once: SIGKILL.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Whether it is the process that was started.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Stops it where it stands, as a machine does that is put to sleep.
    pub fn freeze(&self) {
        signal("STOP", &[self.child.id()]);
    }

    /// It goes on, and knows nothing of the time between.
    pub fn thaw(&self) {
        signal("CONT", &[self.child.id()]);
    }

    /// The text that is stored.
    pub async fn text(&self, token: &str, proposal: ProposalId) -> String {
        let answer = self.ask(&format!("/api/v1/proposals/{proposal}/text"), token).await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap()
    }

    /// Whether it says that it can serve.
    pub async fn ready(&self) -> bool {
        reqwest::get(format!("http://127.0.0.1:{}/readyz", self.port)).await.unwrap().status() == 200
    }

    /// What it has counted under a name.
    pub async fn counted(&self, name: &str) -> u64 {
        let told = reqwest::get(format!("http://127.0.0.1:{}/metrics", self.metrics)).await.unwrap().text().await.unwrap();
        let line = told.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name} is not counted")).parse().unwrap()
    }

    /// Bytes of memory that it has.
    pub fn resident(&self) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().strip_suffix(" kB").unwrap().parse::<usize>().unwrap() << 10
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // A test that failed leaves nothing running.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
