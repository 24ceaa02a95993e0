//! What the room engine counts and times, for Prometheus. Times are seconds, sizes bytes; every name begins with `quorum_`.

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// Counters of one process. What can be asked for at any time (open rooms, peers) is set when somebody asks.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    /// Open rooms.
    pub rooms: Gauge,
    /// Connections to rooms.
    pub peers: Gauge,
    /// Bytes of edits that are applied and not on disk.
    pub uncommitted: Gauge,
    /// 1 while people are shown what is not on disk.
    pub degraded: Gauge,
    /// Updates written to the log.
    pub edits: Counter,
    /// Their bytes.
    pub logged: Counter,
    /// Bytes of messages received from peers.
    pub received: Counter,
    /// Bytes of messages queued to peers.
    pub sent: Counter,
    /// One turn of the committer, all rooms together.
    pub commit: Histogram,
    /// From an update's arrival to its acknowledgement.
    pub acknowledged: Histogram,
    /// From an update's arrival to its being queued to everybody else.
    pub shown: Histogram,
    /// Peers closed because they did not read fast enough.
    pub slow: Counter,
    /// Rooms opened anew because their document could not be used any more.
    pub reopened: Counter,
    /// Rows and snapshots found damaged when a document was opened or compacted. They are kept, passed over, and need somebody to look.
    pub damaged: Counter,
    /// Rooms found to have another text than their log, and opened anew.
    pub diverged: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("quorum");
        Self {
            rooms: gauge(&mut registry, "rooms", "Open rooms"),
            peers: gauge(&mut registry, "peers", "Connections to rooms"),
            uncommitted: gauge(&mut registry, "uncommitted_bytes", "Edits that are applied and not on disk"),
            degraded: gauge(&mut registry, "degraded", "1 while people are shown what is not on disk"),
            edits: counter(&mut registry, "edits", "Updates written to the log"),
            logged: counter(&mut registry, "logged_bytes", "Bytes of updates written to the log"),
            received: counter(&mut registry, "received_bytes", "Bytes of messages from peers"),
            sent: counter(&mut registry, "sent_bytes", "Bytes of messages queued to peers"),
            commit: seconds(&mut registry, "commit_seconds", "One turn of the committer, all rooms together"),
            acknowledged: seconds(&mut registry, "acknowledge_seconds", "From an update's arrival to its acknowledgement"),
            shown: seconds(&mut registry, "fanout_seconds", "From an update's arrival to its being queued to everybody else"),
            slow: counter(&mut registry, "slow_peers_closed", "Peers closed because they did not read fast enough"),
            reopened: counter(&mut registry, "rooms_reopened", "Rooms opened anew from the log because their document was not usable"),
            damaged: counter(&mut registry, "damaged", "Rows and snapshots of the log found damaged; they are kept and passed over"),
            diverged: counter(&mut registry, "rooms_diverged", "Rooms whose text was not the log's; they were opened anew from it"),
            registry,
        }
    }
}

impl Metrics {
    /// All of it in Prometheus' text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn gauge(registry: &mut Registry, name: &str, help: &str) -> Gauge {
    let gauge = Gauge::default();
    registry.register(name, help, gauge.clone());
    gauge
}

fn counter(registry: &mut Registry, name: &str, help: &str) -> Counter {
    let counter = Counter::default();
    registry.register(name, help, counter.clone());
    counter
}

/// From a quarter of a millisecond, about one commit on a local disk, to half a minute.
fn seconds(registry: &mut Registry, name: &str, help: &str) -> Histogram {
    let histogram = Histogram::new(exponential_buckets(0.000_25, 2.0, 17));
    registry.register(name, help, histogram.clone());
    histogram
}
