//! The signs that people left on a comment, each a button to leave one too, or to take one's own back.

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use leptos::web_sys::Element;

use crate::api::threads::React;
use crate::components::focus::focus;
use crate::components::thread_margin::Margin;
use crate::components::{Call, Refusal};
use crate::model::ids::CommentId;
use crate::model::reaction::{Reacted, Reaction};

/// Those that were left; while somebody is `choosing`, all there are.
#[component]
pub fn SignsView(id: CommentId, signs: Memo<Vec<Reacted>>, choosing: RwSignal<bool>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let react = Call::<React>::new();
    let (place, pressed) = (NodeRef::<Div>::new(), StoredValue::new(false));
    Effect::new(move |_| match react.value().get() {
        Some(Ok(())) => margin.threads.again(),
        Some(Err(_)) => pressed.set_value(false),
        None => {}
    });
    // The cards below make room.
    Effect::new(move |_| {
        choosing.track();
        let _ = signs.get();
        margin.nudge.notify();
    });
    // Somebody has chosen once what they chose is here. What they took back may have left no button to stay on.
    Effect::watch(
        move || signs.get(),
        move |_, _, _| {
            if pressed.get_value() {
                pressed.set_value(false);
                choosing.set(false);
                focus_next_frame(place, None);
            }
        },
        false,
    );
    Effect::new(move |_| {
        if choosing.get() {
            focus_next_frame(place, Some(".sign"));
        }
    });
    let press = move |reaction, on| {
        if react.pending().get_untracked() {
            return;
        }
        pressed.set_value(true);
        react.send(&React { comment: id, reaction, on });
    };
    let leave = move |event: KeyboardEvent| {
        if event.key() == "Escape" && choosing.get_untracked() {
            event.stop_propagation();
            // Before what has the focus goes.
            focus(choice(place));
            choosing.set(false);
        }
    };
    view! {
        <div class="signs-list" role="group" aria-label="Reactions" node_ref=place on:keydown=leave>
            {Reaction::ALL.map(|reaction| view! { <Sign reaction signs choosing press/> }).collect_view()}
            <Refusal of=react.value()/>
        </div>
    }
    .into_any()
}

/// One sign with how many left it; who did is its name.
#[component]
fn Sign(
    reaction: Reaction,
    signs: Memo<Vec<Reacted>>,
    choosing: RwSignal<bool>,
    press: impl Fn(Reaction, bool) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let left = Memo::new(move |_| signs.with(|signs| signs.iter().find(|sign| sign.reaction == reaction).cloned()));
    let mine = move || left.with(|left| left.as_ref().is_some_and(|left| left.mine));
    let count = move || left.with(|left| left.as_ref().map(|left| left.count));
    let who = move || {
        left.with(|left| left.as_ref().map_or_else(|| reaction.name().to_owned(), |left| format!("{}: {}", reaction.name(), left.who)))
    };
    let click = move |_| {
        if margin.may_discuss.get_untracked() {
            press(reaction, !untrack(mine));
        }
    };
    view! {
        <Show when=move || choosing.get() || left.with(Option::is_some)>
            <button
                type="button"
                class="sign"
                aria-label=who
                title=who
                aria-pressed=move || mine().to_string()
                // Read by whoever may not press it, too.
                aria-disabled=move || (!margin.may_discuss.get()).to_string()
                on:click=click
            >
                <span aria-hidden="true">{reaction.sign()}</span>
                {move || count().map(|count| view! { <span class="sign-count">{count}</span> })}
            </button>
        </Show>
    }
    .into_any()
}

/// The button behind the signs that shows all of them.
fn choice(place: NodeRef<Div>) -> Option<Element> {
    place.try_get_untracked().flatten()?.parent_element()?.query_selector(".sign-choice").ok().flatten()
}

/// Moves the focus to the first that is `wanted` in a place, or, where it was lost with what had it, to the button behind the place.
fn focus_next_frame(place: NodeRef<Div>, wanted: Option<&'static str>) {
    request_animation_frame(move || {
        let lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        match wanted {
            Some(wanted) => focus(place.try_get_untracked().flatten().and_then(|place| place.query_selector(wanted).ok().flatten())),
            None if lost => focus(choice(place)),
            None => {}
        }
    });
}
