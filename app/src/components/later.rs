//! A view from a part of the module that the browser may still have to load.

use std::future::Future;

use leptos::prelude::*;

use super::{Failure, Skeleton};
use crate::error::Result;

/// Shows it once it is there; until then its shape, and words when it cannot be loaded.
#[component]
pub fn Later<F, V>(
    /// A function of [`crate::routes`]' parts.
    view: F,
) -> impl IntoView
where
    F: Fn() -> V + Clone + Send + Sync + 'static,
    V: Future<Output = Result<AnyView>> + Send + 'static,
{
    let show = move || {
        let view = view();
        Suspend::new(async move { view.await.unwrap_or_else(|error| view! { <Failure error/> }.into_any()) })
    };
    view! { <Suspense fallback=Skeleton>{show}</Suspense> }
}
