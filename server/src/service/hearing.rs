//! Which hints a caller may hear: those of the teams they are in, and their own.

use app::error::Result;
use app::model::account::Caller;
use app::model::ids::{AccountId, TeamId};

use super::Service;
use super::fault::Shown;
use crate::bus::Hint;
use crate::db;

/// What a caller may hear until their access changes.
#[derive(Clone, Debug)]
pub struct Hearing {
    account: AccountId,
    teams: Vec<TeamId>,
}

impl Hearing {
    /// Whether they may hear it.
    pub fn hears(&self, hint: &Hint) -> bool {
        match hint {
            Hint::Proposal { team, .. } | Hint::Threads { team, .. } | Hint::Designs { team } => self.teams.contains(team),
            Hint::Inbox { account } | Hint::Access { account } => *account == self.account,
            Hint::All => true,
        }
    }

    /// Whether it says that what they may hear changes.
    pub fn changes(&self, hint: &Hint) -> bool {
        match hint {
            Hint::Access { account } => *account == self.account,
            // A change of access may be among what was missed.
            Hint::All => true,
            _ => false,
        }
    }
}

impl Service {
    /// What a caller may hear now; a token hears only its own team.
    pub async fn hearing(&self, caller: &Caller) -> Result<Hearing> {
        let mut teams = db::access::teams_of(&self.db, caller.account).await.shown()?;
        if let Some((bound, _)) = caller.token {
            teams.retain(|team| *team == bound);
        }
        Ok(Hearing { account: caller.account, teams })
    }
}

#[cfg(test)]
mod tests {
    use app::model::ids::ProposalId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn one_hears_ones_teams_and_oneself_and_nobody_else() {
        let (me, other) = (AccountId(Uuid::from_u128(1)), AccountId(Uuid::from_u128(2)));
        let (mine, foreign) = (TeamId(Uuid::from_u128(3)), TeamId(Uuid::from_u128(4)));
        let id = ProposalId(Uuid::from_u128(5));
        let hearing = Hearing { account: me, teams: vec![mine] };
        for (hint, heard) in [
            (Hint::Proposal { team: mine, id }, true),
            (Hint::Proposal { team: foreign, id }, false),
            (Hint::Threads { team: mine, id }, true),
            (Hint::Threads { team: foreign, id }, false),
            (Hint::Designs { team: mine }, true),
            (Hint::Designs { team: foreign }, false),
            (Hint::Inbox { account: me }, true),
            (Hint::Inbox { account: other }, false),
            (Hint::Access { account: me }, true),
            (Hint::Access { account: other }, false),
            (Hint::All, true),
        ] {
            assert_eq!(hearing.hears(&hint), heard, "{hint:?}");
            assert_eq!(hearing.changes(&hint), [Hint::Access { account: me }, Hint::All].contains(&hint));
        }
    }
}
