//! What the pages before one is signed in share: one form in the middle, and where to go afterwards.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::error::AppError;

/// One form in the middle of an otherwise empty page.
#[component]
pub fn Door(
    /// What it is for.
    #[prop(into)]
    title: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=title.clone()/>
        <main class="door">
            <p class="brand">
                <img src="/favicon.svg" alt="" width="32" height="32"/>
                "Quorum"
            </p>
            <div class="card padded stack">
                <h1>{title}</h1>
                {children()}
            </div>
        </main>
    }
}

/// Acts when an action has succeeded.
pub fn arrive<T: Clone + Send + Sync + 'static>(answer: Signal<Option<Result<T, AppError>>>, act: impl Fn(T) + 'static) {
    Effect::new(move || {
        if let Some(Ok(value)) = answer.get() {
            act(value);
        }
    });
}

/// Loads an address as a whole new page, so that nothing of the account before stays in memory.
pub fn load(path: &str) {
    // Fails only for an address that cannot be one.
    let _ = window().location().set_href(path);
}

/// Where to go after signing in, from `?next=`: a path of our own, or the inbox.
pub fn next() -> Memo<String> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("next")).filter(|path| ours(path)).unwrap_or_else(|| "/".into()))
}

/// Whether it leads nowhere else: browsers read `//host` and `/\host` as another site's address, and skip tabs and line ends.
fn ours(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(|c: char| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::ours;

    #[test]
    fn after_signing_in_one_stays_on_this_site() {
        assert!(ours("/teams/payments?q=ledger"));
        for elsewhere in ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "/\t/evil.example"] {
            assert!(!ours(elsewhere), "{elsewhere}");
        }
    }
}
