//! What happened to a proposal's text, in order, and what to compare each point with.

use std::collections::HashMap;

use app::error::{AppError, Result};
use app::model::account::{Caller, Person};
use app::model::ids::{AccountId, ProposalId};
use app::model::page::Page;
use app::model::revision::Side;
use app::model::role::Act;
use app::model::timeline::{Kind, Line};
use serde_json::Value;

use crate::db;
use crate::db::person::former_member;
use crate::db::timeline::{Origin, Row};
use crate::service::Service;
use crate::service::fault::Shown;
use crate::service::history::{back_to, sentence};
use crate::service::keyset;

/// How many lines a page has.
const PAGE: i64 = 50;

impl Service {
    /// A page of the timeline, newest first.
    pub(super) async fn timeline_page(&self, caller: &Caller, proposal: ProposalId, after: Option<String>) -> Result<Page<Line>> {
        self.in_proposal(caller, proposal, Act::Read).await?;
        let origin = db::timeline::origin(&self.db, proposal).await.shown()?.ok_or_else(|| AppError::not_found("proposal"))?;
        let first = after.is_none();
        let after = after.as_deref().map(keyset::named).transpose()?;
        let rows = db::timeline::list(&self.db, proposal, after, PAGE + 1).await.shown()?;
        let (rows, next) = keyset::cut(rows, PAGE, |last| keyset::after_named(last.at, &last.key));
        let mut lines = self.lines(&origin, &rows).await?;
        if first {
            lines.insert(0, self.now(proposal, &origin, lines.first()).await?);
        }
        let below = match (&next, rows.last()) {
            // What the last ones are to be compared with is further down.
            (Some(_), Some(last)) => {
                let step = db::timeline::step_before(&self.db, proposal, (last.at, last.key.clone())).await.shown()?;
                self.lines(&origin, step.as_slice()).await?
            }
            _ => Vec::new(),
        };
        compare_with_the_one_before(&mut lines, &below, &origin);
        Ok(Page { items: lines, next })
    }

    /// The rows as they are shown, not compared yet.
    async fn lines(&self, origin: &Origin, rows: &[Row]) -> Result<Vec<Line>> {
        let accounts: Vec<AccountId> = rows.iter().flat_map(|row| row.people.iter().copied()).collect();
        let people = db::accounts::people(&self.db, &accounts).await.shown()?;
        Ok(rows.iter().map(|row| line(row, origin, &people)).collect())
    }

    /// The text as it is now, with whoever has written since the newest that was kept.
    async fn now(&self, proposal: ProposalId, origin: &Origin, newest: Option<&Line>) -> Result<Line> {
        let kept = db::checkpoints::session(&self.db, proposal, None).await.shown()?;
        // Putting an older text back is told by a line of its own.
        let behind = kept.as_ref().map_or(0, |kept| kept.seq + i64::from(kept.replaced));
        let writing = db::timeline::writing(&self.db, proposal, behind).await.shown()?;
        let accounts = writing.as_ref().map(|writing| writing.people.clone()).unwrap_or_default();
        let people = db::accounts::people(&self.db, &accounts).await.shown()?;
        let at = newest.map_or(origin.made, |newest| newest.at);
        Ok(Line {
            kind: Kind::Now,
            who: named(&accounts, &people),
            what: if accounts.is_empty() { "The text as it is now" } else { "edited the text since" }.into(),
            began: writing.as_ref().map(|writing| writing.began),
            at: writing.map_or(at, |writing| writing.latest.max(at)),
            text: Some(Side::Live),
            before: None,
        })
    }
}

/// Everybody by name; whose account is gone, once.
pub(super) fn named(accounts: &[AccountId], people: &HashMap<AccountId, Person>) -> Vec<Person> {
    let mut named: Vec<Person> = accounts.iter().map(|account| people.get(account).cloned().unwrap_or_else(former_member)).collect();
    named.sort_by_cached_key(|person| (person.id.is_none(), person.name.to_lowercase()));
    named.dedup();
    named
}

/// A row as it is shown, not compared yet.
fn line(row: &Row, origin: &Origin, people: &HashMap<AccountId, Person>) -> Line {
    let detail = row.detail.as_ref().unwrap_or(&Value::Null);
    let integer = |key: &str| detail.get(key).and_then(Value::as_i64);
    let small = |key: &str| integer(key).and_then(|number| i32::try_from(number).ok());
    let verb = row.verb.as_deref().unwrap_or("wrote");
    let kept = row.seq.map(Side::At);
    let (kind, text, before) = match verb {
        "wrote" => (Kind::Wrote, kept, None),
        "sent" => (Kind::Sent, small("revision").map(Side::Revision), None),
        "put_back" => (Kind::PutBack, back_to(detail), integer("before").map(Side::At)),
        "accepted" => (Kind::Suggestion, None, None),
        "arrived" => (Kind::Arrived, small("version").map(Side::Version), small("version").map(|number| Side::Version(number - 1))),
        "merged" => (Kind::Merged, small("revision").map(Side::Revision), small("version").map(|number| Side::Version(number - 1))),
        "created" | "imported" => (Kind::Began, kept, None),
        "proposed" => (Kind::Began, Some(Side::Version(origin.base)), None),
        _ => (Kind::Other, None, None),
    };
    let what = match verb {
        "wrote" if row.people.is_empty() => "The text until an older one was put back".into(),
        "wrote" => "wrote".into(),
        "accepted" => format!("accepted a suggestion by {}", detail.get("by").and_then(Value::as_str).unwrap_or("a former member")),
        _ => sentence(verb, detail, Some(origin.number)),
    };
    // Nobody asked for a merged version to arrive.
    let who = if verb == "arrived" { Vec::new() } else { named(&row.people, people) };
    Line { kind, who, what, began: row.began, at: row.at, text, before }
}

/// What was this text, and not another that came to it or that it became, is compared with the one before.
fn compare_with_the_one_before(lines: &mut [Line], below: &[Line], origin: &Origin) {
    let is_step =
        |line: &&Line| matches!(line.kind, Kind::Now | Kind::Wrote | Kind::Sent | Kind::PutBack | Kind::Began) && line.text.is_some();
    for at in 0..lines.len() {
        let steps = lines[at + 1..].iter().chain(below).find(is_step);
        let begins = lines[at].kind == Kind::Began;
        let before = match steps {
            Some(step) => step.text,
            // A text whose beginning was not kept was nothing once.
            None => (!begins).then_some(Side::Version(origin.base)),
        };
        let line = &mut lines[at];
        if line.before.is_none() && is_step(&&*line) && before != line.text {
            line.before = before;
        }
    }
}
