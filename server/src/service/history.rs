//! History: what happened to a design, as finished sentences with a link to where to look.

use app::error::Result;
use app::model::account::Caller;
use app::model::design::HistoryEntry;
use app::model::ids::{DesignId, ProposalId, TeamId};
use app::model::page::Page;
use app::model::revision::Side;
use app::model::role::Act;
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::Service;
use super::fault::Shown;
use super::keyset;
use crate::clock::fresh_id;
use crate::db;
use crate::db::history::Entry;

mod sentence;

pub(crate) use sentence::{back_to, sentence};

/// How many entries a page has.
const PAGE: i64 = 50;

/// What happened, before it is written down.
pub(crate) struct Event<'a> {
    /// In which team.
    pub team: TeamId,
    /// To which design.
    pub design: DesignId,
    /// To which of its proposals, when to one.
    pub proposal: Option<ProposalId>,
    /// Who did it; none: Quorum itself.
    pub by: Option<&'a Caller>,
    /// What they did.
    pub verb: Verb<'a>,
}

/// Which older text a proposal's was put back to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Back {
    /// A revision.
    Revision(i32),
    /// An accepted version.
    Version(i32),
    /// What it was at a seq of its log, and when that was, where it is known.
    At { seq: i64, at: Option<OffsetDateTime> },
}

impl Back {
    /// Where its text is found.
    pub fn side(self) -> Side {
        match self {
            Self::Revision(number) => Side::Revision(number),
            Self::Version(number) => Side::Version(number),
            Self::At { seq, .. } => Side::At(seq),
        }
    }

    /// The details of the row.
    fn detail(self) -> Value {
        match self {
            Self::Revision(number) => json!({ "revision": number }),
            Self::Version(number) => json!({ "version": number }),
            Self::At { seq, at } => json!({ "seq": seq, "at": at.and_then(|at| at.format(&Rfc3339).ok()) }),
        }
    }
}

/// What can happen to a design.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Verb<'a> {
    /// Made from a template.
    Created { template: &'a str },
    /// Made of a file.
    Imported { title: &'a str },
    /// Given another title.
    Renamed { from: &'a str, to: &'a str },
    /// A proposal to change it was opened.
    Proposed { title: &'a str },
    /// A proposal's newest text was frozen.
    Sent { revision: i32 },
    /// Nobody writes in a proposal.
    Held,
    /// Editors write again.
    Released,
    /// A proposal's text was put back to an older one. The log adds the seq of what it was `before`.
    PutBack { to: Back },
    /// A proposal was given up.
    Closed { reason: &'a str },
    /// A closed proposal was opened again.
    Reopened,
    /// A revision became the accepted text.
    Merged { revision: i32, version: i32 },
    /// What was accepted was brought into an open proposal.
    Arrived { version: i32 },
    /// Hidden from lists and made read-only.
    Archived,
    /// Taken out of the archive.
    Restored,
}

impl Verb<'_> {
    /// The word and the details of the row.
    fn row(self) -> (&'static str, Value) {
        match self {
            Self::Created { template } => ("created", json!({ "template": template })),
            Self::Imported { title } => ("imported", json!({ "title": title })),
            Self::Renamed { from, to } => ("renamed", json!({ "from": from, "to": to })),
            Self::Proposed { title } => ("proposed", json!({ "title": title })),
            Self::Sent { revision } => ("sent", json!({ "revision": revision })),
            Self::Held => ("held", json!({})),
            Self::Released => ("released", json!({})),
            Self::PutBack { to } => ("put_back", to.detail()),
            Self::Closed { reason } => ("closed", json!({ "reason": reason })),
            Self::Reopened => ("reopened", json!({})),
            Self::Merged { revision, version } => ("merged", json!({ "revision": revision, "version": version })),
            Self::Arrived { version } => ("arrived", json!({ "version": version })),
            Self::Archived => ("archived", json!({})),
            Self::Restored => ("restored", json!({})),
        }
    }
}

impl Event<'_> {
    /// As it is written down.
    pub fn entry(self, at: OffsetDateTime) -> Entry {
        let (verb, detail) = self.verb.row();
        let account = self.by.map(|caller| caller.account);
        let Self { team, design, proposal, .. } = self;
        Entry { id: fresh_id(), team, design, proposal, account, verb, detail, at }
    }
}

/// Writes down what happened, in the transaction in which it happens.
pub(crate) async fn record(db: impl sqlx::PgExecutor<'_>, event: Event<'_>, at: OffsetDateTime) -> sqlx::Result<()> {
    db::history::insert(db, event.entry(at)).await
}

impl Service {
    /// What happened to a design, newest first.
    pub(crate) async fn history_page(&self, caller: &Caller, team: &str, number: i32, after: Option<String>) -> Result<Page<HistoryEntry>> {
        let (_, design) = self.in_design(caller, team, number, Act::Read).await?;
        let after = after.as_deref().map(keyset::instant).transpose()?;
        let rows = db::history::list(&self.db, design, after, PAGE + 1).await.shown()?;
        let (rows, next) = keyset::cut(rows, PAGE, |last| keyset::after_instant(last.at, last.id));
        let place = sentence::Place { team, design: number };
        Ok(Page { items: rows.into_iter().map(|row| place.entry(row)).collect(), next })
    }
}
