//! Stands in until the branch that owns this page is merged.

use leptos::prelude::*;

/// The page.
#[component]
pub fn Decision() -> impl IntoView {
    view! { <main class="page"></main> }
}
