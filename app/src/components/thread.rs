//! One thread as a card: what it is about, its comments, and what can be done about it.

mod comment;
mod head;
mod kind;
mod reply;
mod signs;
mod suggestion;
mod wordings;

use leptos::prelude::*;

use self::comment::CommentView;
pub(super) use self::comment::EditForm;
use self::head::ThreadHead;
pub use self::kind::{kind_name, kind_tone};
use self::reply::Reply;
pub(super) use self::reply::{Fold, ReplyForm};
pub(super) use self::signs::SignsView;
pub(super) use self::suggestion::SuggestionView;
pub(super) use self::wordings::WordingsDialog;
use super::thread_margin::Margin;
use super::{Later, hydrated, parts};
use crate::model::thread::{Anchor, Thread};

/// A card in the margin. It stays while its thread changes, so that a half-written reply does.
#[component]
pub fn ThreadCard(
    /// The thread as it is when the card appears.
    first: Thread,
) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let id = first.id;
    let name = format!("{} by {}", kind_name(first.kind), first.by().map_or("", |by| by.name.as_str()));
    let thread = Memo::new(move |before: Option<&Thread>| {
        let now = margin.threads.with(|all| all.iter().find(|thread| thread.id == id).cloned());
        now.or_else(|| before.cloned()).unwrap_or_else(|| first.clone())
    });
    let active = move || margin.active.get() == Some(id);
    let comments = move || thread.get().comments;
    view! {
        <article
            class="thread"
            id=format!("thread-{id}")
            aria-label=name
            tabindex="-1"
            data-kind=move || thread.with(|thread| thread.kind.as_str())
            data-resolved=move || thread.with(|thread| thread.resolved.is_some()).to_string()
            data-active=move || active().to_string()
            data-hovered=move || (margin.hovered.get() == Some(id)).to_string()
            on:mouseenter=move |_| margin.hovered.set(Some(id))
            on:mouseleave=move |_| margin.hovered.set(None)
            on:focusin=move |_| margin.active.set(Some(id))
            on:click=move |_| margin.active.set(Some(id))
        >
            <ThreadHead thread/>
            <Quoted thread/>
            <Suggests thread/>
            <ol class="thread-comments">
                <For each=comments key=|comment| comment.id let(comment)>
                    <CommentView comment thread/>
                </For>
            </ol>
            <Reply thread/>
        </article>
    }
    .into_any()
}

/// What it would change, for a suggestion: loaded once the page is alive, because few threads are one.
#[component]
fn Suggests(thread: Memo<Thread>) -> impl IntoView {
    let (ready, suggests) = (hydrated(), Memo::new(move |_| thread.with(|thread| thread.suggestion.is_some())));
    view! { <Show when=move || ready.get() && suggests.get()><Later view=move || parts::suggestion(thread)/></Show> }.into_any()
}

/// The passage, as it was when the thread was begun; pressed, the text scrolls to where it is now.
#[component]
fn Quoted(thread: Memo<Thread>) -> impl IntoView {
    let margin = expect_context::<Margin>();
    let note = move || {
        thread.with(|thread| match thread.anchor {
            Anchor::At { changed: true, .. } => Some("text changed since"),
            Anchor::Detached => Some("no longer in the text"),
            _ => None,
        })
    };
    move || {
        let Thread { id, quote, anchor, revision, suggestion, .. } = thread.get();
        (!quote.is_empty() && suggestion.is_none()).then(|| {
            view! {
                <button
                    type="button"
                    class="thread-quote"
                    aria-label=format!("Show in the text: {quote}")
                    disabled=!matches!(anchor, Anchor::At { .. })
                    on:click=move |_| margin.wanted.set(Some(id))
                >
                    <span class="quote">{quote.clone()}</span>
                </button>
                {note().map(|note| view! { <p class="thread-note">{note}{revision.map(|number| format!(" revision {number}"))}</p> })}
            }
        })
    }
}
