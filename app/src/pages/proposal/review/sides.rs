//! Which two texts are compared, and how; all of it in the address, so that a comparison can be sent to somebody.

use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::components::send_on_change;
use crate::model::proposal::ProposalPage;
use crate::model::revision::Side;

/// One comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pages::proposal) struct Sides {
    /// The old text.
    pub from: Side,
    /// The new text.
    pub to: Side,
    /// As Markdown source instead of rendered.
    pub source: bool,
}

impl Sides {
    /// What the address asks for; what it leaves open is what this person most likely wants to see:
    /// what changed since they last looked, else everything.
    pub fn of(query: &ParamsMap, newest: Option<i32>, last_reviewed: Option<i32>) -> Self {
        let asked = |name| query.get(name).and_then(|word: String| word.parse().ok());
        let to = asked("to").unwrap_or(newest.map_or(Side::Live, Side::Revision));
        let seen = last_reviewed.filter(|seen| newest.is_some_and(|newest| *seen < newest));
        let from = asked("from").unwrap_or(seen.map_or(Side::Accepted, Side::Revision));
        Self { from, to, source: query.get("view").as_deref() == Some("source") }
    }
}

impl Sides {
    /// The revision that somebody who looks at this comparison can judge: the one it shows, else the newest they know of.
    pub fn judged(self, newest: i32) -> i32 {
        match self.to {
            Side::Revision(number) => number,
            Side::Accepted | Side::Live | Side::Suggested | Side::Version(_) | Side::At(_) => newest,
        }
    }
}

/// As people read it.
fn side_name(side: Side, page: &ProposalPage) -> String {
    match side {
        Side::Accepted if page.version == 0 => "Nothing yet".into(),
        Side::Accepted => "Accepted text".into(),
        Side::Revision(number) => format!("Revision {number}"),
        Side::Live => "Live text".into(),
        Side::Suggested => "Live text with suggestions".into(),
        Side::Version(number) => format!("Version {number}"),
        Side::At(_) => "Text of the past".into(),
    }
}

/// All that can be compared, oldest first, with its name.
pub(super) fn choices(page: &ProposalPage) -> Vec<(Side, String)> {
    let revisions = page.revisions.iter().rev().map(|revision| Side::Revision(revision.number));
    let sides = std::iter::once(Side::Accepted).chain(revisions).chain([Side::Live, Side::Suggested]);
    sides.map(|side| (side, side_name(side, page))).collect()
}

/// Comparisons that people often want, each with its name and query.
pub(super) fn usual(page: &ProposalPage, last_reviewed: Option<i32>) -> Vec<(String, String)> {
    let Some(newest) = page.newest() else { return Vec::new() };
    let whole = ("All changes".to_owned(), format!("from=accepted&to={newest}"));
    let since =
        last_reviewed.filter(|seen| *seen < newest).map(|seen| ("Since your review".to_owned(), format!("from={seen}&to={newest}")));
    let step = (newest > 1).then(|| (format!("Revision {} to {newest}", newest - 1), format!("from={}&to={newest}", newest - 1)));
    let after = page.state.open().then(|| (format!("Since revision {newest}"), format!("from={newest}&to=live")));
    since.into_iter().chain([whole]).chain(step).chain(after).collect()
}

/// One of the two choosers; a change sends its form.
#[component]
pub(super) fn SideChoice(name: &'static str, label: &'static str, choices: Vec<(Side, String)>, chosen: Side) -> impl IntoView {
    view! {
        <label>
            <span class="muted small">{label}</span>
            " "
            <select class="input compact" name=name on:change=send_on_change>
                {choices
                    .into_iter()
                    .map(|(side, name)| view! { <option value=side.to_string() selected=side == chosen>{name}</option> })
                    .collect_view()}
            </select>
        </label>
    }
    .into_any()
}
