//! Everything the gate of a proposal depends on, read in one place so that the page and the merge judge by the same rows.

use app::error::{AppError, Result};
use app::model::account::Person;
use app::model::approval::{Given, counts};
use app::model::gate::{Facts, Gate};
use app::model::ids::{AccountId, ProposalId};
use app::model::proposal::ProposalState;
use sqlx::PgConnection;

use super::Service;
use super::fault::Shown;
use super::revisions::froze;
use crate::db;
use crate::db::ground::Ground;
use crate::db::revisions::Revision;

/// A proposal's case: what was frozen, what was said of it, by whom.
pub(super) struct Case {
    /// What the rules judge by.
    pub facts: Facts,
    /// The reviews behind `facts.given`, in the same order.
    pub reviews: Vec<db::reviews::Row>,
    /// Who was asked, and by whom.
    pub requested: Vec<(Person, Person)>,
}

impl Case {
    /// Whether a review is an approval that counts.
    pub fn counts(&self, index: usize) -> bool {
        counts(&self.facts.given, index, &self.facts.revisions, &self.facts.authors)
    }

    /// The gate.
    pub fn gate(&self) -> Gate {
        Gate::of(&self.facts)
    }
}

/// Reads the case of a proposal; whether its text is the newest revision's, the caller knows.
pub(super) async fn case(db: &mut PgConnection, ground: &Ground, newest: Option<&Revision>, text_as_revised: bool) -> sqlx::Result<Case> {
    let proposal = ground.proposal;
    let reviews = db::reviews::all(&mut *db, proposal).await?;
    let requested = db::reviews::requested(&mut *db, proposal).await?;
    let authors = match newest {
        Some(newest) => db::authors::until(&mut *db, proposal, newest.seq).await?,
        None => Vec::new(),
    };
    let facts = Facts {
        state: ground.state,
        merged_version: ground.merged_version,
        revisions: db::revisions::alike(&mut *db, proposal).await?,
        given: reviews.iter().map(|review| review.given.clone()).collect::<Vec<Given>>(),
        authors: authors.iter().filter_map(|author| author.id).collect::<Vec<AccountId>>(),
        asked: requested.iter().map(|(asked, _)| asked.clone()).collect(),
        blocking: db::threads::blocking(&mut *db, proposal).await?,
        text_as_revised,
        base: ground.base,
        version: ground.version,
    };
    Ok(Case { facts, reviews, requested })
}

impl Service {
    /// The case of a proposal as it is at this moment.
    pub(super) async fn case_now(&self, proposal: ProposalId) -> Result<Case> {
        let live = self.live_text(proposal).await?;
        let mut db = crate::db::begin(&self.db).await.shown()?;
        let ground = db::ground::find(&mut *db, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        let newest = db::revisions::newest(&mut *db, proposal).await.shown()?;
        let same = newest.as_ref().is_some_and(|newest| ground.state == ProposalState::Merged || froze(newest, &ground.title, &live));
        case(&mut db, &ground, newest.as_ref(), same).await.shown()
    }

    /// The committed live text; read before a connection is taken, because the room may need one itself.
    async fn live_text(&self, proposal: ProposalId) -> Result<String> {
        Ok(self.rooms.read(proposal).await.shown()?.text)
    }
}
