//! What a page shows once the server has answered.

use leptos::prelude::*;

use super::{Failure, Skeleton};
use crate::error::AppError;

/// Shows a resource: its shape while it is on its way for the first time, what it was while it is fetched anew, or what went wrong.
#[component]
pub fn Loaded<T, F>(
    /// What to wait for.
    from: Resource<Result<T, AppError>>,
    /// How it looks.
    then: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let show = move || {
        let then = then.clone();
        Suspend::new(async move {
            match from.await {
                Ok(value) => then(value),
                Err(error) => view! { <Failure error/> }.into_any(),
            }
        })
    };
    view! { <Transition fallback=Skeleton>{show}</Transition> }
}
