//! Decisions: the permanent records of merges, read.

use app::error::{AppError, Result};
use app::model::account::{Caller, Person};
use app::model::decision::{Decision, DecisionLine};
use app::model::gate::Gate;
use app::model::ids::{AccountId, ThreadId};
use app::model::page::Page;
use app::model::role::Act;

use super::Service;
use super::fault::Shown;
use super::keyset;
use super::naming::numbers;
use crate::db;
use crate::db::person::former_member;

/// How many decisions a page has.
const PAGE: i64 = 50;

impl Service {
    /// A design's decisions, newest first.
    pub async fn decisions_page(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<DecisionLine>> {
        let (_, design) = self.in_design(caller, team, number, Act::Read).await?;
        let before = after.as_deref().map(keyset::number).transpose()?;
        let rows = db::decisions::list(&self.db, design, before, PAGE + 1).await.shown()?;
        let (items, next) = keyset::cut(rows, PAGE, |last| last.version.to_string());
        Ok(Page { items, next })
    }

    /// One decision, by the version it made.
    pub async fn decision_record(&self, caller: &Caller, team: &str, number: i32, version: i32) -> Result<Decision> {
        let (in_team, design) = self.in_design(caller, team, number, Act::Read).await?;
        let found = db::decisions::find(&self.db, design, version).await.shown()?;
        let mut row = found.ok_or_else(|| AppError::NotFound(format!("There is no version {version} of D-{number}.")))?;
        self.forget_the_removed(&mut row).await.shown()?;
        let known = self.known(in_team.team, numbers([row.text.as_str()])).await?;
        Ok(Decision {
            design_number: number,
            version,
            title: row.title,
            why: row.why,
            proposal: row.proposal,
            revision: row.revision,
            content_hash: data_encoding::HEXLOWER.encode(&row.content_hash),
            authors: row.authors,
            suggesters: row.suggesters,
            text: self.texts.rendered(row.text, None, known).await?,
            votes: row.votes,
            gate: Gate { requirements: row.gate },
            risks: row.risks,
            by: row.by,
            at: row.at,
        })
    }

    /// The record's names are those of the day, but a removed account's name is removed from it too. The votes themselves stay.
    async fn forget_the_removed(&self, row: &mut db::decisions::Row) -> sqlx::Result<()> {
        let voters = row.votes.iter_mut().map(|vote| &mut vote.by);
        let mut named: Vec<&mut Person> = voters.chain(&mut row.authors).chain(&mut row.suggesters).collect();
        let accounts: Vec<AccountId> = named.iter().filter_map(|person| person.id).collect();
        let still_there = db::accounts::still_there(&self.db, &accounts).await?;
        for person in &mut named {
            if person.id.is_none_or(|account| !still_there.contains(&account)) {
                **person = former_member();
            }
        }
        let threads: Vec<ThreadId> = row.risks.iter().map(|risk| risk.thread).collect();
        let orphaned = db::threads::of_removed(&self.db, &threads).await?;
        for risk in row.risks.iter_mut().filter(|risk| orphaned.contains(&risk.thread)) {
            risk.by = former_member().name;
        }
        Ok(())
    }
}
