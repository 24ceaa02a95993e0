//! A decision: the permanent record of a merge, made to be read in ten years and to be printed.

mod votes;

use leptos::prelude::*;
use leptos_meta::Title;

use self::votes::Votes;
use super::frame::TeamCrumb;
use super::links;
use super::params::{number_param, text_param};
use crate::api::designs::get_decision;
use crate::components::{GatePanel, Loaded, Moment, Read, kind_name, read};
use crate::model::account::Person;
use crate::model::decision::{self, Risk};

/// The page.
#[component]
pub fn Decision() -> impl IntoView {
    let (team, number, version) = (text_param("team"), number_param("number"), number_param("version"));
    let record: Read<(String, decision::Decision)> = read(
        move || (team.get(), number.get(), version.get()),
        |(team, number, version)| async move { Ok((team.clone(), get_decision(team, number, version).await?)) },
    );
    view! {
        <main class="page decision">
            <Loaded page=true from=record then=|(team, decision): (String, decision::Decision)| view! { <Record team decision/> }.into_any()/>
        </main>
    }
    .into_any()
}

#[component]
fn Record(team: String, decision: decision::Decision) -> impl IntoView {
    let number = decision.design_number;
    let design = links::design(&team, number);
    let proposal = links::proposal(&team, number, decision.proposal, "review");
    view! {
        <Title text=format!("Decision: {}", decision.title)/>
        <header class="decision-head">
            <nav class="crumbs" aria-label="Breadcrumb">
                <TeamCrumb slug=team/>
                <a href=design.clone()>{format!("D-{number}")}</a>
                <span>"Decision"</span>
            </nav>
            <h1><span class="muted">"Decision: "</span>{decision.title}</h1>
            <dl class="facts">
                <div><dt>"Accepted as"</dt><dd><a href=design.clone()>{format!("D-{number}")}</a>{format!(", version {}", decision.version)}</dd></div>
                <div><dt>"Merged by"</dt><dd>{decision.by.name}</dd></div>
                <div><dt>"When"</dt><dd><Moment record=true at=decision.at/></dd></div>
                <div>
                    <dt>"From"</dt>
                    <dd><a href=proposal>{format!("P-{}, revision {}", decision.proposal, decision.revision)}</a></dd>
                </div>
                {people("Written by", &decision.authors)}
                {people("With suggestions by", &decision.suggesters)}
            </dl>
            {(!decision.why.is_empty()).then(|| view! { <section aria-label="Why"><h2>"Why"</h2><p class="why">{decision.why}</p></section> })}
        </header>
        <Votes votes=decision.votes/>
        <Risks risks=decision.risks/>
        <GatePanel gate=decision.gate past=true/>
        <dl class="facts"><div class="wide"><dt>"Content hash (SHA-256)"</dt><dd class="mono hash">{decision.content_hash}</dd></div></dl>
        <section class="decision-text" aria-label="Accepted text">
            <h2>"Accepted text"</h2>
            <div class="prose" inner_html=decision.text.html></div>
        </section>
    }
    .into_any()
}

/// Some of those who take part in it, when there are any.
fn people(term: &'static str, people: &[Person]) -> impl IntoView + use<> {
    let names = people.iter().map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| view! { <div><dt>{term}</dt><dd>{names}</dd></div> })
}

/// What was open when it was merged all the same.
#[component]
fn Risks(risks: Vec<Risk>) -> impl IntoView {
    let line = |Risk { kind, quote, by, .. }: Risk| {
        view! {
            <li>
                <strong>{kind_name(kind)}</strong>
                " by "
                {by}
                {(!quote.is_empty()).then(|| view! { <blockquote class="quote">{quote}</blockquote> })}
            </li>
        }
    };
    view! {
        <section class="risks" aria-label="Open risks">
            <h2>"Open risks"</h2>
            {risks.is_empty().then(|| view! { <p class="muted">"No thread was open at the merge."</p> })}
            <ul class="plain">{risks.into_iter().map(line).collect_view()}</ul>
        </section>
    }
    .into_any()
}
