//! The accepted text with its outline; before there is one, the way to the proposal that will be it.

use leptos::html::Div;
use leptos::prelude::*;

use crate::components::{Empty, Folds, Outline, ReadingTime, Seat, TextEvent};
use crate::editor;
use crate::model::proposal::Rendered;
use crate::pages::links;

/// The text column.
#[component]
pub(super) fn Accepted(team: String, number: i32, text: Option<Rendered>, open: Option<i32>) -> impl IntoView {
    match text {
        Some(text) => view! { <Text text/> }.into_any(),
        None => view! { <Nothing team number open/> }.into_any(),
    }
}

#[component]
fn Text(text: Rendered) -> impl IntoView {
    let place = NodeRef::<Div>::new();
    let current = RwSignal::new(None::<String>);
    let seat = Seat::new();
    Effect::new(move |_| {
        if let Some(place) = place.get() {
            let hear = move |event| {
                if let TextEvent::Heading { anchor } = event {
                    current.set(Some(anchor));
                }
            };
            seat.mount(|on_event| editor::mount_reader(&place, r#"{"seq":null}"#, on_event), hear);
        }
    });
    let (long, words, minutes) = (text.long(), text.words, text.minutes());
    view! {
        <div class="desk-side"><Outline headings=text.headings current folds=Folds::default()/></div>
        <div class="desk-column">
            <ReadingTime words minutes/>
            <article class="desk-text" aria-label="Accepted text">
                <div class="prose" class:long=long node_ref=place inner_html=text.html></div>
            </article>
        </div>
    }
    .into_any()
}

#[component]
fn Nothing(team: String, number: i32, open: Option<i32>) -> impl IntoView {
    view! {
        <div class="desk-side"></div>
        <div class="desk-text">
            {match open {
                Some(proposal) => {
                    let link = links::proposal(&team, number, proposal, "read");
                    view! {
                        <Empty icon="git-pull-request" title="Nothing is accepted yet" text="The text is being written and reviewed in its proposal.">
                            <a class="button primary" href=link>"Read the proposal"</a>
                        </Empty>
                    }
                    .into_any()
                }
                None => {
                    view! {
                        <Empty
                            icon="git-pull-request"
                            title="Nothing is accepted yet"
                            text="Its proposals were closed. Whoever may write can reopen one of them, or propose anew."
                        />
                    }
                    .into_any()
                }
            }}
        </div>
    }
    .into_any()
}
