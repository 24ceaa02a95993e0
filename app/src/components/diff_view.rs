//! What changed between two texts, with a step from change to change.

use leptos::ev;
use leptos::html::Div;
use leptos::prelude::*;

use super::keys::single_key;
use crate::model::diff::Comparison;

/// A comparison; `source` shows the Markdown instead of the rendered text.
#[component]
pub fn DiffView(comparison: Comparison, source: bool) -> impl IntoView {
    let Comparison { rendered, source: lines, places, titles } = comparison;
    let body = NodeRef::<Div>::new();
    let html = if source { lines } else { rendered };
    let class = if source { "diff diff-source" } else { "diff prose" };
    view! {
        <div class="diff-head">
            {titles.map(|(from, to)| view! { <p>"Title: " <del>{from}</del> " " <ins>{to}</ins></p> })}
            // The source view shows hardly more than the changes, and gives them no names to step to.
            {(!source).then(|| view! { <Steps places body/> })}
        </div>
        {(places == 0).then(|| view! { <p class="diff-same muted">"The texts are the same."</p> })}
        <div class=class tabindex="0" role="group" aria-label="What changed" node_ref=body inner_html=html></div>
    }
    .into_any()
}

/// "3 of 12", with buttons and the keys n and p.
#[component]
fn Steps(places: u32, body: NodeRef<Div>) -> impl IntoView {
    let at = RwSignal::new(0_u32);
    let go = move |to: u32| {
        if (1..=places).contains(&to) {
            mark(body, at.get_untracked(), to);
            at.set(to);
        }
    };
    let next = move || go(at.get_untracked() + 1);
    let previous = move || go(at.get_untracked().saturating_sub(1));
    let listener = window_event_listener(ev::keydown, move |event| match single_key(&event).as_deref() {
        Some("n") => next(),
        Some("p") => previous(),
        _ => {}
    });
    on_cleanup(move || listener.remove());
    let words = move || match (at.get(), places) {
        (0, 1) => "1 change".to_owned(),
        (0, places) => format!("{places} changes"),
        (at, places) => format!("{at} of {places}"),
    };
    (places > 0).then(|| {
        view! {
            <div class="diff-steps" role="group" aria-label="Changes">
                <span role="status">{words}</span>
                <button type="button" class="button compact" disabled=move || at.get() < 2 aria-keyshortcuts="p" on:click=move |_| previous()>
                    "Previous" <kbd aria-hidden="true">"p"</kbd>
                </button>
                <button type="button" class="button compact" disabled=move || at.get() == places aria-keyshortcuts="n" on:click=move |_| next()>
                    "Next" <kbd aria-hidden="true">"n"</kbd>
                </button>
            </div>
        }
    })
}

/// Moves the mark, and the page, to a change. The comparison gives each an `id`; the class of the current one is only ours.
fn mark(body: NodeRef<Div>, from: u32, to: u32) {
    let find = |number: u32| body.get_untracked()?.query_selector(&format!("#change-{number}")).ok()?;
    if let Some(old) = find(from) {
        let _ = old.class_list().remove_1("current");
    }
    if let Some(new) = find(to) {
        let _ = new.class_list().add_1("current");
        new.scroll_into_view();
    }
}
