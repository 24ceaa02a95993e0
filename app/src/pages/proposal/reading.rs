//! One rendered text with its outline and threads; the live one follows what happens to it.

use std::time::Duration;

use leptos::html::Div;
use leptos::prelude::*;

use super::desk::Desk;
use crate::api::proposals::read_proposal;
use crate::components::{CommentButton, Folds, Fresh, Notice, Outline, ReadingTime, Seat, TextEvent, ThreadMargin};
use crate::editor;
use crate::model::proposal::Rendered;
use crate::model::revision::Side;

/// Threads that arrive one after the other, and the text they are on, are fetched together.
const TOGETHER: Duration = Duration::from_millis(300);

/// The three columns.
#[component]
pub(super) fn Reading(side: Side, rendered: Rendered) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let proposal = desk.margin.proposal;
    let text = Fresh::new(rendered, move || read_proposal(proposal, side));
    let live = side == Side::Live;
    if live {
        follow_threads(text);
    }
    let current = RwSignal::new(None::<String>);
    let headings = Memo::new(move |_| text.with(|text| text.headings.clone()));
    let folds = Folds::default();
    let words = Signal::derive(move || text.with(|text| text.words));
    let minutes = Signal::derive(move || text.with(Rendered::minutes));
    view! {
        {notice(side).map(|words| view! { <Notice>{words}</Notice> })}
        <div class="desk">
            <div class="desk-side">{move || view! { <Outline headings=headings.get() current folds/> }}</div>
            <div class="desk-column">
                <ReadingTime words minutes/>
                <article class="desk-text" aria-label="Text" node_ref=desk.margin.text>
                    <Body text live current/>
                    <CommentButton/>
                </article>
            </div>
            <ThreadMargin/>
        </div>
    }
    .into_any()
}

/// What somebody should know of the text they read.
fn notice(side: Side) -> Option<&'static str> {
    match side {
        Side::Live => None,
        Side::Suggested => {
            Some("So the text would read with all open suggestions that fit it. To comment on a passage, select it in the live text.")
        }
        Side::Accepted | Side::Revision(_) | Side::Version(_) | Side::At(_) => {
            Some("You are reading a frozen text. To comment on a passage, select it in the live text.")
        }
    }
}

/// A thread's offsets mean the text of the moment they were asked for, so both are fetched when threads change.
fn follow_threads(text: Fresh<Rendered>) {
    let desk = expect_context::<Desk>();
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(Some(timer)) = timer.try_update_value(Option::take) {
            timer.clear();
        }
    };
    Effect::watch(
        move || desk.margin.threads.with(|_| ()),
        move |(), _, _| {
            stop();
            timer.set_value(set_timeout_with_handle(move || text.again(), TOGETHER).ok());
        },
        false,
    );
    on_cleanup(stop);
}

type Shown = (String, Option<i64>);

/// Whether there is another text to be put into the page. What the page was made with comes without its HTML, which is there already.
fn changed(before: Option<&Shown>, now: Option<&Shown>) -> bool {
    let in_page = before.is_some_and(|(html, _)| html.is_empty()) && before.map(|(_, seq)| seq) == now.map(|(_, seq)| seq);
    !in_page && before != now
}

/// The HTML, and the reader that enhances it in place.
#[component]
pub(super) fn Body(text: Fresh<Rendered>, live: bool, current: RwSignal<Option<String>>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let (seat, place) = (Seat::new(), NodeRef::<Div>::new());
    let shown = Memo::new_with_compare(move |_| text.with(|text| (text.html.clone(), text.seq)), changed);
    Effect::new(move |_| {
        let (Some(place), seq) = (place.get(), shown.with(|(_, seq)| *seq)) else { return };
        let options = seq.map_or_else(|| r#"{"seq":null}"#.to_owned(), |seq| format!(r#"{{"seq":{seq}}}"#));
        let hear = move |event: TextEvent| {
            if let Some(TextEvent::Heading { anchor }) = event.tell(desk.margin, seq) {
                current.set(Some(anchor));
            }
        };
        // After a new text is in the page.
        request_animation_frame(move || seat.mount(|on_event| editor::mount_reader(&place, &options, on_event), hear));
    });
    if live {
        seat.follow(desk.margin);
    }
    on_cleanup(move || desk.margin.text_left());
    let long = move || text.with(Rendered::long);
    view! { <div class="prose" class:long=long node_ref=place inner_html=move || shown.with(|(html, _)| html.clone())></div> }
}
