//! A verdict as a badge.

use leptos::prelude::*;

use crate::model::review::Verdict;

/// As people read it.
pub fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "Approved",
        Verdict::RequestChanges => "Changes requested",
        Verdict::Comment => "Commented",
    }
}

/// The word on its ground.
#[component]
pub fn VerdictBadge(verdict: Verdict) -> impl IntoView {
    let tone = match verdict {
        Verdict::Approve => "badge dotted success",
        Verdict::RequestChanges => "badge dotted danger",
        Verdict::Comment => "badge dotted",
    };
    view! { <span class=tone>{verdict_name(verdict)}</span> }
}
