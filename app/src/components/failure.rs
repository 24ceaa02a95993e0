//! What went wrong, in words, with what to do: for whole pages and for forms.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::Title;

use super::{Empty, Notice, Tone};
use crate::backend::Visit;
use crate::error::AppError;

/// In place of what could not be shown.
#[component]
pub fn Failure(
    /// What went wrong.
    error: AppError,
    /// It stands for a whole page, whose heading and title it is.
    #[prop(optional)]
    page: bool,
) -> impl IntoView {
    // A page that is not there must not be kept by caches and search engines as if it were. Whoever is signed out is being redirected by the
    // frame: a status here would undo that.
    if let Some(visit) = use_context::<Arc<dyn Visit>>().filter(|_| error != AppError::SignedOut) {
        visit.fail(error.status());
    }
    let heading = match &error {
        AppError::NotFound(_) => "Not here",
        AppError::SignedOut => "You are signed out",
        _ => "It did not work",
    };
    let title = page.then(|| view! { <Title text=heading/> });
    let said = match &error {
        AppError::NotFound(_) => view! {
            <Empty icon="search" title=heading text=error.to_string() page>
                <a class="button" href="/">"Go to your inbox"</a>
            </Empty>
        }
        .into_any(),
        AppError::SignedOut => view! {
            <Empty icon="lock" title=heading page text="Your session has ended. Sign in again to go on; nothing was lost.">
                <a class="button primary" href="/sign-in" rel="external">"Sign in"</a>
            </Empty>
        }
        .into_any(),
        _ => view! {
            {page.then(|| view! { <h1 class="aside">{heading}</h1> })}
            <Notice tone=Tone::Danger>{error.to_string()}</Notice>
        }
        .into_any(),
    };
    view! { {title} {said} }
}

/// What an action says is wrong with one field of its form; `""` is the form as a whole.
///
/// Every error that names no field of `known` belongs to the whole, so that none is ever swallowed.
pub fn problem_in<T: Send + Sync + Clone + 'static>(
    answer: impl Fn() -> Option<Result<T, AppError>> + Send + Sync + 'static,
    known: &'static [&'static str],
) -> impl Fn(&'static str) -> Signal<Option<String>> {
    let error = Memo::new(move |_| answer().and_then(Result::err));
    move |field| {
        Signal::derive(move || {
            let error = error.get()?;
            let about = match &error {
                AppError::Invalid { field, .. } if known.contains(&field.as_str()) => field.as_str(),
                _ => "",
            };
            (about == field).then(|| error.to_string())
        })
    }
}
