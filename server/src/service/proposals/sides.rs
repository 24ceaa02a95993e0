//! The texts of a proposal: what it stands on, its revisions, the live one, which is shown only after the commit of what it shows, and what it would
//! be with what is suggested.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::diff::Comparison;
use app::model::ids::ProposalId;
use app::model::proposal::Rendered;
use app::model::revision::Side;
use app::model::role::Act;
use app::model::suggestion::applied;

use crate::db;
use crate::db::versions::Version;
use crate::render;
use crate::rooms::log::{self, LogError};
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::{Shown, internal};
use crate::service::naming::numbers;
use crate::service::texts;

/// One side's text.
pub(in crate::service) struct SideText {
    /// Its title; none: the empty text that a new design stands on.
    title: Option<String>,
    pub markdown: String,
    /// The seq of the live document it is.
    seq: Option<i64>,
}

impl Service {
    /// One side, rendered.
    pub(super) async fn side_rendered(&self, caller: &Caller, proposal: ProposalId, side: Side) -> Result<Rendered> {
        let team = self.in_proposal(caller, proposal, Act::Read).await?.team;
        let side = self.side(proposal, side).await?;
        let known = self.known(team, numbers([side.markdown.as_str()])).await?;
        self.texts.rendered(side.markdown, side.seq, known).await
    }

    /// The live text's bytes.
    pub(super) async fn live_bytes(&self, caller: &Caller, proposal: ProposalId, as_imported: bool) -> Result<Vec<u8>> {
        self.in_proposal(caller, proposal, Act::Read).await?;
        let reading = self.rooms.read(proposal).await.shown()?;
        texts::bytes(reading.text, self.whereabouts(proposal).await?.imported, as_imported)
    }

    /// What changed from one side to another.
    pub(super) async fn compare_sides(&self, caller: &Caller, proposal: ProposalId, from: Side, to: Side) -> Result<Comparison> {
        let team = self.in_proposal(caller, proposal, Act::Read).await?.team;
        let (from, to) = (self.side(proposal, from).await?, self.side(proposal, to).await?);
        let titles = from.title.zip(to.title).filter(|(from, to)| from != to);
        let (from, to) = (from.markdown, to.markdown);
        let known = self.known(team, numbers([from.as_str(), to.as_str()])).await?;
        let comparison = heavy(from.len() + to.len(), move || render::compare_among(&from, &to, &known)).await?;
        Ok(Comparison { titles, ..comparison })
    }

    /// One side. Access was checked before.
    pub(in crate::service) async fn side(&self, proposal: ProposalId, side: Side) -> Result<SideText> {
        match side {
            Side::Accepted => {
                let version = db::proposals::standing_on(&self.db, proposal).await.shown()?;
                Ok(version.map_or(SideText { title: None, markdown: String::new(), seq: None }, frozen))
            }
            Side::Revision(number) => {
                let revision = db::versions::revision(&self.db, proposal, number).await.shown()?;
                revision.map(frozen).ok_or_else(|| AppError::not_found("revision"))
            }
            Side::Suggested => {
                let (text, changes) = self.open_changes(proposal).await?;
                let markdown = heavy(text.len(), move || applied(&text, changes)).await?;
                Ok(SideText { title: Some(self.whereabouts(proposal).await?.title), markdown, seq: None })
            }
            Side::Version(0) => Ok(SideText { title: None, markdown: String::new(), seq: None }),
            Side::Version(number) => {
                let version =
                    db::versions::under(&self.db, proposal, number).await.shown()?.ok_or_else(|| AppError::not_found("version"))?;
                Ok(SideText { title: Some(version.title), markdown: version.text, seq: None })
            }
            Side::At(seq) => Ok(SideText { title: None, markdown: self.text_at(proposal, seq).await?, seq: None }),
            Side::Live => {
                let reading = self.rooms.read(proposal).await.shown()?;
                Ok(SideText { title: Some(self.whereabouts(proposal).await?.title), markdown: reading.text, seq: Some(reading.seq) })
            }
        }
    }
}

impl Service {
    /// The live text as it was at a seq: as it was kept, or as the log still tells it. What was kept of a short session may have become part of a
    /// longer one since somebody made a link to it.
    async fn text_at(&self, proposal: ProposalId, seq: i64) -> Result<String> {
        if let Some(text) = db::checkpoints::text(&self.db, proposal, seq).await.shown()? {
            return Ok(text);
        }
        let mut line = self.db.acquire().await.shown()?;
        match log::sound_at(&mut line, proposal, seq).await {
            Ok(mut then) => heavy(then.state_bound(), move || then.text()).await?.map_err(|damaged| internal(&damaged)),
            Err(LogError::Damaged | LogError::Missing) => Err(AppError::NotFound(
                "This text is not kept by itself: it became part of a longer session. The timeline shows that.".into(),
            )),
            Err(error) => Err(error).shown(),
        }
    }
}

fn frozen(version: Version) -> SideText {
    SideText { title: Some(version.title), markdown: version.text, seq: None }
}
