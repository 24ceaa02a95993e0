//! The sample team: made by the same methods as people use, so that everything in it is real.
//!
//! Two more people take part in it. Their accounts have a password that nobody knows: whoever wants to try the story in a second browser makes
//! a link on the team's page of people that sets a new one.

use app::backend::{Designs, Import, Proposals, Reviews};
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::design::Created;
use app::model::ids::ProposalId;
use app::model::review::Verdict;
use app::model::role::Role;

use super::Service;
use super::fault::Shown;
use super::secrets;
use crate::db;
use crate::rooms::{Change, ServerEdit};
use crate::sample::{SampleDesign, Stage, designs};

mod talk;

/// The team's name in links.
const SLUG: &str = "sample";

/// Who takes part, and for how long this load lasts.
struct Cast<'a> {
    /// Whoever loads it: admin, asked to review what waits.
    host: &'a Caller,
    /// Editor; writes.
    author: Caller,
    /// Editor; reviews.
    reviewer: Caller,
}

/// Loads it for the operator; answers its slug.
pub(crate) async fn load(service: &Service, caller: &Caller) -> Result<String> {
    if !caller.operator {
        return Err(AppError::Forbidden("Only the operator of this instance can load the sample team.".into()));
    }
    if db::teams::by_slug(&service.db, SLUG).await.shown()?.is_some() {
        return Err(AppError::conflict("sample-loaded", "The sample team is there already."));
    }
    let author = service.sample_person("Mira Lindqvist", "mira@sample.invalid").await?;
    let reviewer = service.sample_person("Jonas Weber", "jonas@sample.invalid").await?;
    let team = service.make_team(SLUG, "Payments (sample)", caller.account).await?;
    service.put_in(team, author.account, Role::Editor).await?;
    service.put_in(team, reviewer.account, Role::Editor).await?;
    let cast = Cast { host: caller, author, reviewer };
    for design in designs() {
        service.sample_design(&cast, design).await?;
    }
    service.access_changed(caller.account).await;
    Ok(SLUG.into())
}

impl Service {
    /// Somebody of the sample team; the same again when an earlier sample team was removed.
    async fn sample_person(&self, name: &str, email: &str) -> Result<Caller> {
        let account = match db::accounts::by_email(&self.db, email).await.shown()? {
            Some(account) => account.id,
            None => self.make_account(name, email, &secrets::link()).await?,
        };
        Ok(Caller { account, name: name.into(), email: email.into(), operator: false, token: None })
    }

    /// Makes one design and takes it as far as it is said to have come.
    async fn sample_design(&self, cast: &Cast<'_>, design: &SampleDesign) -> Result<()> {
        let import = Import { title: design.title.into(), markdown: design.markdown.into() };
        let made = self.import_design(&cast.author, SLUG, import).await?;
        match design.stage {
            Stage::Draft => self.sample_talk(cast, made.proposal, design.threads).await,
            Stage::InReview { summary } => self.sample_review_under_way(cast, &made, design, summary).await,
            Stage::Approved { summary } => {
                self.sample_talk(cast, made.proposal, design.threads).await?;
                self.sample_approval(cast, made.proposal, summary).await.map(drop)
            }
            Stage::Accepted { summary } => {
                self.sample_talk(cast, made.proposal, design.threads).await?;
                self.sample_merge(cast, made.proposal, summary).await
            }
            Stage::ChangeProposed { summary, title, why } => {
                self.sample_merge(cast, made.proposal, summary).await?;
                let (change, _) = self.propose(&cast.author, SLUG, made.number, title, why).await?;
                self.sample_text(cast, change, design.newest()).await?;
                self.sample_talk(cast, change, design.threads).await
            }
            Stage::Withdrawn { reason } => {
                self.sample_talk(cast, made.proposal, design.threads).await?;
                self.close_proposal(&cast.author, made.proposal, reason).await?;
                self.archive_design(cast.host, SLUG, made.number, true).await
            }
        }
    }

    /// A first revision with changes requested, and a second one that waits for the host.
    async fn sample_review_under_way(&self, cast: &Cast<'_>, made: &Created, design: &SampleDesign, summary: &str) -> Result<()> {
        let reviewers = vec![cast.reviewer.account, cast.host.account];
        let first = self.send_for_review(&cast.author, made.proposal, reviewers.clone()).await?;
        self.submit_review(&cast.reviewer, made.proposal, first, Verdict::RequestChanges, summary).await?;
        self.sample_text(cast, made.proposal, design.newest()).await?;
        self.sample_talk(cast, made.proposal, design.threads).await?;
        self.send_for_review(&cast.author, made.proposal, reviewers).await.map(drop)
    }

    async fn sample_approval(&self, cast: &Cast<'_>, proposal: ProposalId, summary: &str) -> Result<i32> {
        let revision = self.send_for_review(&cast.author, proposal, vec![cast.reviewer.account]).await?;
        self.submit_review(&cast.reviewer, proposal, revision, Verdict::Approve, summary).await?;
        Ok(revision)
    }

    async fn sample_merge(&self, cast: &Cast<'_>, proposal: ProposalId, summary: &str) -> Result<()> {
        let revision = self.sample_approval(cast, proposal, summary).await?;
        self.merge(&cast.author, proposal, revision).await.map(drop)
    }

    async fn sample_text(&self, cast: &Cast<'_>, proposal: ProposalId, text: &str) -> Result<()> {
        let edit = ServerEdit { account: Some(cast.author.account), cause: None, change: Change::Text(text.into()) };
        self.rooms.edit(proposal, edit).await.shown().map(drop)
    }
}
