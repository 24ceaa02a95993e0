//! The gate: what a proposal must meet to merge, line by line: met or not, why, and who can meet it.

use leptos::prelude::*;

use super::Icon;
use crate::model::gate::{Gate, Requirement, RequirementName};

/// The list with its headline, folded when there is nothing to be done.
#[component]
pub fn GatePanel(
    mut gate: Gate,
    /// As it was when something was merged.
    #[prop(optional)]
    past: bool,
) -> impl IntoView {
    let missing = gate.requirements.iter().filter(|requirement| !requirement.met).count();
    let headline = match missing {
        0 => "Everything is met".to_owned(),
        1 => "1 thing is missing".to_owned(),
        _ => format!("{missing} things are missing"),
    };
    // What is missing comes first.
    gate.requirements.sort_by_key(|requirement| requirement.met);
    let list = view! { <ul class="plain">{gate.requirements.into_iter().map(line).collect_view()}</ul> };
    let body = if missing == 0 {
        view! { <details><summary class="gate-headline">{headline}</summary>{list}</details> }.into_any()
    } else {
        view! { <p class="gate-headline">{headline}</p> {list} }.into_any()
    };
    view! {
        <section class="gate" aria-label="Gate" data-met=(missing == 0).to_string()>
            <h2>{if past { "Gate at the merge" } else { "Gate" }}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn line(Requirement { name, met, why, who }: Requirement) -> impl IntoView {
    let (icon, state) = if met { ("check", "Met") } else { ("x", "Not met") };
    view! {
        <li data-met=met.to_string()>
            <span class="gate-mark"><Icon name=icon/><span class="aside">{state} ": "</span></span>
            <div>
                <strong>{requirement_name(name)}</strong>
                <p>{why}</p>
                {(!who.is_empty()).then(|| view! { <p class="muted">{who}</p> })}
            </div>
        </li>
    }
}

/// As people read it.
pub fn requirement_name(name: RequirementName) -> &'static str {
    match name {
        RequirementName::InReview => "In review",
        RequirementName::Approved => "Approved",
        RequirementName::NoChangesRequested => "No changes requested",
        RequirementName::NoBlockingThread => "No blocking thread open",
        RequirementName::TextAsRevised => "Text as reviewed",
        RequirementName::BaseCurrent => "Up to date with the accepted text",
    }
}
