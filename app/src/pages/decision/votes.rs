//! Every vote on every revision, newest revision first, dissent included.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::components::{Moment, VerdictBadge};
use crate::model::decision::Vote;

/// The votes by revision.
#[component]
pub(super) fn Votes(votes: Vec<Vote>) -> impl IntoView {
    let none = votes.is_empty();
    let mut revisions: BTreeMap<i32, Vec<Vote>> = BTreeMap::new();
    for vote in votes {
        revisions.entry(vote.revision).or_default().push(vote);
    }
    let revision = |(number, votes): (i32, Vec<Vote>)| {
        view! {
            <section class="votes-of" aria-label=format!("Votes on revision {number}")>
                <h3>"Revision " {number}</h3>
                <ul class="plain">{votes.into_iter().map(line).collect_view()}</ul>
            </section>
        }
    };
    view! {
        <section class="votes" aria-label="Votes">
            <h2>"Votes"</h2>
            {none.then(|| view! { <p class="muted">"Nobody voted."</p> })}
            {revisions.into_iter().rev().map(revision).collect_view()}
        </section>
    }
    .into_any()
}

fn line(Vote { by, verdict, summary, at, counted, .. }: Vote) -> impl IntoView {
    view! {
        <li class="vote">
            <div class="line">
                <strong>{by.name}</strong>
                <VerdictBadge verdict/>
                {counted.then(|| view! { <span class="badge">"counted"</span> })}
                <span class="muted small"><Moment at record=true/></span>
            </div>
            {(!summary.is_empty()).then(|| view! { <p class="vote-summary">{summary}</p> })}
        </li>
    }
}
