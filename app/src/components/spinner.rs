//! Work under way.

use leptos::prelude::*;

/// A turning ring beside words that say what is going on.
#[component]
pub fn Spinner() -> impl IntoView {
    view! { <span class="spinner" aria-hidden="true"></span> }
}

/// The shape of rows that are on their way.
#[component]
pub fn Skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status">
            <span></span>
            <span></span>
            <span></span>
            <span></span>
            <b class="aside">"Loading"</b>
        </div>
    }
}
