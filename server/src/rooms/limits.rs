//! Every bound of the room engine, in one place, so that each can be a setting.

use std::time::Duration;

/// What one document, one connection and one process may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits {
    /// Bytes of text in one document: the product's promise, and what a browser still edits smoothly.
    pub text_bytes: usize,
    /// Bytes of one document as one Yjs update; deleted text costs too, so it is larger than the text.
    pub state_bytes: usize,
    /// Bytes of one websocket message: one message may carry a whole document.
    pub message_bytes: usize,
    /// Bytes of large messages that are coming in and not yet handled, in the whole process: what many that are begun and never end may cost in memory.
    pub incoming_bytes: usize,
    /// Bytes that a connection may send at once, then again as they refill: one whole document is always possible.
    pub burst_bytes: u32,
    /// Bytes a second that refill, so that nobody keeps a room's task busy alone.
    pub bytes_per_second: u32,
    /// Messages that a connection may send at once; a reconnecting browser sends its whole backlog as single frames.
    pub burst_messages: u32,
    /// Messages a second that refill: a fast typist makes 20, moving the caret as many.
    pub messages_per_second: u32,
    /// Open sockets of one account over all documents, so that one account cannot use up file descriptors.
    pub sockets_per_account: u32,
    /// Frames waiting for one peer; one that is further behind is closed and resyncs, so that nobody waits for it.
    pub peer_frames: usize,
    /// Events waiting for one room; sockets then stop reading, which slows their senders down.
    pub room_events: usize,
    /// Bytes of edits not yet committed in the whole process: what an outage of the database may cost in memory.
    pub uncommitted_bytes: usize,
    /// Bytes of one presence state (name, caret).
    pub presence_bytes: usize,
    /// Frames with missing dependencies a minute before the connection is closed: it will not heal by asking again.
    pub missing_per_minute: usize,
    /// A socket that says nothing for this long is gone; Yjs providers speak every 15 s.
    pub silence: Duration,
    /// How long a write to a socket may stall before the socket is given up.
    pub stall: Duration,
    /// A room without peers and requests is dropped after this.
    pub unload_after: Duration,
    /// A room whose text nobody changed for this long keeps only its encoded bytes: a twelfth of the live document.
    pub rest_after: Duration,
    /// Rows of the log behind the newest snapshot before the next snapshot is taken, at least: bounds the time to open …
    pub snapshot_rows: u64,
    /// … and one more for so many bytes of the document, because a snapshot costs what the document weighs.
    pub snapshot_bytes_per_row: usize,
    /// A turn of the committer begins so much after the one before for each row which that had: a lone keystroke is committed at once, and where
    /// rows come faster than this they are gathered, because a commit costs the same however many it has …
    pub gap_per_row: Duration,
    /// … but not for longer than this, which nobody notices.
    pub longest_gap: Duration,
    /// What is told to everybody within this is followed by no rest …
    pub quickly_told: Duration,
    /// … and no rest is longer than this.
    pub longest_rest: Duration,
    /// A commit that takes longer makes the process degraded.
    pub slow_commit: Duration,
    /// A turn that takes longer than this is given up and tried again on another connection.
    pub lost_commit: Duration,
}

impl Limits {
    /// How much later than a turn of so many rows the next one may begin.
    pub fn gap(&self, rows: usize) -> Duration {
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        self.gap_per_row.saturating_mul(rows).min(self.longest_gap)
    }

    /// After how many rows a document of so many bytes has its next snapshot; a very large one after ten times as many as others.
    pub fn snapshot_after(&self, state_bytes: usize) -> u64 {
        let rows = u64::try_from(state_bytes / self.snapshot_bytes_per_row).unwrap_or(u64::MAX);
        rows.clamp(self.snapshot_rows, 10 * self.snapshot_rows)
    }

    /// How long after the beginning of something that was told to everybody the next may be told, when telling it took so long: in a text of very many
    /// readers edits that come faster than they can be told are gathered, and a room does not spend all of a core on sending.
    pub fn rest(&self, took: Duration) -> Option<Duration> {
        (took > self.quickly_told).then(|| (4 * took).min(self.longest_rest))
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text_bytes: 10_000_000,
            state_bytes: 16 << 20,
            message_bytes: (16 << 20) + 1024,
            incoming_bytes: 256 << 20,
            burst_bytes: 32 << 20,
            bytes_per_second: 1 << 20,
            burst_messages: 2_000,
            messages_per_second: 100,
            sockets_per_account: 100,
            peer_frames: 512,
            room_events: 256,
            uncommitted_bytes: 64 << 20,
            presence_bytes: 2048,
            missing_per_minute: 3,
            silence: Duration::from_mins(1),
            stall: Duration::from_secs(10),
            unload_after: Duration::from_secs(30),
            rest_after: Duration::from_mins(1),
            snapshot_rows: 500,
            snapshot_bytes_per_row: 200,
            gap_per_row: Duration::from_millis(1),
            longest_gap: Duration::from_millis(4),
            quickly_told: Duration::from_millis(2),
            longest_rest: Duration::from_millis(35),
            slow_commit: Duration::from_secs(1),
            lost_commit: Duration::from_secs(15),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_of_few_never_rests_and_one_of_very_many_spends_a_quarter_of_its_time_on_telling() {
        let limits = Limits::default();
        let rest = |micros| limits.rest(Duration::from_micros(micros));
        assert_eq!(rest(200), None);
        assert_eq!(rest(6_000), Some(Duration::from_millis(24)));
        assert_eq!(rest(60_000), Some(Duration::from_millis(35)), "nobody waits for long");
    }

    #[test]
    fn a_snapshot_of_a_long_text_spares_more_rows_than_one_of_a_short_one() {
        let limits = Limits::default();
        assert_eq!([0, 50_000, 218_000, 16_000_000].map(|bytes| limits.snapshot_after(bytes)), [500, 500, 1_090, 5_000]);
    }

    #[test]
    fn a_lone_keystroke_is_hardly_held_up_and_many_are_gathered() {
        let limits = Limits::default();
        assert_eq!([1, 3, 1_000].map(|rows| limits.gap(rows).as_millis()), [1, 3, 4]);
    }
}
