//! The dialogs of the header, there from the first time that one is opened.

use leptos::prelude::*;

use super::parts;
use crate::components::Later;

/// Which dialog is open.
#[derive(Clone, Copy)]
pub(super) struct Dialogs {
    /// Send for review.
    pub sending: RwSignal<bool>,
    /// Merge.
    pub merging: RwSignal<bool>,
    /// Close.
    pub closing: RwSignal<bool>,
}

impl Dialogs {
    /// All closed.
    pub fn new() -> Self {
        Self { sending: RwSignal::new(false), merging: RwSignal::new(false), closing: RwSignal::new(false) }
    }

    /// Loads what they are made of: called when somebody reaches for a button, so that the click need not wait.
    pub fn fetch() {
        // Whether it succeeds is seen when one is opened.
        leptos::task::spawn_local(async { drop(parts::preload_dialogs().await) });
    }

    /// Nothing of them until one is opened; what was typed in one is kept from then on.
    pub fn view(self) -> impl IntoView {
        let asked = Memo::new(move |before| before == Some(&true) || self.sending.get() || self.merging.get() || self.closing.get());
        view! { <Show when=move || asked.get()><Later view=parts::dialogs/></Show> }
    }
}
