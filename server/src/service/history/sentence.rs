//! The sentences of a design's history. Pure.

use app::model::design::HistoryEntry;
use app::model::revision::Side;
use serde_json::Value;
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

use crate::db::history::Happened;

/// The design whose history is told, for links.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Its team's name in links.
    pub team: &'a str,
    /// D-12.
    pub design: i32,
}

impl Place<'_> {
    /// A row as a page shows it.
    pub fn entry(self, row: Happened) -> HistoryEntry {
        let what = sentence(&row.verb, &row.detail, row.proposal);
        let link = self.link(&row);
        // Nobody asked for a merged version to arrive: Quorum brings it.
        let who = (row.verb != "arrived").then_some(row.who).flatten();
        let timeline = row.proposal.map(|number| self.proposal(number, "history"));
        HistoryEntry { who, what, link, timeline, at: row.at }
    }

    /// A tab of one of its proposals.
    fn proposal(self, number: i32, tab: &str) -> String {
        let Self { team, design } = self;
        format!("/teams/{team}/designs/{design}/proposals/{number}/{tab}")
    }

    /// Where to look; links go by numbers, which no renaming changes.
    fn link(self, row: &Happened) -> Option<String> {
        let Self { team, design } = self;
        let proposal = row.proposal.map(|number| self.proposal(number, "read"));
        match (row.verb.as_str(), number(&row.detail, "version")) {
            ("merged", Some(version)) => Some(format!("/teams/{team}/designs/{design}/decisions/{version}")),
            _ => proposal,
        }
    }
}

/// The text that one was put back to, from the row's details.
pub(crate) fn back_to(detail: &Value) -> Option<Side> {
    let small = |key: &str| number(detail, key).and_then(|number| i32::try_from(number).ok());
    let revision = small("revision").map(Side::Revision);
    revision.or(small("version").map(Side::Version)).or(number(detail, "seq").map(Side::At))
}

/// The same in words.
fn back(detail: &Value) -> String {
    match back_to(detail) {
        Some(Side::Revision(number)) => format!("revision {number}"),
        Some(Side::Version(0)) => "the empty text".into(),
        Some(Side::Version(number)) => format!("version {number}, the accepted text"),
        _ => match detail.get("at").and_then(Value::as_str).and_then(|at| OffsetDateTime::parse(at, &Rfc3339).ok()) {
            Some(at) => {
                let at = at.to_offset(UtcOffset::UTC);
                format!("how it was on {} at {:02}:{:02} UTC", at.date(), at.hour(), at.minute())
            }
            None => "an older one".into(),
        },
    }
}

/// What stands behind the name.
pub(crate) fn sentence(verb: &str, detail: &Value, proposal: Option<i32>) -> String {
    let word = |key: &str| detail.get(key).and_then(Value::as_str).unwrap_or_default();
    let number = |key: &str| number(detail, key).unwrap_or_default();
    let it = proposal.map_or_else(|| "it".to_owned(), |number| format!("P-{number}"));
    match verb {
        "created" if word("template").is_empty() => "created it".into(),
        "created" => format!("created it from the template “{}”", word("template")),
        "imported" => format!("imported it as “{}”", word("title")),
        "renamed" => format!("renamed it from “{}” to “{}”", word("from"), word("to")),
        "proposed" => format!("opened {it}: “{}”", word("title")),
        "sent" => format!("sent revision {} of {it} for review", number("revision")),
        "held" => format!("held the text of {it}"),
        "released" => format!("released the text of {it}"),
        "put_back" => format!("put the text of {it} back to {}", back(detail)),
        "closed" => format!("closed {it}: {}", word("reason")),
        "reopened" => format!("reopened {it}"),
        "merged" => format!("merged revision {} of {it} as version {}", number("revision"), number("version")),
        "arrived" => format!("brought version {} into {it}", number("version")),
        "archived" => "archived it".into(),
        "restored" => "took it out of the archive".into(),
        // Written by a newer Quorum than this one.
        other => format!("did something to {it} that this version does not know ({other})"),
    }
}

fn number(detail: &Value, key: &str) -> Option<i64> {
    detail.get(key).and_then(Value::as_i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sentences_are_finished_and_name_what_changed() {
        assert_eq!(sentence("renamed", &json!({ "from": "A", "to": "B" }), None), "renamed it from “A” to “B”");
        assert_eq!(sentence("merged", &json!({ "revision": 2, "version": 1 }), Some(3)), "merged revision 2 of P-3 as version 1");
        let back = |detail| sentence("put_back", &detail, Some(1));
        assert_eq!(back(json!({ "revision": 2, "before": 9 })), "put the text of P-1 back to revision 2");
        assert_eq!(
            back(json!({ "seq": 4, "at": "2026-11-03T11:05:59+01:00" })),
            "put the text of P-1 back to how it was on 2026-11-03 at 10:05 UTC"
        );
        assert_eq!(sentence("closed", &json!({ "reason": "Overtaken by D-9." }), Some(1)), "closed P-1: Overtaken by D-9.");
    }
}
