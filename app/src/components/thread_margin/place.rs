//! Measures the cards and moves each beside its passage. In the browser only; without script the cards are a list.

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::context::Margin;
use super::stack::{Card, stack};
use crate::model::ids::ThreadId;
use crate::model::thread::Anchor;

/// The composer's element.
const NEW: &str = "new-thread";

/// A card's element, whose it is, and what it wishes for.
struct Found {
    thread: Option<ThreadId>,
    element: HtmlElement,
    card: Card,
}

/// Places the cards after everything that moves a passage or changes a card's height.
pub fn place_cards(cards: NodeRef<Div>) {
    let margin = expect_context::<Margin>();
    // Cards that were in the drawer had no height to be placed by.
    let resized = window_event_listener(ev::resize, move |_| margin.nudge.notify());
    on_cleanup(move || resized.remove());
    Effect::new(move |_| {
        margin.nudge.track();
        margin.tops.track();
        margin.active.track();
        margin.draft.track();
        margin.listed(|_| true);
        // After the browser has laid out what these changes drew.
        request_animation_frame(move || {
            if let Some((cards, text)) = cards.try_get_untracked().flatten().zip(margin.text.try_get_untracked().flatten()) {
                // Both are measured from the same positioned ancestor, see style/components/desk.css.
                let above = text.offset_top() - cards.offset_top();
                place(&cards, found(&margin, above), margin.active.get_untracked());
            }
        });
    });
}

/// The cards that are on the page, in the order of their passages.
fn found(margin: &Margin, above: i32) -> Vec<Found> {
    let tops = margin.tops.get_untracked();
    let threads = untrack(|| margin.listed(|anchor| matches!(anchor, Anchor::At { .. })));
    let wished = threads.iter().filter_map(|thread| Some((Some(thread.id), *tops.get(&thread.id)?)));
    let draft = margin.draft.with_untracked(|draft| draft.as_ref().map(|draft| draft.on.as_ref().map_or(0, |on| on.top)));
    let mut found: Vec<Found> = wished
        .chain(draft.map(|top| (None, top)))
        .filter_map(|(thread, top)| {
            let id = thread.map_or_else(|| NEW.to_owned(), |thread| format!("thread-{thread}"));
            let element: HtmlElement = document().get_element_by_id(&id)?.dyn_into().ok()?;
            let card = Card { wish: top + above, height: element.offset_height() };
            Some(Found { thread, element, card })
        })
        .collect();
    found.sort_by_key(|found| found.card.wish);
    found
}

fn place(container: &HtmlElement, found: Vec<Found>, active: Option<ThreadId>) {
    let pinned = found.iter().position(|found| found.thread.is_none() || found.thread == active);
    let cards: Vec<Card> = found.iter().map(|found| found.card).collect();
    let tops = stack(&cards, pinned);
    let end = tops.iter().zip(&cards).map(|(top, card)| top + card.height).fold(0, i32::max);
    // Custom properties through the object model: the style sheet decides whether there is room to use them.
    for (found, top) in found.iter().zip(tops) {
        let _ = found.element.style().set_property("--top", &format!("{top}px"));
        let _ = found.element.set_attribute("data-placed", "true");
    }
    let _ = container.style().set_property("--end", &format!("{end}px"));
}
