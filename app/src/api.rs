//! The pages' doors: server functions, one file per noun, two lines each: who asks, and one call.

#![expect(missing_docs, reason = "the server macro makes a public struct of every function's arguments")]

use std::sync::Arc;

use leptos::prelude::use_context;

use crate::backend::{Backend, Visit};
use crate::error::{AppError, Result};

pub mod accounts;
pub mod designs;
pub mod inboxes;
pub mod proposals;
pub mod reviews;
pub mod suggestions;
pub mod teams;
pub mod threads;
pub mod timelines;
pub mod tokens;
pub mod unsent;

/// The request and the use cases, from Leptos' context.
///
/// # Errors
/// Internal, when the server forgot to provide them.
pub fn asked() -> Result<(Arc<dyn Visit>, Arc<dyn Backend>)> {
    use_context::<Arc<dyn Visit>>()
        .zip(use_context::<Arc<dyn Backend>>())
        .ok_or_else(|| AppError::Internal { request: "no context".into() })
}
