//! What goes on beside the cards: others' new comments are read aloud, and links that lead to a card are followed.

use leptos::prelude::*;
use time::OffsetDateTime;

use super::context::Margin;
use super::linked::follow_links;
use crate::components::{Later, hydrated, parts};
use crate::model::sentence::shortened;
use crate::model::thread::{Comment, Thread};

/// Characters of a comment that are read: enough to know whether to go there.
const READ: usize = 120;

/// Loaded once the page is alive. It is heard, not seen, and so is what stands for it until then.
#[component]
pub fn News() -> impl IntoView {
    let ready = hydrated();
    view! { <div class="aside"><Show when=move || ready.get()><Later view=parts::news/></Show></div> }.into_any()
}

/// A burst is told in one sentence. What is new is a card of its own for whoever sees.
#[component]
pub fn NewsAloud() -> impl IntoView {
    let margin = expect_context::<Margin>();
    follow_links();
    let said = Memo::new(move |before: Option<&(String, Option<OffsetDateTime>)>| {
        margin.threads.with(|threads| match before {
            None => (String::new(), newest(threads)),
            Some((words, known)) => (sentence(threads, *known).unwrap_or_else(|| words.clone()), newest(threads).max(*known)),
        })
    });
    view! { <p role="status">{move || said.get().0}</p> }.into_any()
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
