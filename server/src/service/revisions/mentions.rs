//! Whom a new revision mentions: those whom neither the one before nor the accepted text named. Told once a revision, never while somebody writes.

use app::error::Result;
use app::model::ids::{AccountId, ProposalId};
use app::model::named;

use crate::db;
use crate::render;
use crate::service::Service;
use crate::service::blocking::heavy;
use crate::service::fault::Shown;

/// So many people are told of one revision; a text that names more is a list of people.
const MOST: usize = 100;

impl Service {
    /// The accounts that a text about to be frozen names first.
    pub(super) async fn newly_mentioned(&self, proposal: ProposalId, text: &str) -> Result<Vec<AccountId>> {
        if !named::may_name_people(text) {
            return Ok(Vec::new());
        }
        let last = db::revisions::newest(&self.db, proposal).await.shown()?.map(|revision| revision.text);
        let accepted = db::proposals::standing_on(&self.db, proposal).await.shown()?.map(|version| version.text);
        let before: Vec<String> = last.into_iter().chain(accepted).collect();
        let (text, length) = (text.to_owned(), text.len() + before.iter().map(String::len).sum::<usize>());
        heavy(length, move || {
            let mut people = render::names(&text).people;
            for before in before.iter().filter(|before| named::may_name_people(before)) {
                let known = render::names(before).people;
                people.retain(|person| !known.contains(person));
            }
            people.into_iter().take(MOST).collect()
        })
        .await
    }
}
