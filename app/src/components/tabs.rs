//! Tabs that are links: each has its own address.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// A bar of tabs.
#[component]
pub fn Tabs(
    /// What they choose among, for screen readers.
    label: &'static str,
    /// [`Tab`]s.
    children: Children,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {children()}
        </nav>
    }
}

/// One tab.
#[component]
pub fn Tab(
    /// Where it leads; the tab is current at exactly this path.
    #[prop(into)]
    href: Signal<String>,
    /// Its words, with a count where there is one.
    children: Children,
) -> impl IntoView {
    let here = use_location().pathname;
    view! {
        <a href=move || href.get() aria-current=move || (here.get() == href.get()).then_some("page")>
            {children()}
        </a>
    }
}
