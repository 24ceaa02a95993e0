//! Nothing here yet: why, and the one thing to do about it.

use leptos::prelude::*;

use super::Icon;

/// An empty place.
#[component]
pub fn Empty(
    /// A symbol for what would be here.
    icon: &'static str,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// Why, and what to do.
    #[prop(into)]
    text: String,
    /// A button or link that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
