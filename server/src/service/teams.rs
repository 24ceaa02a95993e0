//! Teams and who is in them.

use app::backend::Teams;
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{AccountId, InvitationId};
use app::model::page::Page;
use app::model::role::{Act, Role};
use app::model::team::{Invitation, Member, NewLink, Team};
use async_trait::async_trait;

use super::access::InTeam;
use super::fault::Shown;
use super::sessions::person;
use super::{Service, forms};
use crate::db;

mod inviting;
mod membership;
mod paging;

/// Members a page shows.
const PAGE: i64 = 100;

#[async_trait]
impl Teams for Service {
    async fn create_team(&self, caller: &Caller, slug: &str, name: &str) -> Result<String> {
        operator(caller)?;
        self.make_team(slug, name, caller.account).await?;
        self.access_changed(caller.account).await;
        Ok(slug.to_owned())
    }

    async fn team(&self, caller: &Caller, slug: &str) -> Result<Team> {
        let InTeam { team, role } = self.in_team(caller, slug, Act::Read).await?;
        let row = db::teams::by_id(&self.db, team).await.shown()?.ok_or_else(|| AppError::not_found("team"))?;
        let device_copies = db::teams::device_copies(&self.db, team).await.shown()?;
        Ok(Team { id: team, slug: row.slug, name: row.name, role, device_copies })
    }

    async fn set_device_copies(&self, caller: &Caller, slug: &str, allowed: bool) -> Result<()> {
        let team = self.administered(caller, slug).await?.team;
        // Whoever has a page open hears of it with the next one: hints to a whole team would make each of its pages ask at once.
        db::teams::set_device_copies(&self.db, team, allowed).await.shown()
    }

    async fn members(&self, caller: &Caller, slug: &str, after: Option<String>) -> Result<Page<Member>> {
        let team = self.in_team(caller, slug, Act::Read).await?.team;
        let after = after.as_deref().map(paging::read).transpose()?;
        let rows = db::teams::members(&self.db, team, after.as_ref(), PAGE).await.shown()?;
        Ok(paging::page(rows))
    }

    async fn invitations(&self, caller: &Caller, slug: &str) -> Result<Vec<Invitation>> {
        let team = self.administered(caller, slug).await?.team;
        db::invitations::of_team(&self.db, team, self.clock.now()).await.shown()
    }

    async fn invite(&self, caller: &Caller, slug: &str, email: Option<&str>, role: Role) -> Result<NewLink> {
        let team = self.administered(caller, slug).await?.team;
        let email = email.map(str::trim).filter(|email| !email.is_empty()).map(forms::email).transpose()?;
        self.make_invitation(caller, team, email, role).await
    }

    async fn revoke_invitation(&self, caller: &Caller, slug: &str, invitation: InvitationId) -> Result<()> {
        let team = self.administered(caller, slug).await?.team;
        if db::invitations::revoke(&self.db, team, invitation, self.clock.now()).await.shown()? {
            return Ok(());
        }
        Err(AppError::NotFound("There is no such invitation in this team, or somebody has used it.".into()))
    }

    async fn change_role(&self, caller: &Caller, slug: &str, account: AccountId, role: Role) -> Result<()> {
        let team = self.administered(caller, slug).await?.team;
        self.set_role(team, account, role).await
    }

    async fn remove_member(&self, caller: &Caller, slug: &str, account: AccountId) -> Result<()> {
        let team = if account == caller.account {
            person(caller)?;
            self.in_team(caller, slug, Act::Read).await?.team
        } else {
            self.administered(caller, slug).await?.team
        };
        self.take_out(team, account).await
    }

    async fn reset_link(&self, caller: &Caller, slug: &str, account: AccountId) -> Result<NewLink> {
        let team = self.administered(caller, slug).await?.team;
        self.check_may_reset(caller, team, account).await?;
        Ok(NewLink { link: self.make_reset_link(account).await?, mailed: false })
    }

    async fn suspend(&self, caller: &Caller, account: AccountId, suspended: bool) -> Result<()> {
        operator(caller)?;
        if account == caller.account {
            return Err(AppError::conflict("oneself", "You cannot suspend yourself: nobody could undo it."));
        }
        self.set_suspended(account, suspended).await
    }
}

impl Service {
    /// The team, when the caller is a person who administers it.
    async fn administered(&self, caller: &Caller, slug: &str) -> Result<InTeam> {
        person(caller)?;
        self.in_team(caller, slug, Act::Administer).await
    }
}

/// The operator of the instance, in a browser.
fn operator(caller: &Caller) -> Result<()> {
    person(caller)?;
    if caller.operator { Ok(()) } else { Err(AppError::Forbidden("Only the operator of this Quorum may do this.".into())) }
}
