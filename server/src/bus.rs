//! Hints: "this changed, fetch it if you show it", for open pages and rooms, here and in the other processes of this Quorum. They carry no content
//! and may be lost; the database is the truth.

use app::model::ids::{AccountId, ProposalId, TeamId};
use futures::StreamExt;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

mod link;

pub use link::{Link, Prefix};

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
    /// Anything: some hints were missed.
    All,
}

/// What hints travel under.
const TOPIC: &str = "hints";

/// Carries hints to everybody who listens, in this process and, over a link, in others.
#[derive(Clone, Debug)]
pub struct Bus {
    here: broadcast::Sender<Hint>,
    link: Option<Link>,
}

impl Default for Bus {
    fn default() -> Self {
        Self { here: broadcast::channel(BACKLOG).0, link: None }
    }
}

impl Bus {
    /// One that other processes hear, and that hears them. Starts a task, so it needs a runtime.
    pub async fn linked(link: Link) -> Self {
        let bus = Self { link: Some(link.clone()), ..Self::default() };
        let here = bus.here.clone();
        if let Some(mut heard) = link.hear(TOPIC).await {
            tokio::spawn(async move {
                while let Some(message) = heard.next().await {
                    // An older or newer release may know other hints.
                    if let Ok(hint) = serde_json::from_slice(&message.payload) {
                        let _ = here.send(hint);
                    }
                }
            });
        }
        bus
    }

    /// Tells everybody. Call it after the commit.
    pub fn tell(&self, hint: Hint) {
        if let Some(link) = &self.link
            && let Ok(words) = serde_json::to_vec(&hint)
        {
            link.tell(TOPIC, words.into());
        }
        self.tell_here(hint);
    }

    /// Tells everybody in this process: what every other finds out by itself.
    pub fn tell_here(&self, hint: Hint) {
        // Nobody listening is no error.
        let _ = self.here.send(hint);
    }

    /// The line to other processes.
    pub fn link(&self) -> Option<&Link> {
        self.link.as_ref()
    }

    /// Hears everything told from now on.
    pub fn listen(&self) -> broadcast::Receiver<Hint> {
        self.here.subscribe()
    }
}
