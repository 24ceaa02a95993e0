//! Doors to [`crate::backend::Teams`].

use leptos::prelude::*;

use crate::error::AppError;
use crate::model::ids::{AccountId, InvitationId};
use crate::model::page::Page;
use crate::model::role::Role;
use crate::model::team::{Invitation, Member, NewLink, Team};

/// Makes a team and answers its slug.
#[server(prefix = "/rpc", endpoint = "teams/create")]
pub async fn create_team(slug: String, name: String) -> Result<String, AppError> {
    let (visit, backend) = super::asked()?;
    backend.create_team(&visit.signed_in()?, &slug, &name).await
}

/// A team one is a member of.
#[server(prefix = "/rpc", endpoint = "teams/get")]
pub async fn get_team(team: String) -> Result<Team, AppError> {
    let (visit, backend) = super::asked()?;
    backend.team(&visit.signed_in()?, &team).await
}

/// Lets devices keep copies of its texts, or not.
#[server(prefix = "/rpc", endpoint = "teams/device_copies")]
pub async fn set_device_copies(team: String, allowed: bool) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.set_device_copies(&visit.signed_in()?, &team, allowed).await
}

/// Its members by name.
#[server(prefix = "/rpc", endpoint = "teams/members")]
pub async fn list_members(team: String, after: Option<String>) -> Result<Page<Member>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.members(&visit.signed_in()?, &team, after).await
}

/// Its usable invitations.
#[server(prefix = "/rpc", endpoint = "teams/invitations")]
pub async fn list_invitations(team: String) -> Result<Vec<Invitation>, AppError> {
    let (visit, backend) = super::asked()?;
    backend.invitations(&visit.signed_in()?, &team).await
}

/// Makes a single-use link to join; an empty address is none.
#[server(prefix = "/rpc", endpoint = "teams/invite")]
pub async fn invite(team: String, email: String, role: Role) -> Result<NewLink, AppError> {
    let (visit, backend) = super::asked()?;
    let email = Some(email.trim()).filter(|email| !email.is_empty());
    backend.invite(&visit.signed_in()?, &team, email, role).await
}

/// Makes a link unusable.
#[server(prefix = "/rpc", endpoint = "teams/revoke_invitation")]
pub async fn revoke_invitation(team: String, invitation: InvitationId) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.revoke_invitation(&visit.signed_in()?, &team, invitation).await
}

/// Changes a member's role.
#[server(prefix = "/rpc", endpoint = "teams/change_role")]
pub async fn change_role(team: String, account: AccountId, role: Role) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.change_role(&visit.signed_in()?, &team, account, role).await
}

/// Removes a member, or leaves.
#[server(prefix = "/rpc", endpoint = "teams/remove_member")]
pub async fn remove_member(team: String, account: AccountId) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.remove_member(&visit.signed_in()?, &team, account).await
}

/// Makes a link that sets a member's password anew.
#[server(prefix = "/rpc", endpoint = "teams/reset_link")]
pub async fn make_reset_link(team: String, account: AccountId) -> Result<NewLink, AppError> {
    let (visit, backend) = super::asked()?;
    backend.reset_link(&visit.signed_in()?, &team, account).await
}

/// Suspends an account, or lets it in again.
#[server(prefix = "/rpc", endpoint = "teams/suspend")]
pub async fn suspend(account: AccountId, suspended: bool) -> Result<(), AppError> {
    let (visit, backend) = super::asked()?;
    backend.suspend(&visit.signed_in()?, account, suspended).await
}
