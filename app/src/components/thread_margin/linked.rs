//! Links to a thread or a comment: `?thread=…` as the inbox has them, `#thread-…` and `#comment-…`.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::context::Margin;
use crate::components::Toasts;
use crate::components::focus::focus_id;
use crate::model::thread::Thread;

/// Shows what the page's address names, now and when it names something else.
pub fn follow_links() {
    let (margin, toasts, location) = (expect_context::<Margin>(), use_context::<Toasts>(), use_location());
    let named = Memo::new(move |_| {
        let fragment = location.hash.with(|hash| hash.trim_start_matches('#').to_owned());
        if fragment.starts_with("thread-") || fragment.starts_with("comment-") {
            return Some(fragment);
        }
        location.query.with(|query| query.get("thread")).map(|thread| format!("thread-{thread}"))
    });
    Effect::new(move |_| {
        let Some(named) = named.get() else { return };
        let is = |thread: &&Thread| format!("thread-{}", thread.id) == named || has(thread, &named);
        if let Some(thread) = margin.threads.peek(|threads| threads.iter().find(is).map(|thread| thread.id)) {
            margin.pressed(thread);
            margin.wanted.set(Some(thread));
            focus_id(named);
        } else if let Some(toasts) = toasts {
            toasts.say("The comment that the link leads to is not here any more.");
        }
    });
}

fn has(thread: &Thread, named: &str) -> bool {
    thread.comments.iter().any(|comment| format!("comment-{}", comment.id) == named)
}
