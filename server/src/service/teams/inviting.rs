//! Making teams and the links that lead into them.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{AccountId, InvitationId, TeamId};
use app::model::role::Role;
use app::model::team::NewLink;
use time::Duration;

use crate::clock::fresh_id;
use crate::db;
use crate::db::invitations::NewInvitation;
use crate::db::teams::TeamRow;
use crate::mail::Letter;
use crate::service::fault::Shown;
use crate::service::{Service, forms, secrets};

/// How long an invitation can be used.
const LIFETIME: Duration = Duration::days(7);

impl Service {
    /// Makes a team with its first admin.
    pub async fn make_team(&self, slug: &str, name: &str, admin: AccountId) -> Result<TeamId> {
        let (slug, name) = (forms::slug(slug)?.to_owned(), forms::name("name", name)?.to_owned());
        let team = TeamRow { id: TeamId(fresh_id()), slug, name };
        let taken = || AppError::invalid("slug", format!("There is a team “{}” already. Choose another name for links.", team.slug));
        let now = self.clock.now();
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        db::teams::insert(&mut *tx, &team, now, taken).await.shown()?;
        db::teams::add_member(&mut *tx, team.id, admin, Role::Admin, now).await.shown()?;
        tx.commit().await.shown()?;
        Ok(team.id)
    }

    /// Makes a link into a team, and mails it when there is an address and mail is set up.
    pub(super) async fn make_invitation(&self, caller: &Caller, team: TeamId, email: Option<&str>, role: Role) -> Result<NewLink> {
        let (secret, now) = (secrets::link(), self.clock.now());
        let invitation = NewInvitation {
            id: InvitationId(fresh_id()),
            team,
            token_hash: &secrets::hash(&secret),
            email,
            role,
            invited_by: caller.account,
            created_at: now,
            expires_at: now + LIFETIME,
        };
        if !db::invitations::insert(&self.db, invitation).await.shown()? {
            let full = "This team has 100 invitations that nobody has used. Revoke some, then invite again.";
            return Err(AppError::conflict("too-many-invitations", full));
        }
        let link = self.people.links.invitation(&secret);
        let mailed = self.mail_invitation(caller, team, email, &link).await?;
        Ok(NewLink { link, mailed })
    }

    async fn mail_invitation(&self, caller: &Caller, team: TeamId, email: Option<&str>, link: &str) -> Result<bool> {
        let (Some(mail), Some(email)) = (&self.people.mail, email) else { return Ok(false) };
        // The link is shown as well, so being out of mails is no error.
        if self.limit_mail(email).await.is_err() {
            return Ok(false);
        }
        let team = db::teams::by_id(&self.db, team).await.shown()?.ok_or_else(|| AppError::not_found("team"))?;
        Ok(mail.send(email, Letter::invitation(&caller.name, &team.name, link)).await)
    }
}
