//! What of threads the browser loads when it is first needed: forms to write in, what suggestions would change, signs and earlier wordings. With the
//! tab Review, which has the rest of what a review needs.

#![expect(clippy::unnecessary_wraps, reason = "a part that cannot be loaded is the error")]

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::Call;
use super::thread::{EditForm, Fold, ReplyForm, SignsView, SuggestionView, WordingsDialog};
use super::thread_margin::{AcceptAllForm, AttachButton, ComposerForm, NewsAloud};
use crate::api::threads::StartThread;
use crate::error::Result;
use crate::model::ids::CommentId;
use crate::model::reaction::Reacted;
use crate::model::thread::Thread;

/// The form of a new thread.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn composer(start: Call<StartThread>) -> Result<AnyView> {
    Ok(view! { <ComposerForm start/> }.into_any())
}

/// The form of a reply.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn reply(thread: Memo<Thread>, fold: Fold) -> Result<AnyView> {
    Ok(view! { <ReplyForm thread fold/> }.into_any())
}

/// The form that replaces a comment while its writer changes it.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn edit(id: CommentId, body: String, editing: RwSignal<bool>) -> Result<AnyView> {
    Ok(view! { <EditForm id body editing/> }.into_any())
}

/// What a thread suggests.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn suggestion(thread: Memo<Thread>) -> Result<AnyView> {
    Ok(view! { <SuggestionView thread/> }.into_any())
}

/// What is said to a comment without words.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn signs(id: CommentId, signs: Memo<Vec<Reacted>>, choosing: RwSignal<bool>) -> Result<AnyView> {
    Ok(view! { <SignsView id signs choosing/> }.into_any())
}

/// What a comment said before.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn wordings(id: CommentId, open: RwSignal<bool>) -> Result<AnyView> {
    Ok(view! { <WordingsDialog id open/> }.into_any())
}

/// What is read aloud, and links to cards.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn news() -> Result<AnyView> {
    Ok(view! { <NewsAloud/> }.into_any())
}

/// Putting a detached thread on another passage.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn attach(thread: Memo<Thread>) -> Result<AnyView> {
    Ok(view! { <AttachButton thread/> }.into_any())
}

/// Accepting all suggestions.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn accept_all(count: Memo<usize>) -> Result<AnyView> {
    Ok(view! { <AcceptAllForm count/> }.into_any())
}
