//! What the server answered to a form, beside it, when the answer is no.

use leptos::prelude::*;

use super::{Notice, Tone};
use crate::error::AppError;

/// The error of an action's last answer; read aloud when it appears.
#[component]
pub fn Refusal<T>(
    /// The action's value.
    #[prop(into)]
    of: Signal<Option<Result<T, AppError>>>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    move || {
        let words = of.with(|answer| answer.as_ref()?.as_ref().err().map(ToString::to_string));
        words.map(|words| view! { <Notice tone=Tone::Danger>{words}</Notice> })
    }
}
