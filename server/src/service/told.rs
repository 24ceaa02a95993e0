//! Whom to tell after the commit: collected while a use case runs, sent when it is done.

use app::model::ids::{AccountId, ProposalId, TeamId};

use super::Service;
use crate::bus::Hint;

/// What changed for whom.
pub(super) struct Told {
    team: TeamId,
    proposal: ProposalId,
    frame: bool,
    threads: bool,
    inboxes: Vec<AccountId>,
}

impl Told {
    /// A proposal's frame, reviews or gate changed, and with them its design's line in lists.
    pub fn of(team: TeamId, proposal: ProposalId) -> Self {
        Self { team, proposal, frame: true, threads: false, inboxes: Vec::new() }
    }

    /// Its threads changed too.
    pub fn with_threads(mut self) -> Self {
        self.threads = true;
        self
    }

    /// Nothing else changed but what its threads show.
    pub fn of_threads_only(mut self) -> Self {
        (self.frame, self.threads) = (false, true);
        self
    }

    /// These inboxes changed too.
    pub fn inboxes(&mut self, accounts: impl IntoIterator<Item = AccountId>) {
        for account in accounts {
            if !self.inboxes.contains(&account) {
                self.inboxes.push(account);
            }
        }
    }
}

impl Service {
    /// Tells everybody. Call it after the commit.
    pub(super) fn tell(&self, told: Told) {
        let Told { team, proposal: id, frame, threads, inboxes } = told;
        if frame {
            self.bus.tell(Hint::Proposal { team, id });
            self.bus.tell(Hint::Designs { team });
        }
        if threads {
            self.bus.tell(Hint::Threads { team, id });
        }
        for account in inboxes {
            self.bus.tell(Hint::Inbox { account });
        }
    }
}
