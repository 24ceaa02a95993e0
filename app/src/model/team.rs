//! Teams, their members and invitations.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ids::{AccountId, InvitationId, TeamId};
use super::role::Role;

/// A team as its members see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// Its name in links.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What the asking account may do here.
    pub role: Role,
    /// Devices may keep copies of its texts, to open them without a network.
    pub device_copies: bool,
}

/// Somebody in a team.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// May not sign in at present.
    pub suspended: bool,
    /// Since when they are in the team.
    #[serde(with = "time::serde::rfc3339")]
    pub joined: OffsetDateTime,
}

/// A link that was made and can still be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id, for revoking it.
    pub id: InvitationId,
    /// For whom, when said.
    pub email: Option<String>,
    /// The role it gives.
    pub role: Role,
    /// Who made it.
    pub by: String,
    /// When it stops working.
    #[serde(with = "time::serde::rfc3339")]
    pub expires: OffsetDateTime,
}

/// A link just made: the only time its secret is seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewLink {
    /// To be handed to the person.
    pub link: String,
    /// It was also mailed to them.
    pub mailed: bool,
}
