//! A proposal's threads where they are now: resolved in one go, healed or detached as the rule says, and remembered so.

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::anchor::{Found, place};
use app::model::ids::{AccountId, CommentId, ProposalId, TeamId, ThreadId};
use app::model::reaction::Reacted;
use app::model::suggestion::Suggestion;
use app::model::thread::{Anchor, Comment, Resolved, Thread, in_order};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::collections::HashMap;

use super::THREADS;
use crate::db;
use crate::db::threads::Row;
use crate::render::{self, Known};
use crate::rooms::document::Document;
use crate::rooms::{Range, Reading};
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::{Shown, internal};
use crate::service::naming::numbers;

impl Service {
    /// The threads of a proposal's page, those included that went on to the accepted text when it was merged.
    pub(super) async fn list_threads(&self, caller: &Caller, team: TeamId, proposal: ProposalId) -> Result<Vec<Thread>> {
        let rows = db::threads::of_proposal(&self.db, proposal, THREADS).await.shown()?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let (reading, resolved) = self.resolve_all(proposal, &rows).await?;
        let places: Vec<Found> = rows.iter().zip(resolved).map(|(row, at)| place(&reading.text, at, &row.passage)).collect();
        let anchors = self.anchors(proposal, &reading, &rows, &places).await?;
        let ids: Vec<ThreadId> = rows.iter().map(|row| row.id).collect();
        let comments = db::comments::of(&self.db, &ids).await.shown()?;
        let signs = self.signs(&ids, caller.account).await?;
        let mut suggestions = self.suggestions_of(caller, proposal, &ids).await?;
        let known = self.known(team, numbers(comments.iter().map(|comment| comment.body.as_str()))).await?;
        let (length, asking) = (comments.iter().map(|comment| comment.body.len()).sum(), caller.account);
        heavy(length, move || {
            let mut comments = by_thread(comments, signs, asking, &known);
            let threads = rows.into_iter().zip(anchors);
            let thread = |(row, anchor): (Row, Anchor)| {
                let suggestion = suggestions.remove(&row.id);
                thread(row, anchor, suggestion, &mut comments)
            };
            in_order(threads.map(thread).collect())
        })
        .await
    }

    /// Where the ranges of all threads are in the live text.
    async fn resolve_all(&self, proposal: ProposalId, rows: &[Row]) -> Result<(Reading, Vec<Option<(u32, u32)>>)> {
        let live = |row: &&Row| row.proposal.is_some() && row.range.is_some();
        let ranges: Vec<Range> = rows.iter().filter(live).filter_map(|row| row.range.clone()).collect();
        let (reading, found) = self.rooms.resolve(proposal, ranges).await.shown()?;
        let mut at: HashMap<ThreadId, Option<(u32, u32)>> = rows.iter().filter(live).map(|row| row.id).zip(found).collect();
        at.extend(self.resolve_accepted(proposal, rows).await?);
        Ok((reading, rows.iter().map(|row| at.get(&row.id).copied().flatten()).collect()))
    }

    /// Threads that went on are anchored in the version that the proposal became, whose text is the proposal's own.
    async fn resolve_accepted(&self, proposal: ProposalId, rows: &[Row]) -> Result<Vec<(ThreadId, Option<(u32, u32)>)>> {
        let (ids, ranges): (Vec<ThreadId>, Vec<Range>) =
            rows.iter().filter(|row| row.proposal.is_none()).filter_map(|row| Some((row.id, row.range.clone()?))).unzip();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ground = db::ground::find(&self.db, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        let version = ground.merged_version.unwrap_or_default();
        let state = db::versions::state(&self.db, ground.design, version).await.shown()?.unwrap_or_default();
        let found = heavy(state.len(), move || Document::open([state.as_slice()])?.resolve(&ranges)).await?;
        Ok(ids.into_iter().zip(found.map_err(|damaged| internal(&damaged))?).collect())
    }

    /// The anchors that pages show, with fresh positions where a thread has none in this document. What was found or lost is stored.
    async fn anchors(&self, proposal: ProposalId, reading: &Reading, rows: &[Row], places: &[Found]) -> Result<Vec<Anchor>> {
        let needs = |row: &Row, place: Found| match place {
            Found::Reattached { from, to } => Some((from, to)),
            Found::Attached { from, to, .. } => row.proposal.is_none().then_some((from, to)),
            Found::Detached => None,
        };
        let offsets: Vec<(u32, u32)> = rows.iter().zip(places).filter_map(|(row, place)| needs(row, *place)).collect();
        let fresh = if offsets.is_empty() { vec![] } else { self.rooms.anchor(proposal, reading.seq, offsets).await.shown()? };
        let mut fresh = fresh.into_iter();
        let mut anchors = Vec::with_capacity(rows.len());
        for (row, place) in rows.iter().zip(places) {
            let range = if needs(row, *place).is_some() { fresh.next().flatten() } else { row.range.clone() };
            anchors.push(anchor(row, *place, range.as_ref()));
            self.remember(row, *place, range.as_ref()).await?;
        }
        Ok(anchors)
    }

    /// Stores that a thread was found again or lost. A thread of the accepted text is only shown here, and not changed.
    async fn remember(&self, row: &Row, place: Found, range: Option<&Range>) -> Result<()> {
        if row.proposal.is_none() || row.whole() {
            return Ok(());
        }
        match (place, range) {
            (Found::Reattached { .. }, Some(range)) => db::threads::reattach(&self.db, row, range).await.shown(),
            (Found::Attached { .. }, _) if row.detached => db::threads::set_detached(&self.db, row, false).await.shown(),
            (Found::Detached, _) if !row.detached => db::threads::set_detached(&self.db, row, true).await.shown(),
            _ => Ok(()),
        }
    }
}

/// A thread's place as pages show it.
fn anchor(row: &Row, place: Found, range: Option<&Range>) -> Anchor {
    if row.whole() { Anchor::Whole } else { shown_at(place, range) }
}

/// A place as pages show it, with its positions in the text.
pub(in crate::service) fn shown_at(place: Found, range: Option<&Range>) -> Anchor {
    let (from, to, changed) = match place {
        Found::Attached { from, to, changed } => (from, to, changed),
        Found::Reattached { from, to } => (from, to, false),
        Found::Detached => return Anchor::Detached,
    };
    // No range: the text moved on between looking and anchoring. The next look finds it.
    range.map_or(Anchor::Detached, |range| Anchor::At {
        from,
        to,
        start: BASE64_STANDARD.encode(&range.start),
        end: BASE64_STANDARD.encode(&range.end),
        changed,
    })
}

/// The comments of each thread, rendered, oldest first.
fn by_thread(
    comments: Vec<db::comments::Row>,
    mut signs: HashMap<CommentId, Vec<Reacted>>,
    asking: AccountId,
    known: &Known,
) -> HashMap<ThreadId, Vec<Comment>> {
    let mut threads: HashMap<ThreadId, Vec<Comment>> = HashMap::new();
    for row in comments {
        let mine = row.by.id == Some(asking);
        let html = render::comment_among(&row.body, known);
        let reactions = signs.remove(&row.id).unwrap_or_default();
        let comment = Comment { id: row.id, by: row.by, html, body: row.body, at: row.at, edited: row.edited, mine, reactions };
        threads.entry(row.thread).or_default().push(comment);
    }
    threads
}

fn thread(row: Row, anchor: Anchor, suggestion: Option<Suggestion>, comments: &mut HashMap<ThreadId, Vec<Comment>>) -> Thread {
    Thread {
        id: row.id,
        kind: row.kind,
        anchor,
        quote: row.passage.quote,
        revision: row.revision,
        resolved: row.resolved.map(|(by, at)| Resolved { by, at }),
        suggestion,
        comments: comments.remove(&row.id).unwrap_or_default(),
    }
}
