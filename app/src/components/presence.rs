//! Who is here at the moment.

use leptos::html::Span;
use leptos::prelude::*;
use serde::Deserialize;

use super::avatar::initials;

/// One person, as the editor tells it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Present {
    /// Their account's id.
    pub account: String,
    /// Their name.
    pub name: String,
    /// The colour of their cursor, any CSS colour.
    pub colour: String,
    /// The person who looks at the page.
    pub me: bool,
    /// Has done nothing for a while.
    pub idle: bool,
}

/// How many faces are shown before the rest becomes a number.
const SHOWN: usize = 5;

/// Their initials in the colour of their cursor; the whole list for those who cannot see them.
#[component]
pub fn Presence(people: Signal<Vec<Present>>) -> impl IntoView {
    let others = move || people.get().into_iter().filter(|person| !person.me).collect::<Vec<_>>();
    let rest = move || others().len().saturating_sub(SHOWN);
    view! {
        <ul class="presence" aria-label="Here now">
            {move || others().into_iter().take(SHOWN).map(|person| view! { <Face person/> }).collect_view()}
            <Show when=move || rest() != 0>
                <li class="muted small">{move || format!("and {} more", rest())}</li>
            </Show>
        </ul>
    }
    .into_any()
}

#[component]
fn Face(person: Present) -> impl IntoView {
    let Present { name, colour, idle, .. } = person;
    let face = NodeRef::<Span>::new();
    // Through the object model, because the content security policy refuses style attributes.
    face.on_load(move |face| {
        let _ = (*face).style().set_property("--colour", &colour);
    });
    let label = if idle { format!("{name} (away)") } else { name.clone() };
    let title = label.clone();
    view! {
        <li title=title data-idle=idle.to_string()>
            <span class="face" aria-hidden="true" node_ref=face>{initials(&name)}</span>
            <span class="aside">{label}</span>
        </li>
    }
    .into_any()
}
