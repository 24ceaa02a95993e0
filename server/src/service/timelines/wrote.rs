//! Who wrote a passage: the browser says which Yjs clients' it is, the log whose those are.

use std::collections::{HashMap, HashSet};

use app::error::{AppError, Result};
use app::model::account::Caller;
use app::model::ids::ProposalId;
use app::model::role::Act;
use app::model::timeline::{How, Stretch, Wrote};

use crate::db;
use crate::db::authors::Client;
use crate::rooms::scan::scan;
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::Shown;

/// Stretches of a passage, one of each client: more people do not write one passage.
const STRETCHES: usize = 1_000;

/// The seq of what a document of a new design begins with, which somebody brought.
const BROUGHT: i64 = 1;

impl Service {
    /// Everybody who wrote a part of it, most first.
    pub(super) async fn writers(&self, caller: &Caller, proposal: ProposalId, passage: Vec<Stretch>) -> Result<Vec<Wrote>> {
        self.in_proposal(caller, proposal, Act::Read).await?;
        if passage.len() > STRETCHES {
            return Err(AppError::invalid("passage", "This passage has too many pieces. Select less."));
        }
        let origin = db::timeline::origin(&self.db, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        let clients: Vec<u64> = passage.iter().map(|stretch| stretch.client).collect();
        let known = db::authors::of_clients(&self.db, proposal, &clients).await.shown()?;
        let known: HashMap<u64, Client> = known.into_iter().map(|client| (client.client, client)).collect();
        let accepted =
            if clients.iter().all(|client| known.contains_key(client)) { HashSet::new() } else { self.accepted_clients(proposal).await? };
        let parts = passage.into_iter().map(|Stretch { client, units }| {
            let nobodys = || {
                let how = if accepted.contains(&client) { How::Accepted } else { How::Unknown };
                Wrote { who: None, how, units, since: None }
            };
            known.get(&client).map_or_else(nobodys, |known| by(known, units, origin.base == 0))
        });
        Ok(joined(parts))
    }

    /// The clients of the accepted text that the proposal stands on: the server drew one for each version.
    async fn accepted_clients(&self, proposal: ProposalId) -> Result<HashSet<u64>> {
        let state = db::versions::stood_on(&self.db, proposal).await.shown()?.unwrap_or_default();
        if state.is_empty() {
            return Ok(HashSet::new());
        }
        let clients = heavy(state.len(), move || {
            // It was checked when it was written; what cannot be read says nothing of anybody.
            scan(&state, |_| 0).map(|scan| scan.fresh.iter().map(|(client, _)| *client).collect()).unwrap_or_default()
        });
        clients.await
    }
}

/// Whose a stretch is.
fn by(client: &Client, units: u32, begun_by_hand: bool) -> Wrote {
    let how = match &client.suggested {
        Some(suggester) => How::Suggested(suggester.clone()),
        None if client.put_back => How::PutBack,
        None if client.first == BROUGHT && begun_by_hand => How::Brought,
        None => How::Wrote,
    };
    Wrote { who: Some(client.who.clone()), how, units, since: client.since }
}

/// One part for each person and way, most first.
fn joined(parts: impl Iterator<Item = Wrote>) -> Vec<Wrote> {
    let mut joined: Vec<Wrote> = Vec::new();
    for part in parts {
        match joined.iter_mut().find(|other| other.who == part.who && other.how == part.how) {
            Some(other) => {
                other.units = other.units.saturating_add(part.units);
                // Not before the earliest; where one is not known, none is.
                other.since = other.since.zip(part.since).map(|(a, b)| a.min(b));
            }
            None => joined.push(part),
        }
    }
    joined.sort_by_key(|part| std::cmp::Reverse(part.units));
    joined
}
