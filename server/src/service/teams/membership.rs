//! What happens to members: another role, out, suspended. A team always keeps an admin who can sign in.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{AccountId, TeamId};
use app::model::role::{Act, Role};
use sqlx::PgConnection;

use crate::bus::Hint;
use crate::db;
use crate::service::Service;
use crate::service::fault::Shown;

fn no_member() -> AppError {
    AppError::not_found("member")
}

impl Service {
    /// Makes somebody a member or gives a member another role.
    pub async fn put_in(&self, team: TeamId, account: AccountId, role: Role) -> Result<()> {
        if db::teams::add_member(&self.db, team, account, role, self.clock.now()).await.shown()? {
            self.access_changed(account).await;
            return Ok(());
        }
        self.set_role(team, account, role).await
    }

    /// Gives a member another role.
    pub(super) async fn set_role(&self, team: TeamId, account: AccountId, role: Role) -> Result<()> {
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let before = locked_role(&mut tx, team, account).await?;
        if !role.may(Act::Administer) {
            keep_an_admin(&mut tx, team, account, before).await?;
            // Links in the hands of somebody who was an admin must not let them back in.
            db::invitations::revoke_made_by(&mut *tx, team, account, self.clock.now()).await.shown()?;
        }
        db::teams::set_role(&mut *tx, team, account, role).await.shown()?;
        tx.commit().await.shown()?;
        self.access_changed(account).await;
        Ok(())
    }

    /// Takes a member out: their standing verdicts lapse, their tokens and links for the team stop working.
    pub(super) async fn take_out(&self, team: TeamId, account: AccountId) -> Result<()> {
        let now = self.clock.now();
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let role = locked_role(&mut tx, team, account).await?;
        keep_an_admin(&mut tx, team, account, role).await?;
        let proposals = db::teams::lapse_reviews(&mut *tx, team, account, now).await.shown()?;
        db::tokens::revoke_in_team(&mut *tx, team, account, now).await.shown()?;
        db::invitations::revoke_made_by(&mut *tx, team, account, now).await.shown()?;
        db::teams::remove_member(&mut *tx, team, account).await.shown()?;
        tx.commit().await.shown()?;
        self.access_changed(account).await;
        for id in proposals {
            self.bus.tell(Hint::Proposal { team, id });
        }
        Ok(())
    }

    /// Suspends an account or lets it in again.
    pub(super) async fn set_suspended(&self, account: AccountId, suspended: bool) -> Result<()> {
        let since = suspended.then(|| self.clock.now());
        if !db::accounts::suspend(&self.db, account, since).await.shown()? {
            return Err(AppError::NotFound("There is no such account.".into()));
        }
        if suspended {
            db::sessions::delete_others(&self.db, account, &[]).await.shown()?;
        }
        self.access_changed(account).await;
        Ok(())
    }

    /// Whether an admin may make a link that sets a member's password.
    ///
    /// Whoever sets a password can sign in with it; so the member may be in no team that the admin does not administer.
    pub(super) async fn check_may_reset(&self, caller: &Caller, team: TeamId, account: AccountId) -> Result<()> {
        db::teams::role_of(&self.db, team, account).await.shown()?.ok_or_else(no_member)?;
        let member = db::accounts::by_id(&self.db, account).await.shown()?.ok_or_else(no_member)?;
        if caller.operator {
            return Ok(());
        }
        if member.operator || db::teams::in_others_team(&self.db, account, caller.account).await.shown()? {
            return Err(AppError::Forbidden(
                "This account is more than a member of your teams. The operator of this Quorum can make the link.".into(),
            ));
        }
        Ok(())
    }
}

/// A member's role, with the team's members locked.
async fn locked_role(tx: &mut PgConnection, team: TeamId, account: AccountId) -> Result<Role> {
    db::teams::lock_members(&mut *tx, team).await.shown()?;
    db::teams::role_of(&mut *tx, team, account).await.shown()?.ok_or_else(no_member)
}

/// Refuses what would leave the team without an admin.
async fn keep_an_admin(tx: &mut PgConnection, team: TeamId, account: AccountId, role: Role) -> Result<()> {
    if !role.may(Act::Administer) || db::teams::has_other_admin(&mut *tx, team, account).await.shown()? {
        return Ok(());
    }
    Err(AppError::conflict("last-admin", "This is the team's last admin. Make somebody else an admin first."))
}
