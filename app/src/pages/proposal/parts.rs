//! What of a proposal's page the browser loads when it is first needed: the tabs Read, Review and History, the dialogs of the header, what a
//! reviewer is told before they write, and what can be done with changes that were refused.

#![expect(clippy::unnecessary_wraps, reason = "a part that cannot be loaded is the error")]

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::wasm_split::wasm_split;

use super::author_notice::AuthorNotice;
use super::close_dialog::CloseDialog;
use super::history::{self, History};
use super::kept::Kept;
use super::merge_dialog::MergeDialog;
use super::read::Read;
use super::review::Review;
use super::send_dialog::SendDialog;
use crate::error::Result;
use crate::model::ids::ProposalId;
use crate::model::revision::Side;

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

/// The tab History.
#[wasm_split(history, wasm_split_path = leptos::wasm_split, preload(preload_history_tab), fallible)]
pub fn history_tab() -> Result<AnyView> {
    Ok(view! { <History/> }.into_any())
}

/// What the tab History is made with at first, as it reads it: nothing else of the page has to know its types.
#[wasm_split(history, wasm_split_path = leptos::wasm_split, fallible)]
pub fn history_given(proposal: ProposalId, points: Vec<Side>) -> Result<Pin<Box<dyn Future<Output = String> + Send>>> {
    Ok(Box::pin(history::given(proposal, points)))
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
