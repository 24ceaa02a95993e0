//! Teams and who is in them.

use async_trait::async_trait;

use crate::error::Result;
use crate::model::account::Caller;
use crate::model::ids::{AccountId, InvitationId};
use crate::model::page::Page;
use crate::model::role::Role;
use crate::model::team::{Invitation, Member, NewLink, Team};

/// What people do about teams.
#[async_trait]
pub trait Teams: Send + Sync {
    /// Makes a team with the caller as its admin. Operator only. Answers its slug.
    async fn create_team(&self, caller: &Caller, slug: &str, name: &str) -> Result<String>;

    /// A team one is a member of.
    async fn team(&self, caller: &Caller, slug: &str) -> Result<Team>;

    /// Lets devices keep copies of its texts, or not; what they have is removed by the next page that is opened there. Admin.
    async fn set_device_copies(&self, caller: &Caller, slug: &str, allowed: bool) -> Result<()>;

    /// Its members by name, 100 a page.
    async fn members(&self, caller: &Caller, slug: &str, after: Option<String>) -> Result<Page<Member>>;

    /// Its usable invitations, newest first (at most 100). Admin.
    async fn invitations(&self, caller: &Caller, slug: &str) -> Result<Vec<Invitation>>;

    /// Makes a single-use link that expires in seven days, and mails it when an address is given and mail is set up. Admin.
    async fn invite(&self, caller: &Caller, slug: &str, email: Option<&str>, role: Role) -> Result<NewLink>;

    /// Makes a link unusable. Admin.
    async fn revoke_invitation(&self, caller: &Caller, slug: &str, invitation: InvitationId) -> Result<()>;

    /// Changes a member's role. Admin; not below admin for the last one.
    async fn change_role(&self, caller: &Caller, slug: &str, account: AccountId, role: Role) -> Result<()>;

    /// Removes a member, or leaves when it is oneself. The last admin cannot leave. Their standing verdicts lapse.
    async fn remove_member(&self, caller: &Caller, slug: &str, account: AccountId) -> Result<()>;

    /// Makes a link that sets a member's password anew. Admin of the member's team; never for an operator unless operator oneself.
    async fn reset_link(&self, caller: &Caller, slug: &str, account: AccountId) -> Result<NewLink>;

    /// Suspends an account, or lets it in again. Operator only.
    async fn suspend(&self, caller: &Caller, account: AccountId, suspended: bool) -> Result<()>;
}
