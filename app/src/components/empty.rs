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
    /// It stands for a whole page, whose heading it is.
    #[prop(optional)]
    page: bool,
    /// A button or link that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon/>
            {if page { view! { <h1>{title}</h1> }.into_any() } else { view! { <h2>{title}</h2> }.into_any() }}
            <p>{text}</p>
            {children.map(|children| children())}
        </div>
    }
}
