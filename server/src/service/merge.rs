//! Merge: a revision becomes the accepted text, in one transaction that nothing can slip past.
//!
//! It locks the design (votes and threads wait or came before), the document (no append can pass) and the proposal, judges by the rows as
//! they are then, and writes version, decision, states and the job that brings the version to the design's other proposals.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::proposal::Merged;
use app::model::role::Act;
use serde_json::json;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::blocking::heavy;
use super::facts::Case;
use super::fault::{Shown, internal};
use super::history::{self, Event, Verb};
use super::told::Told;
use super::{Service, access};
use crate::db;
use crate::db::decisions::NewVersion;
use crate::db::ground::Ground;
use crate::db::inbox::Done;
use crate::db::revisions::Revision;
use crate::rooms::lineage;

mod judge;
mod record;
mod threads;

/// What is being merged, everything locked and judged.
struct Merge<'a> {
    caller: &'a Caller,
    ground: Ground,
    newest: Revision,
    case: Case,
    /// The version it becomes.
    version: i32,
    at: OffsetDateTime,
}

impl Service {
    /// Merges a revision. Conflict: `not-in-review`, `not-newest-revision`, `base-moved`, `text-moved-on`, `gate-not-met`, `archived`.
    pub async fn merge_revision(&self, caller: &Caller, proposal: ProposalId, revision: i32) -> Result<Merged> {
        self.in_proposal(caller, proposal, Act::Write).await?;
        let at = self.clock.now();
        let mut tx = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::lock_text(&mut tx, proposal, at).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        access::in_proposal(&mut *tx, caller, proposal, Act::Write).await?;
        let (newest, case, document) = judge::mergeable(&mut tx, &ground, revision).await?;
        let merge = Merge { version: ground.version + 1, caller, at, ground, newest, case };
        let state = accept(&mut tx, &merge).await?;
        let open = threads::move_on(&mut tx, &merge, document, state).await?;
        record::decision(&mut tx, &merge, &open).await.shown()?;
        let told = finish(&mut tx, &merge).await.shown()?;
        tx.commit().await.shown()?;
        // The room looks at the document's state again, so that its peers learn that nobody writes any more.
        self.rooms.refresh(proposal).await;
        self.tell(told);
        Ok(Merged { version: merge.version })
    }
}

/// Writes the version, whose text is the revision's byte for byte; answers its Yjs state.
async fn accept(tx: &mut PgConnection, merge: &Merge<'_>) -> Result<Vec<u8>> {
    let Merge { ground, newest, version, at, .. } = merge;
    let before = db::versions::state(&mut *tx, ground.design, ground.version).await.shown()?.unwrap_or_default();
    let text = newest.text.clone();
    let next = heavy(text.len(), move || lineage::advance(&before, &text, lineage::unknown_client(&before)?)).await?;
    let next = next.map_err(|damaged| internal(&damaged))?;
    let new = NewVersion {
        design: ground.design,
        number: *version,
        title: &newest.title,
        text: &newest.text,
        content_hash: &newest.content_hash,
        sections: &newest.sections,
        update: &next.update,
        state: &next.state,
        at: *at,
    };
    db::decisions::insert_version(tx, new).await.shown()?;
    Ok(next.state)
}

/// The states, the job, the history, the inboxes.
async fn finish(tx: &mut PgConnection, merge: &Merge<'_>) -> sqlx::Result<Told> {
    let Merge { ground, newest, version, caller, at, .. } = merge;
    db::ground::merged(tx, ground, *version).await?;
    let arrive = json!({ "design": ground.design, "version": version });
    db::jobs::insert(&mut *tx, "arrive", &arrive, *at).await?;
    let Ground { team, design, proposal, .. } = *ground;
    let verb = Verb::Merged { revision: newest.number, version: *version };
    history::record(&mut *tx, Event { team, design, proposal: Some(proposal), by: Some(*caller), verb }, *at).await?;
    let mut told = Told::of(team, proposal).with_threads();
    let settled = Done { proposal: Some(proposal), ..Done::default() };
    told.inboxes(db::inbox::done(tx, settled, *at).await?);
    Ok(told)
}
