//! A list beside a design's text: the first page, and more when somebody asks.

use std::pin::Pin;

use leptos::prelude::*;

use crate::components::{Pages, ShowMore};
use crate::error::Result;
use crate::model::page::Page;

/// An answer with the next page.
pub(super) type Next<T> = Pin<Box<dyn Future<Output = Result<Page<T>>>>>;

/// The list under its heading; `none` is said where nothing is in it.
pub(super) fn facts<T: Clone + Send + Sync + 'static>(
    heading: &'static str,
    none: Option<&'static str>,
    first: Page<T>,
    fetch: impl Fn(String) -> Next<T> + Copy + Send + Sync + 'static,
    row: impl Fn(T) -> AnyView + Copy + Send + 'static,
) -> AnyView {
    let none = none.filter(|_| first.items.is_empty());
    let pages = Pages::after(first.next);
    view! {
        <section class="facts-list" aria-label=heading>
            <h2>{heading}</h2>
            {none.map(|words| view! { <p class="muted small">{words}</p> })}
            <ul class="plain">
                {first.items.into_iter().map(row).collect_view()}
                {move || pages.more.get().into_iter().map(row).collect_view()}
            </ul>
            <ShowMore pages fetch/>
        </section>
    }
    .into_any()
}
