//! A PostgreSQL of its own, to be taken away. Unlike the suite's it waits for the disk (fsync), so what it says is committed must survive its death.

use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use server::clock::fresh_id;
use sqlx::PgPool;

use crate::process::{free_port, signal};

/// Long enough for a machine under load; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// A cluster in a temporary folder, gone with the test.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    /// Its first process, while it runs.
    postmaster: Option<Child>,
}

impl Cluster {
    /// A fresh one.
    pub fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("quorum-{}", fresh_id()));
        let mut cluster = Self { folder, port: free_port(), postmaster: None };
        // PostgreSQL refuses to be root: then it is who owns its folder.
        let owner: &[&str] = if std::fs::metadata("/proc/self").unwrap().uid() == 0 { &["-o", "postgres", "-g", "postgres"] } else { &[] };
        let made = Command::new("install").args(["-d", "-m", "700"]).args(owner).arg(&cluster.folder).status();
        assert!(made.unwrap().success(), "a folder for PostgreSQL");
        let mut initdb = cluster.command("initdb");
        initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions", "-D", "data"]);
        assert!(initdb.status().unwrap().success(), "initdb");
        cluster.open();
        cluster
    }

    /// Connections to it.
    pub async fn connect(&self) -> PgPool {
        connect(self.port).await
    }

    /// Lets everybody in.
    pub fn open(&mut self) {
        self.listen(self.port);
    }

    /// Lets somebody in by another door while everybody else finds it closed.
    pub async fn beside<T>(&mut self, look: impl AsyncFnOnce(&PgPool) -> T) -> T {
        let port = free_port();
        self.listen(port);
        let db = connect(port).await;
        let seen = look(&db).await;
        db.close().await;
        self.close();
        seen
    }

    /// Ends it in order, as `pg_ctl stop -m fast` does: connections are cut, what was committed is written down.
    pub fn close(&mut self) {
        self.end("INT");
    }

    /// Kills its first process; the others find out.
    pub fn kill(&mut self) {
        self.end("KILL");
    }

    fn end(&mut self, by: &str) {
        let mut postmaster = self.postmaster.take().expect("it runs");
        signal(by, &[postmaster.id()]);
        postmaster.wait().unwrap();
    }

    /// Stops all its processes where they stand.
    pub fn pause(&self) {
        let postmaster = self.postmaster.as_ref().expect("it runs").id();
        // First, so that it starts no others meanwhile.
        signal("STOP", &[postmaster]);
        signal("STOP", &children(postmaster));
    }

    /// They go on.
    pub fn resume(&self) {
        let postmaster = self.postmaster.as_ref().expect("it runs").id();
        signal("CONT", &children(postmaster));
        signal("CONT", &[postmaster]);
    }

    /// Starts it, as soon as no process of a killed one is left, and waits until it lets somebody in.
    fn listen(&mut self, port: u16) {
        let (text, since) = (port.to_string(), Instant::now());
        loop {
            let mut start = self.command("postgres");
            start.args(["-D", "data", "-p", &text, "-k", "", "-c", "listen_addresses=127.0.0.1", "-c", "fsync=on"]);
            let mut postmaster = start.spawn().unwrap();
            while postmaster.try_wait().unwrap().is_none() {
                if self.command("pg_isready").args(["-h", "127.0.0.1", "-p", &text]).status().unwrap().success() {
                    self.postmaster = Some(postmaster);
                    return;
                }
                std::thread::sleep(Duration::from_millis(20));
            }
            assert!(since.elapsed() < PATIENCE, "PostgreSQL does not start in {}", self.folder.display());
        }
    }

    /// One of PostgreSQL's commands, in the folder and as its owner.
    fn command(&self, name: &str) -> Command {
        let owner = std::fs::metadata(&self.folder).unwrap();
        let mut command = Command::new(programs().join(name));
        command.uid(owner.uid()).gid(owner.gid()).current_dir(&self.folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.postmaster.is_some() {
            self.resume();
            // At once: nobody needs it any more.
            self.end("QUIT");
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn connect(port: u16) -> PgPool {
    PgPool::connect(&format!("postgres://postgres@127.0.0.1:{port}/postgres")).await.unwrap()
}

/// Where PostgreSQL's commands are: Debian has a folder for each version, others have them on the path.
fn programs() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.filter_map(|version| Some((version.file_name().to_str()?.parse::<u32>().ok()?, version.path()))).max();
    newest.map_or_else(|| Path::new("").to_owned(), |(_, version)| version.join("bin"))
}

/// The processes that a process has started.
fn children(of: u32) -> Vec<u32> {
    let listed = std::fs::read_to_string(format!("/proc/{of}/task/{of}/children")).unwrap();
    listed.split_whitespace().map(|id| id.parse().unwrap()).collect()
}
