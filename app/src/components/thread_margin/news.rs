//! Reads aloud what others have written since: politely, a burst in one sentence.

use leptos::prelude::*;
use time::OffsetDateTime;

use super::context::Margin;
use crate::model::sentence::shortened;
use crate::model::thread::{Comment, Thread};

/// Characters of a comment that are read: enough to know whether to go there.
const READ: usize = 120;

/// Heard, not seen: what is new is a card of its own for whoever sees.
#[component]
pub fn News() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let said = Memo::new(move |before: Option<&(String, Option<OffsetDateTime>)>| {
        margin.threads.with(|threads| match before {
            None => (String::new(), newest(threads)),
            Some((words, known)) => (sentence(threads, *known).unwrap_or_else(|| words.clone()), newest(threads).max(*known)),
        })
    });
    view! { <p class="aside" role="status">{move || said.get().0}</p> }.into_any()
}

fn comments(threads: &[Thread]) -> impl Iterator<Item = &Comment> {
    threads.iter().flat_map(|thread| &thread.comments)
}

fn newest(threads: &[Thread]) -> Option<OffsetDateTime> {
    comments(threads).map(|comment| comment.at).max()
}

/// None: nobody else has written since.
fn sentence(threads: &[Thread], known: Option<OffsetDateTime>) -> Option<String> {
    let mut new = comments(threads).filter(|comment| !comment.mine && Some(comment.at) > known);
    let first = new.next()?;
    Some(match new.count() {
        0 => format!("New comment by {}: {}", first.by.name, shortened(&first.body, READ)),
        more => format!("{} new comments", more + 1),
    })
}
