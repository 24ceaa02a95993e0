//! The line to the other processes of one Quorum: NATS, publish and subscribe without any promise. Whoever needs to be sure reads the database.

use std::fmt;
use std::time::Duration;

use async_nats::connection::State;
use async_nats::{Client, ConnectOptions, Subject, Subscriber};
use bytes::Bytes;
use tokio::sync::mpsc;
use tokio::time::timeout;

/// Messages on their way out. More are dropped: a bus that is away must cost no memory, and what it loses is found in the log.
const WAITING: usize = 4096;
/// Messages of one subject that wait to be read; more are dropped, for the same reason.
const UNREAD: usize = 1024;
/// How long a connection, or asking to hear a topic, may take: nobody who opens a text waits for the bus.
const PATIENCE: Duration = Duration::from_secs(2);

/// A line. Cheap to clone.
#[derive(Clone)]
pub struct Link {
    client: Client,
    out: mpsc::Sender<(Subject, Bytes)>,
    /// What subjects begin with.
    prefix: Prefix,
}

/// What subjects begin with when one speaks and when one listens. The same, but for a test that puts something in between.
#[derive(Clone, Debug)]
pub struct Prefix {
    /// For what is told.
    pub tell: String,
    /// For what is heard.
    pub hear: String,
}

impl Default for Prefix {
    fn default() -> Self {
        Self { tell: "quorum".into(), hear: "quorum".into() }
    }
}

impl Link {
    /// Connects to `nats://host:port`, now or as soon as it is there. Fails only on an address that is none.
    pub async fn connect(address: &str, prefix: Prefix) -> Result<Self, async_nats::ConnectError> {
        let client = ConnectOptions::new()
            .name("quorum")
            .no_echo()
            .connection_timeout(PATIENCE)
            .retry_on_initial_connect()
            .subscription_capacity(UNREAD)
            .connect(address)
            .await?;
        let (out, mut waiting) = mpsc::channel::<(Subject, Bytes)>(WAITING);
        let sender = client.clone();
        tokio::spawn(async move {
            while let Some((subject, message)) = waiting.recv().await {
                // While there is no connection the client would keep what it is given, and take nothing more when it is full.
                if sender.connection_state() == State::Connected && sender.publish(subject, message).await.is_err() {
                    return;
                }
            }
        });
        Ok(Self { client, out, prefix })
    }

    /// Tells whoever listens to a topic. Dropped when too much waits.
    pub fn tell(&self, topic: &str, message: Bytes) {
        let _ = self.out.try_send((format!("{}.{topic}", self.prefix.tell).into(), message));
    }

    /// Hears what others tell on a topic from now on. None: the line cannot be used at present, and what is told must be found out otherwise.
    pub async fn hear(&self, topic: &str) -> Option<Subscriber> {
        timeout(PATIENCE, self.client.subscribe(format!("{}.{topic}", self.prefix.hear))).await.ok()?.ok()
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
