//! What of a proposal's page the browser loads when it is first needed: the tabs Read and Review, the dialogs of the header, what a
//! reviewer is told before they write, and what can be done with changes that were refused.

#![expect(clippy::unnecessary_wraps, reason = "a part that cannot be loaded is the error")]

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::author_notice::AuthorNotice;
use super::close_dialog::CloseDialog;
use super::kept::Kept;
use super::merge_dialog::MergeDialog;
use super::read::Read;
use super::review::Review;
use super::send_dialog::SendDialog;
use crate::error::Result;

/// The tab Read.
#[wasm_split(read, wasm_split_path = leptos::wasm_split, preload(preload_read), fallible)]
pub fn read() -> Result<AnyView> {
    Ok(view! { <Read/> }.into_any())
}

/// The tab Review.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, preload(preload_review), fallible)]
pub fn review() -> Result<AnyView> {
    Ok(view! { <Review/> }.into_any())
}

/// The dialogs of the header.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, preload(preload_dialogs), fallible)]
pub fn dialogs() -> Result<AnyView> {
    Ok(view! { <SendDialog/> <MergeDialog/> <CloseDialog/> }.into_any())
}

/// What a reviewer should know before they write.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, fallible)]
pub fn author_notice() -> Result<AnyView> {
    Ok(view! { <AuthorNotice/> }.into_any())
}

/// What can be done with changes that were refused.
#[wasm_split(review, wasm_split_path = leptos::wasm_split, preload(preload_kept), fallible)]
pub fn kept() -> Result<AnyView> {
    Ok(view! { <Kept/> }.into_any())
}
