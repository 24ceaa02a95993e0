//! Hints to open pages: "this changed, fetch it if you show it". They carry no content and may be lost; the database is the truth.

use app::model::ids::{AccountId, ProposalId, TeamId};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

/// How many hints a slow page may fall behind before it is told to fetch everything anew.
const BACKLOG: usize = 1024;

/// Something changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum Hint {
    /// A proposal's frame, revisions, reviews or gate. For members of the team.
    Proposal {
        /// Its team.
        team: TeamId,
        /// Which.
        id: ProposalId,
    },
    /// A proposal's threads. For members of the team.
    Threads {
        /// Its team.
        team: TeamId,
        /// Which proposal.
        id: ProposalId,
    },
    /// A team's list of designs. For members of the team.
    Designs {
        /// Which.
        team: TeamId,
    },
    /// Somebody's inbox. For them alone.
    Inbox {
        /// Whose.
        account: AccountId,
    },
    /// Somebody's access: membership, role, suspension, a token. Rooms and sockets look again at what they may do.
    Access {
        /// Whose.
        account: AccountId,
    },
}

/// Carries hints to everybody in this process who listens.
#[derive(Clone, Debug)]
pub struct Bus(broadcast::Sender<Hint>);

impl Default for Bus {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Bus {
    /// Tells everybody. Call it after the commit.
    pub fn tell(&self, hint: Hint) {
        // Nobody listening is no error.
        let _ = self.0.send(hint);
    }

    /// Hears everything told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Hint> {
        self.0.subscribe()
    }
}
