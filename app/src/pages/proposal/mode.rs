//! What typing does in the tab Write: nothing, write, or suggest.

use leptos::prelude::*;

use super::desk::Desk;
use crate::model::proposal::ProposalPage;

/// As the editor is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Nothing can be typed.
    Reading,
    /// What is typed is the text.
    Writing,
    /// What is typed is suggested.
    Suggesting,
}

impl Mode {
    /// The editor's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Writing => "writing",
            Self::Suggesting => "suggesting",
        }
    }

    /// The mode for a page whose reader wants to suggest, to write, or has not said. A reviewer begins by suggesting, and who would write all the
    /// same says first that they know what it costs.
    pub fn of(page: &ProposalPage, wanted: Option<bool>, agreed: bool) -> Self {
        let (writable, reviewer) = (page.writable(), reviewer(page));
        if page.suggestible() && (!writable || wanted.unwrap_or(reviewer)) {
            Self::Suggesting
        } else if writable && (agreed || !reviewer) {
            Self::Writing
        } else {
            Self::Reading
        }
    }
}

/// Whether writing would cost them their vote.
pub(super) fn reviewer(page: &ProposalPage) -> bool {
    page.asked && !page.wrote
}

/// The two buttons, where there is a choice, and what typing does.
#[component]
pub(super) fn ModeChoice(mode: Memo<Mode>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let choice = move || desk.page.with(|page| page.writable() && page.suggestible());
    let button = move |name: &'static str, suggesting: bool| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || ((mode.get() == Mode::Suggesting) == suggesting).to_string()
                on:click=move |_| desk.suggesting.set(Some(suggesting))
            >
                {name}
            </button>
        }
    };
    view! {
        <Show when=choice>
            <div class="chips" role="group" aria-label="What typing does">{button("Writing", false)} {button("Suggesting", true)}</div>
        </Show>
        <Show when=move || mode.get() == Mode::Suggesting>
            <span class="muted small">"What you type is suggested, not written."</span>
        </Show>
    }
    .into_any()
}
