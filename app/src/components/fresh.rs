//! A value of the server's that a page shows and fetches anew when it hears that it changed.

use std::future::Future;
use std::pin::Pin;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::error::Result;

type Fetch<T> = Box<dyn Fn() -> Pin<Box<dyn Future<Output = Result<T>>>> + Send + Sync>;

/// Begins with what the page was made with. A fetch that fails leaves what is shown: the status line says that the server is away.
pub struct Fresh<T: Send + Sync + 'static> {
    value: RwSignal<T>,
    /// Counts fetches, so that a slow older answer never overwrites a newer one.
    turn: StoredValue<u32>,
    fetch: StoredValue<Fetch<T>>,
}

impl<T: Send + Sync + 'static> Clone for Fresh<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fresh<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Fresh<T> {
    /// Shows `first` until asked to fetch.
    pub fn new<F>(first: T, fetch: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<T>> + 'static,
    {
        let fetch: Fetch<T> = Box::new(move || Box::pin(fetch()));
        Self { value: RwSignal::new(first), turn: StoredValue::new(0), fetch: StoredValue::new(fetch) }
    }

    /// The value now.
    pub fn get(self) -> T {
        self.value.get()
    }

    /// A part of the value.
    pub fn with<U>(self, part: impl FnOnce(&T) -> U) -> U {
        self.value.with(part)
    }

    /// A part of the value, without hearing of its changes.
    pub fn peek<U>(self, part: impl FnOnce(&T) -> U) -> U {
        self.value.with_untracked(part)
    }

    /// Fetches it anew. In the browser only.
    pub fn again(self) {
        let turn = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        let Some((turn, answer)) = turn.zip(self.fetch.try_with_value(|fetch| fetch())) else { return };
        spawn_local(async move {
            let Ok(answer) = answer.await else { return };
            // The page may have been left meanwhile: then nothing here is there any more.
            let newest = self.turn.try_get_value() == Some(turn);
            if newest && self.value.try_with_untracked(|shown| *shown != answer) == Some(true) {
                self.value.try_set(answer);
            }
        });
    }
}
