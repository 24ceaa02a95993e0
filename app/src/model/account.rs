//! People, and who is asking.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::ids::{AccountId, TeamId};
use super::role::Role;
use super::token::Scope;

/// What a new password has to be, said before one types it.
pub const PASSWORD_HINT: &str = "At least 8 characters. A few unrelated words are easy to remember.";

/// A person as others see them. A removed account's name is "former member".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// None: a former member.
    pub id: Option<AccountId>,
    /// Shown beside everything they did.
    pub name: String,
}

/// Who is asking, established once per request by the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The signed-in account.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Its e-mail address.
    pub email: String,
    /// Runs this instance: creates teams, suspends accounts.
    pub operator: bool,
    /// Set when a program asks: the token's team and scope bound what it may do.
    pub token: Option<(TeamId, Scope)>,
}

/// The signed-in person's own view of themselves, for the frame around every page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// Their account.
    pub account: AccountId,
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Runs this instance.
    pub operator: bool,
    /// The teams they are in, by name.
    pub teams: Vec<Membership>,
    /// How many things wait for them: the number in the title.
    pub waiting: u32,
}

/// One team that somebody is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The team.
    pub team: TeamId,
    /// Its name in links.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What they may do there.
    pub role: Role,
    /// Devices may keep copies of the team's texts, to open them without a network.
    pub device_copies: bool,
}

/// One of one's own signed-in browsers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignedIn {
    /// What `end_session` takes; not the cookie's secret.
    pub key: String,
    /// The browser as it names itself.
    pub user_agent: String,
    /// The address it last came from.
    pub address: String,
    /// When it signed in.
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    /// When it was last seen.
    #[serde(with = "time::serde::rfc3339")]
    pub seen: OffsetDateTime,
    /// The one that is asking.
    pub current: bool,
}

/// What an invitation's page shows before one signs up with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The team's name.
    pub team: String,
    /// The role one will have.
    pub role: Role,
    /// Who invites.
    pub by: String,
    /// The address it was made for, to fill the form with.
    pub email: Option<String>,
}
