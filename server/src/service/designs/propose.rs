//! Proposing: a live draft forked from the accepted text.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::{DesignId, ProposalId, TeamId};
use app::model::role::Act;

use super::archive::not_archived;
use super::create::FIRST_SEQ;
use crate::bus::Hint;
use crate::clock::fresh_id;
use crate::db;
use crate::db::checkpoints::{Checkpoint, Reason};
use crate::render;
use crate::rooms::lineage::{self, Damaged};
use crate::rooms::log::{self, Start};
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::{Shown, internal};
use crate::service::history::{self, Event, Verb};
use crate::service::jobs::{self, Job};
use crate::service::wording;

/// A proposal about to be opened.
pub(in crate::service) struct Opening<'a> {
    pub title: &'a str,
    pub why: &'a str,
    /// Changes that it begins with; none: with the accepted text as it is.
    pub bring: Option<Bring>,
}

/// Changes made in another text.
pub(in crate::service) struct Bring {
    /// That text without them.
    pub base: String,
    /// And with them.
    pub mine: String,
}

/// A proposal just opened.
pub(in crate::service) struct Opened {
    pub id: ProposalId,
    pub number: i32,
    /// Places where what was brought met other changes: both are in its text.
    pub clashes: u32,
}

/// Changes as a first edit of the accepted text.
struct Brought {
    update: Vec<u8>,
    client: u64,
    text: String,
    clashes: u32,
}

impl Service {
    /// Opens a proposal on the newest accepted version. Others may be open beside it.
    pub(super) async fn open_proposal(
        &self,
        caller: &Caller,
        team: &str,
        number: i32,
        title: &str,
        why: &str,
    ) -> Result<(ProposalId, i32)> {
        let (in_team, design) = self.in_design(caller, team, number, Act::Write).await?;
        let opening = Opening { title: wording::title(title)?, why: wording::why(why)?, bring: None };
        let Opened { id, number, .. } = self.fork(caller, in_team.team, design, opening).await?;
        Ok((id, number))
    }

    /// As [`Self::open_proposal`], by somebody whose role was looked at. Conflict: `not-accepted-yet`, `nothing-new`, `archived`.
    pub(in crate::service) async fn fork(&self, caller: &Caller, team: TeamId, design: DesignId, opening: Opening<'_>) -> Result<Opened> {
        let (id, title, account, at) = (ProposalId(fresh_id()), opening.title, caller.account, self.clock.now());
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        // Locked, so that a merge comes wholly before, and is forked from, or wholly after, and arrives by its job.
        let locked = db::designs::lock(&mut *tx, design).await.shown()?.ok_or_else(|| AppError::not_found("design"))?;
        not_archived(locked.archived)?;
        let state = db::versions::state(&mut *tx, design, locked.version).await.shown()?.ok_or_else(not_accepted_yet)?;
        let brought = match opening.bring {
            Some(bring) => Some(brought(&state, bring, self.rooms.limits().text_bytes).await?),
            None => None,
        };
        let (start, clashes) = match &brought {
            Some(Brought { update, client, clashes, .. }) => (Start::Changed { state: &state, update, client: *client, account }, *clashes),
            None => (Start::Fork(&state), 0),
        };
        let why = with_clashes(opening.why, clashes);
        let number = db::designs::take_proposal_number(&mut *tx, design, at).await.shown()?;
        let new = db::proposals::NewProposal { id, design, number, title, why: &why, base: locked.version, by: account, at };
        db::proposals::insert(&mut *tx, new).await.shown()?;
        log::create(&mut tx, id, team, start, at).await.shown()?;
        if let Some(Brought { text, .. }) = &brought {
            let began = Checkpoint { document: id, seq: FIRST_SEQ, began: at, ended: at, authors: vec![account], text: text.clone() };
            db::checkpoints::keep(&mut *tx, &began, Reason::First).await.shown()?;
        }
        // A reader now finds this proposal's text, which is the newest.
        jobs::ask(&mut *tx, Job::Index { design }, at).await.shown()?;
        let verb = Verb::Proposed { title };
        history::record(&mut *tx, Event { team, design, proposal: Some(id), by: Some(caller), verb }, at).await.shown()?;
        tx.commit().await.shown()?;
        self.bus.tell(Hint::Designs { team });
        Ok(Opened { id, number, clashes })
    }
}

/// Brings changes into the text of an accepted version.
async fn brought(state: &[u8], bring: Bring, largest: usize) -> Result<Brought> {
    let (state, Bring { base, mine }) = (state.to_vec(), bring);
    let made = heavy(base.len() + mine.len(), move || {
        let theirs = lineage::text(&state)?;
        let render::Carried { text, clashes } = render::carry(&base, &mine, &theirs);
        if text == theirs {
            return Ok(Err(nothing_new()));
        }
        if text.len() > largest {
            return Ok(Err(AppError::TooLarge("The new text would be larger than 10 MB. Nothing was changed.".into())));
        }
        let client = lineage::unknown_client(&state)?;
        let update = lineage::advance(&state, &text, client)?.update;
        Ok(Ok(Brought { update, client, text, clashes }))
    });
    made.await?.map_err(|damaged: Damaged| internal(&damaged))?
}

/// Why it was opened, and what its author has to look at.
fn with_clashes(why: &str, clashes: u32) -> String {
    match clashes {
        0 => why.to_owned(),
        1 => format!("{why} One passage was changed in the accepted text too: both versions are in the text, one after the other."),
        _ => format!(
            "{why} {clashes} passages were changed in the accepted text too: both versions of each are in the text, one after the other."
        ),
    }
}

/// Two proposals on the empty version 0 would have no common text: merging one would put its text beside the other's.
fn not_accepted_yet() -> AppError {
    AppError::conflict(
        "not-accepted-yet",
        "Nothing of this design has been accepted yet, so there is nothing to change. Write in its first proposal, or reopen it.",
    )
}

/// An empty proposal would only look as if something had been kept.
fn nothing_new() -> AppError {
    AppError::conflict("nothing-new", "The accepted text has all of these changes already. You can discard them.")
}
