//! Symbols of `public/icons.svg`.

use leptos::prelude::*;

/// One symbol, by its name in the sprite. Decoration: what it means is said in words beside it or in an `aria-label`.
#[component]
pub fn Icon(
    /// As in the sprite: Lucide's names.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <use href=move || format!("/icons.svg#{}", name.get())></use>
        </svg>
    }
}
