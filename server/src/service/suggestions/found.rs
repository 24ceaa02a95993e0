//! Where suggestions are in the live text, and whether they still fit.

use std::collections::HashMap;

use app::error::Result;
use app::model::account::Caller;
use app::model::anchor::{Found, Passage, floor, place};
use app::model::ids::{ProposalId, ThreadId};
use app::model::suggestion::{Edit, Replacement, Suggestion};
use app::model::thread::Anchor;

use crate::db;
use crate::db::suggestions::Row;
use crate::rooms::{Range, Reading};
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::Shown;
use crate::service::threads::list::shown_at;

/// One place of a suggestion, with where it is now.
pub(super) struct Place {
    /// Whose.
    pub thread: ThreadId,
    /// What it would change.
    pub edit: db::suggestions::Edit,
    /// Where.
    pub found: Found,
    /// The positions of that, found again when they were lost; none: nowhere.
    pub range: Option<Range>,
}

impl Place {
    /// Whether it reads as it did when it was suggested.
    pub fn fits(&self, text: &str) -> bool {
        match self.found {
            _ if self.edit.passage.quote.is_empty() => text.is_empty(),
            Found::Attached { changed, .. } => !changed,
            Found::Reattached { .. } => self.range.is_some(),
            Found::Detached => false,
        }
    }

    /// As pages show it.
    fn shown(&self, text: &str) -> Edit {
        let anchor =
            if self.edit.passage.quote.is_empty() && text.is_empty() { Anchor::Whole } else { shown_at(self.found, self.range.as_ref()) };
        Edit { anchor, original: self.edit.passage.quote.clone(), replacement: self.edit.replacement.clone() }
    }

    /// The bytes that it would change.
    fn change(&self, text: &str) -> Option<Replacement> {
        let (from, to) = match self.found {
            Found::Attached { from, to, .. } | Found::Reattached { from, to } => (from, to),
            Found::Detached => text.is_empty().then_some((0, 0))?,
        };
        Some((floor(text, from)..floor(text, to), self.edit.replacement.clone()))
    }
}

/// As [`place`], but believed only while the words are the same: a suggestion is for its words, and where they are elsewhere it is for them there.
fn looked_for(text: &str, at: Option<(u32, u32)>, passage: &Passage) -> Found {
    match place(text, at, passage) {
        there @ Found::Attached { changed: true, .. } => match place(text, None, passage) {
            elsewhere @ Found::Reattached { .. } => elsewhere,
            _ => there,
        },
        found => found,
    }
}

impl Service {
    /// Where all that these suggestions would change is in the live text.
    pub(super) async fn places(&self, proposal: ProposalId, threads: &[ThreadId]) -> Result<(Reading, Vec<Place>)> {
        let edits = db::suggestions::edits(&self.db, threads).await.shown()?;
        let ranges = edits.iter().map(|(_, edit)| edit.range.clone()).collect();
        let (reading, resolved) = self.rooms.resolve(proposal, ranges).await.shown()?;
        let (reading, mut places) = heavy(reading.text.len() * edits.len().max(1), move || {
            let found = edits.into_iter().zip(resolved).map(|((thread, edit), at)| {
                let found = looked_for(&reading.text, at, &edit.passage);
                let range = matches!(found, Found::Attached { .. }).then(|| edit.range.clone());
                Place { thread, edit, found, range }
            });
            let places: Vec<Place> = found.collect();
            (reading, places)
        })
        .await?;
        let lost: Vec<&mut Place> = places.iter_mut().filter(|place| matches!(place.found, Found::Reattached { .. })).collect();
        let offsets: Vec<(u32, u32)> = lost
            .iter()
            .filter_map(|place| if let Found::Reattached { from, to } = place.found { Some((from, to)) } else { None })
            .collect();
        if !offsets.is_empty() {
            let ranges = self.rooms.anchor(proposal, reading.seq, offsets).await.shown()?;
            for (place, range) in lost.into_iter().zip(ranges) {
                place.range = range;
            }
        }
        Ok((reading, places))
    }

    /// What these threads suggest, those of them that do.
    pub(in crate::service) async fn suggestions_of(
        &self,
        caller: &Caller,
        proposal: ProposalId,
        threads: &[ThreadId],
    ) -> Result<HashMap<ThreadId, Suggestion>> {
        let rows = db::suggestions::of(&self.db, threads).await.shown()?;
        if rows.is_empty() {
            return Ok(HashMap::new());
        }
        let ids: Vec<ThreadId> = rows.iter().map(|row| row.thread).collect();
        let (reading, places) = self.places(proposal, &ids).await?;
        let mut edits: HashMap<ThreadId, Vec<Edit>> = HashMap::new();
        for place in &places {
            edits.entry(place.thread).or_default().push(place.shown(&reading.text));
        }
        let suggestion = |Row { thread, by, state, edition, .. }: Row| {
            let (mine, edits) = (by.id == Some(caller.account), edits.remove(&thread).unwrap_or_default());
            (thread, Suggestion { by, mine, state, edition, edits })
        };
        Ok(rows.into_iter().map(suggestion).collect())
    }

    /// The live text, and what the open suggestions that fit would change in it, the oldest first.
    pub(in crate::service) async fn open_changes(&self, proposal: ProposalId) -> Result<(String, Vec<Vec<Replacement>>)> {
        let open = db::suggestions::open(&self.db, proposal).await.shown()?;
        let (reading, places) = self.places(proposal, &open).await?;
        let text = reading.text;
        let of = |thread: &ThreadId| {
            let mut places = places.iter().filter(|place| place.thread == *thread);
            places.clone().all(|place| place.fits(&text)).then(|| places.by_ref().filter_map(|place| place.change(&text)).collect())
        };
        let changes = open.iter().filter_map(of).collect();
        Ok((text, changes))
    }
}
