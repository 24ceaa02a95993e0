//! Who was asked to review, or came unasked, and what they say now.

use leptos::prelude::*;

use super::Avatar;
use super::VerdictBadge;
use crate::model::review::{Reviewer, Verdict};

/// The list; a verdict on an older revision says so.
#[component]
pub fn ReviewerList(
    /// In the order to show them.
    reviewers: Vec<Reviewer>,
    /// The newest revision, 0 when none.
    newest: i32,
) -> impl IntoView {
    let row = move |Reviewer { person, asked_by, verdict }: Reviewer| {
        let asked = asked_by.map_or_else(|| "Came unasked".to_owned(), |by| format!("Asked by {}", by.name));
        view! {
            <li class="reviewer">
                <Avatar person=person.clone()/>
                <div class="grow">
                    <strong>{person.name}</strong>
                    <p class="muted small">{asked}</p>
                </div>
                <div class="reviewer-verdict">{says(verdict, newest)}</div>
            </li>
        }
    };
    let body = if reviewers.is_empty() {
        view! { <p class="muted">"Nobody was asked yet. “Send for review” asks people."</p> }.into_any()
    } else {
        view! { <ul class="plain">{reviewers.into_iter().map(row).collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="reviewers" aria-label="Reviewers">
            <h2>"Reviewers"</h2>
            {body}
        </section>
    }
    .into_any()
}

fn says(verdict: Option<(Verdict, i32)>, newest: i32) -> AnyView {
    match verdict {
        None => view! { <span class="badge dotted warning">"Waiting"</span> }.into_any(),
        Some((verdict, revision)) => view! {
            <VerdictBadge verdict/>
            {(revision != newest).then(|| view! { <p class="muted small">"on revision " {revision}</p> })}
        }
        .into_any(),
    }
}
