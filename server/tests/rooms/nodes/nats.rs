//! A real NATS for a test, and something bad in the middle of it.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures::StreamExt;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// A server of its own, gone with the test.
pub struct Nats {
    child: Child,
    pub address: String,
}

impl Nats {
    pub async fn start() -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = Command::new("nats-server");
        command.args(["--addr", "127.0.0.1", "--port", &port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("nats-server is installed: make test does it");
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Self { child, address: format!("nats://127.0.0.1:{port}") }
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Carries what one node tells to the other, badly: a fifth is lost, some comes twice, some late.
pub struct Relay(JoinHandle<()>);

impl Relay {
    /// From `<from>.out.…` to `<to>.in.…`.
    pub async fn start(address: &str, from: &str, to: &str, seed: u64) -> Self {
        let client = async_nats::connect(address).await.unwrap();
        let mut told = client.subscribe(format!("{from}.out.>")).await.unwrap();
        client.flush().await.unwrap();
        let (start, to) = (format!("{from}.out"), format!("{to}.in"));
        Self(tokio::spawn(async move {
            let mut chance = StdRng::seed_from_u64(seed);
            let mut late = Vec::new();
            while let Some(message) = told.next().await {
                let subject = message.subject.replacen(&start, &to, 1);
                let copies = match chance.random_range(0..10) {
                    0 | 1 => 0,
                    2 => 2,
                    _ => 1,
                };
                late.extend(std::iter::repeat_n((subject, message.payload), copies));
                // Until the next is told, now and then: what waits is then told in another order.
                if chance.random_bool(0.7) {
                    while !late.is_empty() {
                        let (subject, payload) = late.swap_remove(chance.random_range(0..late.len()));
                        client.publish(subject, payload).await.unwrap();
                    }
                }
            }
        }))
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.0.abort();
    }
}
