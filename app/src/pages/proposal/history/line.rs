//! One line of the timeline: who did what and when, where to look, and the two buttons that choose it for a comparison.

use leptos::prelude::*;

use super::Shown;
use super::list::Choice;
use crate::components::{Icon, Span, plain};
use crate::model::revision::Side;
use crate::model::sentence::names;
use crate::model::timeline::{Kind, Line};
use crate::pages::proposal::desk::Desk;

/// The line.
#[component]
pub(super) fn Entry(line: Line, pair: Choice, shown: Memo<Shown>) -> impl IntoView {
    let label = label(&line);
    let Line { kind, who, what, began, at, text, before } = line;
    let by = (!who.is_empty()).then(|| view! { <strong>{names(&who)}</strong> " " });
    let choice = text.map(|side| {
        view! { <Radio name="from" side chosen=pair.from label=label.clone()/> <Radio name="to" side chosen=pair.to label=label.clone()/> }
    });
    let current = move || (text.map(Shown::One) == Some(shown.get())).then_some("true");
    view! {
        <li class=format!("timeline-line {}", class(kind)) aria-current=current>
            <div class="timeline-choice">{choice}</div>
            <Icon name=icon(kind)/>
            <div class="timeline-what">
                <p>{by} {what}</p>
                <p class="muted small"><Span began at/></p>
                <Links kind text before label/>
            </div>
        </li>
    }
    .into_any()
}

/// Where to look.
#[component]
fn Links(kind: Kind, text: Option<Side>, before: Option<Side>, label: String) -> impl IntoView {
    let here = expect_context::<Desk>().link("history");
    let link = |words: &'static str, query: String| {
        view! { <a href=format!("{here}?{query}") aria-label=format!("{words}: {label}")>{words}</a> }
    };
    let mut links = Vec::new();
    links.extend(text.map(|side| link("View", format!("at={side}"))));
    links.extend(text.zip(before).map(|(side, before)| link("What it changed", format!("from={before}&to={side}"))));
    links.extend(before.filter(|_| kind == Kind::PutBack).map(|before| link("The text before", format!("at={before}"))));
    links.extend(text.filter(|_| kind != Kind::Now).map(|side| link("Since then", format!("from={side}&to=live"))));
    (!links.is_empty()).then(|| view! { <p class="timeline-links small">{links}</p> })
}

#[component]
fn Radio(name: &'static str, side: Side, chosen: RwSignal<Option<Side>>, label: String) -> impl IntoView {
    let is_chosen = move || chosen.get() == Some(side);
    view! {
        <label class="timeline-radio">
            <input
                type="radio"
                name=name
                value=side.to_string()
                checked=untrack(is_chosen)
                prop:checked=is_chosen
                aria-label=format!("Compare {name}: {label}")
                on:change=move |_| chosen.set(Some(side))
            />
        </label>
    }
    .into_any()
}

/// The line as it is read aloud where several are to be told apart.
fn label(line: &Line) -> String {
    let who = if line.who.is_empty() { String::new() } else { format!("{} ", names(&line.who)) };
    format!("{who}{}, {}", line.what, plain(line.at))
}

fn icon(kind: Kind) -> &'static str {
    match kind {
        Kind::Now => "circle-dot",
        Kind::Wrote => "pencil",
        Kind::Sent => "send",
        Kind::PutBack => "undo-2",
        Kind::Suggestion => "check",
        Kind::Arrived => "download",
        Kind::Merged => "git-merge",
        Kind::Began => "file-plus",
        Kind::Other => "info",
    }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Now => "now",
        Kind::Wrote => "wrote",
        _ => "",
    }
}
