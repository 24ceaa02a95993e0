//! Keyset pages: "Show more" adds the next rows below those that are there.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Notice, Spinner, Tone};
use crate::error::AppError;
use crate::model::page::Page;

type Answer<T> = Pin<Box<dyn Future<Output = Result<Page<T>, AppError>>>>;

/// The rows fetched beyond the first page, and where the next begin.
#[derive(Debug)]
pub struct Pages<T: Send + Sync + 'static> {
    /// Rows beyond the first page.
    pub more: RwSignal<Vec<T>>,
    pub(super) next: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<AppError>>,
}

impl<T: Send + Sync + 'static> Clone for Pages<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Pages<T> {}

impl<T: Send + Sync + 'static> Pages<T> {
    /// What follows a first page that ended with `next`.
    pub fn after(next: Option<String>) -> Self {
        Self { more: RwSignal::default(), next: RwSignal::new(next), busy: RwSignal::new(false), error: RwSignal::new(None) }
    }

    fn fetch(self, answer: Answer<T>) {
        self.busy.set(true);
        spawn_local(async move {
            match answer.await {
                Ok(page) => {
                    self.more.update(|rows| rows.extend(page.items));
                    self.next.set(page.next);
                    self.error.set(None);
                }
                Err(error) => self.error.set(Some(error)),
            }
            self.busy.set(false);
        });
    }
}

/// The button below a list; nothing when the list is whole.
#[component]
pub fn ShowMore<T, F>(
    /// The pages so far.
    pages: Pages<T>,
    /// Asks for the page after a place.
    fetch: F,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    F: Fn(String) -> Answer<T> + Copy + Send + Sync + 'static,
{
    let button = move || {
        let next = pages.next.get()?;
        Some(view! {
            <div class="more">
                <button type="button" class="button" disabled=move || pages.busy.get() on:click=move |_| pages.fetch(fetch(next.clone()))>
                    {move || pages.busy.get().then(|| view! { <Spinner/> })}
                    "Show more"
                </button>
            </div>
        })
    };
    view! {
        {move || pages.error.get().map(|error| view! { <Notice tone=Tone::Danger>{error.to_string()}</Notice> })}
        {button}
    }
}
