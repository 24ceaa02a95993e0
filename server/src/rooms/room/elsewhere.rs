//! The same text in other processes: what they append to its log, and who is there.
//!
//! What is told over the bus is taken when it is the next row; anything else is read from the log. Rows are taken up only while none of ours is on
//! its way: before that it is not known which of them came first.

use std::collections::BTreeMap;

use async_nats::Subscriber;
use bytes::Bytes;
use futures::StreamExt;

use super::Room;
use crate::bus::Link;
use crate::db::log::{self as db, Stored};
use crate::rooms::document::Damaged;
use crate::rooms::merge::merge;
use crate::rooms::news::{News, Told};
use crate::rooms::queue::{Entry, Held};
use crate::rooms::scan::scan;
use crate::rooms::wire;

/// Rows kept that are not the next one yet, and the bytes that one may have. Others are read from the log when it is their turn.
const EARLY: usize = 100;
const EARLY_BYTES: usize = 16 << 10;

/// The line of one room to those in other processes.
#[derive(Default)]
pub(super) struct Elsewhere {
    line: Option<(Link, String, Subscriber)>,
    /// The newest seq that anybody spoke of.
    head: i64,
    /// Rows that came early.
    early: BTreeMap<i64, Told>,
}

impl Elsewhere {
    /// Listens to a text's topic, before its log is read: what is appended in between is then told or read.
    pub async fn listen(link: Option<&Link>, document: impl std::fmt::Display) -> Self {
        let Some(link) = link else { return Self::default() };
        let topic = format!("text.{document}");
        let heard = link.hear(&topic).await;
        let elsewhere = Self { line: heard.map(|heard| (link.clone(), topic, heard)), ..Self::default() };
        elsewhere.tell(&News::Who);
        elsewhere
    }

    /// The next message; never, when there is no line.
    pub async fn next(&mut self) -> Bytes {
        if let Some((_, _, heard)) = &mut self.line
            && let Some(message) = heard.next().await
        {
            return message.payload;
        }
        // There is no line, or it has ended for good: the log is asked.
        self.line = None;
        std::future::pending().await
    }

    /// The log was read up to here: what was said before that says no more.
    pub fn reached(&mut self, seq: i64) {
        (self.head, self.early) = (seq, BTreeMap::new());
    }

    /// Whether there are others.
    pub fn any(&self) -> bool {
        self.line.is_some()
    }

    /// Tells the others.
    pub fn tell(&self, news: &News) {
        if let Some((link, topic, _)) = &self.line {
            link.tell(topic, news.encode());
        }
    }

    /// Tells the others of rows that are committed.
    pub fn tell_rows(&self, first: i64, entries: &[Entry]) {
        if self.line.is_some() {
            let rows = entries.iter().filter_map(|entry| entry.row.as_ref());
            let told: Vec<Told> = rows.map(|row| Told { bytes: row.bytes.clone(), account: row.account }).collect();
            if !told.is_empty() {
                self.tell(&News::Rows(first, told));
            }
        }
    }
}

impl Room {
    /// Another process has told something.
    pub(super) fn told(&mut self, message: &Bytes) {
        // An older or newer release says it differently; the log says the same.
        let Ok(news) = News::decode(message) else { return };
        match news {
            News::Rows(first, rows) => {
                for (seq, row) in (first..).zip(rows) {
                    self.grown(seq);
                    let next = seq == self.seq + 1 && self.flight.is_none();
                    if seq > self.seq && (next || (self.elsewhere.early.len() < EARLY && row.bytes.len() <= EARLY_BYTES)) {
                        // A copy: the row is a part of its message, which would be kept whole.
                        self.elsewhere.early.insert(seq, Told { bytes: Bytes::copy_from_slice(&row.bytes), ..row });
                    }
                }
            }
            News::Head(seq) => self.grown(seq),
            News::Presence(states) => {
                // Whoever says nonsense is not one of ours.
                let _ = self.presence.hear_elsewhere(&states);
            }
            News::Who => {
                if let Some(here) = self.presence.here() {
                    self.elsewhere.tell(&News::Presence(here.into()));
                }
            }
        }
    }

    /// The log has grown to a seq, as somebody says.
    pub(super) fn grown(&mut self, seq: i64) {
        self.elsewhere.head = self.elsewhere.head.max(seq);
    }

    /// Looks how far the log has grown, for peers who have what is not here: it may have come to them elsewhere. They are asked again then.
    pub(super) async fn look(&mut self) {
        let doubtful = std::mem::take(&mut self.doubtful);
        if doubtful.is_empty() {
            return;
        }
        if let Ok(Some(head)) = db::head(&self.shared.db, self.id).await {
            self.grown(head.seq);
        }
        self.follow().await;
        for peer in doubtful {
            self.ask(peer);
        }
    }

    /// Takes up what others have appended.
    pub(super) async fn follow(&mut self) {
        if self.flight.is_none() && self.elsewhere.head > self.seq {
            self.catch_up(self.elsewhere.head).await;
        }
    }

    /// Takes up rows of others until `to`: those that were told, else those of the log. While that cannot be read the room stays where it is, and
    /// is told again within a second.
    pub(super) async fn catch_up(&mut self, to: i64) {
        let (mut rows, mut reached) = (Vec::new(), self.seq);
        while reached < to
            && let Some(row) = self.elsewhere.early.remove(&(reached + 1))
        {
            rows.push(row);
            reached += 1;
        }
        if reached < to {
            match db::updates(&self.shared.db, self.id, reached, to).await {
                Ok(stored) if stored.len() as u64 == (to - reached).unsigned_abs() && stored.iter().all(Stored::sound) => {
                    rows.extend(stored.into_iter().map(|row| Told { account: row.account, bytes: row.bytes.into() }));
                }
                // Compacted meanwhile, or damaged: opening it anew finds out.
                Ok(_) => {
                    self.reload = true;
                    return;
                }
                Err(error) => {
                    tracing::warn!(document = %self.id, %error, "the log cannot be read at present");
                    self.elsewhere.early.clear();
                    return;
                }
            }
        }
        if self.take_up(rows).is_err() {
            self.reload = true;
        }
        self.elsewhere.early = self.elsewhere.early.split_off(&(self.seq + 1));
    }

    /// Applies rows of others and shows them to everybody here.
    fn take_up(&mut self, rows: Vec<Told>) -> Result<(), Damaged> {
        let held = self.queue.take_held(|held| !matches!(held, Held::Frame(..)));
        for row in &rows {
            let scan = scan(&row.bytes, |client| self.document.known(client)).map_err(|_| Damaged)?;
            if scan.missing {
                return Err(Damaged);
            }
            self.document.apply(&row.bytes, &scan)?;
            if let Some(account) = row.account {
                self.owners.extend(scan.fresh.iter().map(|(client, _)| (*client, account)));
            }
            self.session.wrote(row.account, self.shared.clock.now());
            self.seq += 1;
            self.tail += 1;
        }
        let updates: Vec<Bytes> = rows.into_iter().map(|row| row.bytes).collect();
        let frames = match merge(&updates) {
            Some(merged) if updates.len() > 1 => vec![wire::update(&merged)],
            _ => updates.iter().map(|update| wire::update(update)).collect(),
        };
        // Whoever waits for the answer to their sync step 1 gets that first: these rows build on it.
        let mut waiting: Vec<u64> = self.queue.waiting_peers().collect();
        waiting.sort_unstable();
        waiting.dedup();
        for frame in frames {
            self.broadcast(&frame, &waiting);
            for peer in &waiting {
                self.queue.hold_behind(*peer, frame.clone());
            }
        }
        self.hold_anew(held)
    }

    /// Answers that wait show a text without what was taken up, under a seq that would count it: they are given again.
    fn hold_anew(&mut self, held: Vec<Held>) -> Result<(), Damaged> {
        for held in held {
            match held {
                Held::Read(reply, _) => self.read(reply)?,
                Held::Resolve(reply, ranges, ..) => self.resolve(ranges, reply)?,
                Held::Snapshot(..) => self.snapshot_again(),
                Held::Frame(..) => {}
            }
        }
        Ok(())
    }
}
