//! The card in which a new thread is written.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::context::Margin;
use crate::api::threads::StartThread;
use crate::components::focus::{focus_first, focus_id};
use crate::components::keys::send_on_enter;
use crate::components::kind_name;
use crate::components::{Call, Later, Refusal, parts};
use crate::model::ids::ThreadId;
use crate::model::thread::{Kind, NewThread, Place};

/// Shown while there is a draft; after an error the draft is still there.
#[component]
pub fn Composer() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let start = Call::<StartThread>::new();
    let awaited = RwSignal::new(None);
    Effect::new(move |_| {
        if let Some(Ok(id)) = start.value().get() {
            margin.draft.set(None);
            margin.words.set(String::new());
            margin.threads.again();
            awaited.set(Some(id));
        }
    });
    // From what was written one goes on to what has become of it.
    Effect::new(move |_| {
        let here = |id: &ThreadId| margin.threads.with(|threads| threads.iter().any(|thread| thread.id == *id));
        if let Some(id) = awaited.get().filter(here) {
            awaited.set(None);
            // Whatever is listed now: it is seen.
            margin.pressed(id);
            focus_id(format!("thread-{id}"));
        }
    });
    view! {
        <Show when=move || margin.draft.with(Option::is_some)>
            <Later view=move || parts::composer(start)/>
        </Show>
    }
    .into_any()
}

/// What is written into.
#[component]
pub fn ComposerForm(start: Call<StartThread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let words = NodeRef::<Textarea>::new();
    // Loaded just now it is not in the page before the next frame.
    words.on_load(|words| {
        request_animation_frame(move || {
            let _ = words.focus();
        });
    });
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some(draft) = margin.draft.get_untracked().filter(|_| !start.pending().get_untracked()) else { return };
        let (place, quote) = draft.on.map_or((Place::Whole, String::new()), |on| (on.place, on.quote));
        let (kind, body) = (margin.kind.get_untracked(), margin.words.get_untracked());
        start.send(&StartThread { thread: NewThread { proposal: margin.proposal, place, quote, kind, body } });
    };
    let cancel = move |_| {
        margin.draft.set(None);
        // Back to where it was begun.
        focus_first(".comment-button, .margin .whole");
    };
    let quote = move || margin.draft.with(|draft| draft.as_ref().and_then(|draft| draft.on.as_ref()).map(|on| on.quote.clone()));
    view! {
        <form class="thread composer thread-form" id="new-thread" aria-label="New thread" data-active="true" on:submit=submit>
            {move || quote().map(|quote| view! { <blockquote class="quote">{quote}</blockquote> })}
            <Kinds/>
            <textarea
                class="input"
                aria-label="Your comment"
                placeholder="Comment in Markdown"
                required
                node_ref=words
                prop:value=margin.words
                on:input=move |event| margin.words.set(event_target_value(&event))
                on:keydown=send_on_enter
            ></textarea>
            <Refusal of=start.value()/>
            <div class="line">
                <button class="button primary compact" disabled=move || start.pending().get()>"Comment"</button>
                <button type="button" class="button quiet compact" on:click=cancel>"Cancel"</button>
            </div>
        </form>
    }
    .into_any()
}

/// What the thread asks.
#[component]
fn Kinds() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let choice = move |kind: Kind| {
        view! {
            <label class="chip kind-choice">
                <input
                    type="radio"
                    class="aside"
                    name="kind"
                    value=kind.as_str()
                    prop:checked=move || margin.kind.get() == kind
                    on:change=move |_| margin.kind.set(kind)
               />
                {kind_name(kind)}
            </label>
        }
    };
    view! {
        <fieldset class="chips">
            <legend class="aside">"What does it ask?"</legend>
            {Kind::ALL.map(choice).collect_view()}
        </fieldset>
    }
    .into_any()
}
