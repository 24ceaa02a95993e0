//! What happened elsewhere, found out: other processes tell it over the bus, and once a second the database is asked for what the bus may have lost.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use app::model::ids::{AccountId, ProposalId};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::Rooms;
use super::event::Event;
use super::registry::locked;
use crate::bus::{Bus, Hint};
use crate::db;
use crate::db::changes::Changed;

/// How often the database is asked. Revocations must hold everywhere within two seconds; what the bus loses is seen after this at the latest.
const ASKED: Duration = Duration::from_secs(1);
/// Documents compared in one question.
const AT_ONCE: usize = 1_000;

impl Rooms {
    /// Starts to look out.
    pub(super) fn look_out(&self, bus: &Bus) {
        tokio::spawn(self.clone().listen(bus.listen()));
        // Also of a process that is alone: commands on the command line, and whoever is at psql, change things too.
        tokio::spawn(self.clone().notice(bus.clone()));
        if bus.link().is_some() {
            tokio::spawn(self.clone().compare());
        }
    }

    /// Looks again at what accounts may do and at the state of texts, whenever somebody says that it changed.
    async fn listen(self, mut hints: broadcast::Receiver<Hint>) {
        loop {
            let hint = tokio::select! {
                () = self.0.stop.cancelled() => return,
                hint = hints.recv() => hint,
            };
            match hint {
                Ok(Hint::Access { account }) if self.here(account) => self.access_changed(account).await,
                // Perhaps held, merged or closed by another process.
                Ok(Hint::Proposal { id, .. }) if self.live(id) => self.refresh(id).await,
                Ok(Hint::All) | Err(RecvError::Lagged(_)) => self.look_at_all().await,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
    }

    /// Looks again at everybody and everything that is here.
    async fn look_at_all(&self) {
        let accounts: Vec<_> = locked(&self.0.sockets).keys().copied().collect();
        for account in accounts {
            self.access_changed(account).await;
        }
        let live: Vec<_> = locked(&self.0.rooms).keys().copied().collect();
        for document in live {
            self.refresh(document).await;
        }
    }

    /// Tells everybody here what the database says has changed under open sockets. The cost of a look is that of what it finds.
    async fn notice(self, bus: Bus) {
        let mut rounds = rounds();
        let mut before: Option<db::changes::Look> = None;
        while self.0.stop.run_until_cancelled(rounds.tick()).await.is_some() {
            // Away: the next look finds what this one would have.
            let Ok(look) = db::changes::since(&self.0.db, before.as_ref()).await else { continue };
            if before.as_ref().is_some_and(|before| look.follows(before)) {
                look.changes.iter().map(hint).for_each(|hint| bus.tell_here(hint));
            } else {
                bus.tell_here(Hint::All);
            }
            before = Some(look);
        }
    }

    /// Compares what rooms have with what the log has: the bus may have lost what would have told them.
    async fn compare(self) {
        let mut rounds = rounds();
        while self.0.stop.run_until_cancelled(rounds.tick()).await.is_some() {
            let live: Vec<_> = locked(&self.0.rooms).iter().map(|(document, room)| (*document, room.clone())).collect();
            for some in live.chunks(AT_ONCE) {
                let ids: Vec<_> = some.iter().map(|(document, _)| document.0).collect();
                // Away: nobody can have written.
                let heads: HashMap<_, _> = db::log::heads(&self.0.db, &ids).await.unwrap_or_default().into_iter().collect();
                for (document, room) in some {
                    if let Some(head) = heads.get(document).filter(|head| **head > room.seq.load(Ordering::Relaxed)) {
                        // A room with too much to do is told the next time.
                        let _ = room.events.try_send(Event::Grown(*head));
                    }
                }
            }
        }
    }

    /// Whether an account has a socket here.
    fn here(&self, account: AccountId) -> bool {
        locked(&self.0.sockets).contains_key(&account)
    }

    /// Whether a document is open here.
    fn live(&self, document: ProposalId) -> bool {
        locked(&self.0.rooms).contains_key(&document)
    }
}

/// When to ask; a round that took long is not made up for.
fn rounds() -> Interval {
    let mut rounds = interval(ASKED);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    rounds
}

/// What those who look again are told.
fn hint(change: &Changed) -> Hint {
    match *change {
        Changed::Access(account) => Hint::Access { account },
        Changed::State(team, id) => Hint::Proposal { team, id },
    }
}
