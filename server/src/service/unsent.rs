//! Changes that a device kept and a proposal does not take any more: shown, brought into a new proposal, or made suggestions of.
//!
//! They come as the Yjs update that the live text lacks, and only what they make of that text goes on: operations of one document never enter
//! another.

use app::backend::Unsent;
use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::diff::Comparison;
use app::model::ids::ProposalId;
use app::model::ids::ThreadId;
use app::model::proposal::{ProposalPage, ProposalState};
use app::model::role::Act;
use app::model::suggestion::{Suggested, SuggestedEdit, Taken};
use app::model::unsent::Carried;
use async_trait::async_trait;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::Service;
use super::access::InTeam;
use super::blocking::heavy;
use super::designs::{Bring, Opened, Opening};
use super::fault::Shown;
use super::naming::numbers;
use crate::clock::fresh_id;
use crate::db;
use crate::render;
use crate::rooms::unsent::{self, Unfit};
use crate::rooms::{Range, Reading};

mod passages;

use passages::Passage;

/// A live text without the changes and with them.
struct Texts {
    reading: Reading,
    changed: String,
}

#[async_trait]
impl Unsent for Service {
    async fn compare_unsent(&self, caller: &Caller, proposal: ProposalId, changes: &str) -> Result<Comparison> {
        let team = self.in_proposal(caller, proposal, Act::Read).await?.team;
        let Texts { reading, changed } = self.changed(proposal, changes).await?;
        let known = self.known(team, numbers([reading.text.as_str(), changed.as_str()])).await?;
        heavy(reading.text.len() + changed.len(), move || render::compare_among(&reading.text, &changed, &known)).await
    }

    async fn propose_unsent(&self, caller: &Caller, proposal: ProposalId, changes: &str) -> Result<Carried> {
        let InTeam { team, role } = self.in_proposal(caller, proposal, Act::Write).await?;
        let Texts { reading, changed } = self.changed(proposal, changes).await?;
        let from = db::proposals::frame(&self.db, proposal, caller.account, role).await.shown()?;
        let from = from.ok_or_else(|| AppError::not_found("proposal"))?;
        let bring = Some(Bring { base: reading.text, mine: changed });
        let opening = Opening { title: &from.title, why: &why(&from), bring };
        let Opened { number, clashes, .. } = self.fork(caller, team, from.design, opening).await?;
        Ok(Carried { number, clashes })
    }

    async fn suggest_unsent(&self, caller: &Caller, proposal: ProposalId, changes: &str) -> Result<u32> {
        self.in_proposal(caller, proposal, Act::Discuss).await?;
        let Texts { reading, changed } = self.changed(proposal, changes).await?;
        let Reading { text, seq, .. } = reading;
        let passages = heavy(text.len() + changed.len(), move || passages::of(&text, &changed)).await??;
        let ranges = self.rooms.anchor(proposal, seq, passages.iter().map(|passage| passage.at).collect()).await.shown()?;
        let suggested: Vec<Suggested> = passages.into_iter().zip(ranges).map(|(passage, range)| suggested(passage, range)).collect();
        let taken = self.offer(caller, proposal, &suggested).await?;
        Ok(u32::try_from(taken.iter().filter(|taken| **taken == Taken::Kept).count()).unwrap_or(u32::MAX))
    }
}

impl Service {
    /// The live text, and what the changes make of it.
    async fn changed(&self, proposal: ProposalId, changes: &str) -> Result<Texts> {
        let update = BASE64_STANDARD.decode(changes).map_err(|_| unfit(Unfit::Damaged))?;
        let (reading, limits) = (self.rooms.read(proposal).await.shown()?, self.rooms.limits().clone());
        let made = heavy(reading.state.len() + update.len(), move || {
            let text = unsent::with(&reading, &update, &limits)?;
            Ok(Texts { changed: text, reading })
        });
        made.await?.map_err(unfit)
    }
}

/// In an empty text there are no positions, and none are needed.
fn suggested(Passage { original, replacement, .. }: Passage, range: Option<Range>) -> Suggested {
    let Range { start, end } = range.unwrap_or(Range { start: vec![0], end: vec![0] });
    let (start, end) = (BASE64_STANDARD.encode(start), BASE64_STANDARD.encode(end));
    Suggested { thread: ThreadId(fresh_id()), edits: vec![SuggestedEdit { start, end, original, replacement }] }
}

fn unfit(unfit: Unfit) -> AppError {
    match unfit {
        Unfit::Damaged => AppError::invalid("changes", "These changes do not fit the text on the server. Download the text to keep them."),
        Unfit::TooLarge => AppError::TooLarge("With these changes the text would be larger than 10 MB. Download it to keep them.".into()),
    }
}

/// Why the new proposal is there.
fn why(from: &ProposalPage) -> String {
    let number = from.number;
    match from.state {
        ProposalState::Merged => format!("Changes that reached P-{number} only after it was merged."),
        ProposalState::Closed => format!("Changes that reached P-{number} only after it was closed."),
        ProposalState::Draft | ProposalState::InReview => format!("Changes that P-{number} did not take."),
    }
}
