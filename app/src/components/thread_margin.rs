//! The threads of a proposal beside its text: each card at its passage, a drawer where there is no room.

mod accept_all;
mod attach;
mod button;
mod comment_button;
mod composer;
mod context;
mod keys;
mod linked;
mod news;
mod place;
mod shown;
mod stack;

use leptos::html::Div;
use leptos::prelude::*;

use self::accept_all::AcceptAll;
pub(super) use self::accept_all::AcceptAllForm;
pub(super) use self::attach::AttachButton;
pub use self::attach::AttachHere;
pub use self::button::ThreadsButton;
pub use self::comment_button::CommentButton;
use self::composer::Composer;
pub(super) use self::composer::ComposerForm;
pub use self::context::{Margin, Selection};
use self::keys::listen_for_keys;
use self::news::News;
pub(super) use self::news::NewsAloud;
use self::place::place_cards;
pub use self::shown::Shown;
use self::shown::ShownChoice;
use super::Icon;
use super::thread::ThreadCard;
use crate::model::thread::{Anchor, Thread};

/// The margin. Its [`Margin`] comes from the context.
#[component]
pub fn ThreadMargin() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let cards = NodeRef::<Div>::new();
    listen_for_keys();
    place_cards(cards);
    let nudge = move || margin.nudge.notify();
    let step = move |forward| {
        let (icon, words) = if forward { ("arrow-down", "Next thread (])") } else { ("arrow-up", "Previous thread ([)") };
        view! {
            <button type="button" class="button quiet square compact" title=words on:click=move |_| margin.step(forward)>
                <Icon name=icon/>
            </button>
        }
    };
    view! {
        // Beside the drawer: what is not shown is not read aloud.
        <News/>
        <section
            class="margin"
            id="threads"
            aria-label="Threads"
            data-open=move || margin.drawer.get().to_string()
            on:click=move |_| nudge()
            on:input=move |_| nudge()
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    margin.close_drawer();
                }
            }
        >
            <div class="margin-head">
                <Show when=move || !margin.threads.with(Vec::is_empty)><ShownChoice/></Show>
                <button type="button" class="button quiet compact drawer-only" on:click=move |_| margin.close_drawer()>"Close"</button>
            </div>
            <AcceptAll/>
            <Group name="On the whole proposal" belong=|anchor| matches!(anchor, Anchor::Whole)/>
            <div class="margin-acts">
                <Show when=move || margin.may_discuss.get()>
                    <button type="button" class="button quiet compact whole" on:click=move |_| margin.compose(None)>
                        <Icon name="plus"/>
                        "Comment on the whole proposal"
                    </button>
                </Show>
                <Show when=move || !margin.listed(|_| true).is_empty()>{step(false)} {step(true)}</Show>
            </div>
            <div class="margin-cards" node_ref=cards>
                <Composer/>
                <Cards belong=|anchor| matches!(anchor, Anchor::At { .. })/>
            </div>
            <Nothing/>
            <Group name="Detached" belong=|anchor| matches!(anchor, Anchor::Detached)/>
        </section>
    }
    .into_any()
}

type Belong = fn(&Anchor) -> bool;

/// The listed threads of one sort of place.
#[component]
fn Cards(belong: Belong) -> impl IntoView {
    let margin = expect_context::<Margin>();
    view! {
        <For each=move || margin.listed(belong) key=|thread| thread.id let(first)>
            <ThreadCard first/>
        </For>
    }
    .into_any()
}

/// Threads without a place in the text, under a heading that is there only when they are.
#[component]
fn Group(name: &'static str, belong: Belong) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let count = Memo::new(move |_| margin.listed(belong).len());
    view! {
        <Show when=move || count.get() != 0>
            <section class="margin-group" aria-label=name>
                <h2>{name} " " <span class="muted">{count}</span></h2>
                <Cards belong/>
            </section>
        </Show>
    }
    .into_any()
}

/// Says why the margin is empty.
#[component]
fn Nothing() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let none = move |threads: Vec<Thread>| threads.is_empty() && margin.draft.with(Option::is_none);
    view! {
        <Show when=move || none(margin.listed(|_| true))>
            <p class="margin-empty muted">
                {move || match margin.threads.with(Vec::is_empty) {
                    true if margin.may_discuss.get() => "No threads yet. Select a passage to comment on it.",
                    true => "No threads.",
                    false => margin.shown.get().none(),
                }}
            </p>
        </Show>
    }
    .into_any()
}
