//! Which threads the margin lists.

use leptos::prelude::*;

use super::context::Margin;
use crate::model::thread::{Kind, Thread};

/// The choices above the margin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    /// Still to be dealt with.
    #[default]
    Open,
    /// What keeps the proposal from being merged.
    Blocking,
    /// Those one began or takes part in, dealt with or not.
    Mine,
    /// Dealt with.
    Resolved,
    /// Everything.
    All,
}

impl Shown {
    const CHOICES: [(Self, &'static str); 5] =
        [(Self::Open, "Open"), (Self::Blocking, "Blocking"), (Self::Mine, "Mine"), (Self::Resolved, "Resolved"), (Self::All, "All")];

    /// Says that there are none.
    pub fn none(self) -> &'static str {
        match self {
            Self::Open => "No open threads.",
            Self::Blocking => "No blocking threads.",
            Self::Mine => "No threads of yours.",
            Self::Resolved => "No resolved threads.",
            Self::All => "No threads.",
        }
    }

    /// Whether a thread is among them.
    pub fn lists(self, thread: &Thread) -> bool {
        match self {
            Self::Open => thread.resolved.is_none(),
            Self::Blocking => thread.resolved.is_none() && thread.kind == Kind::Blocking,
            Self::Mine => thread.mine(),
            Self::Resolved => thread.resolved.is_some(),
            Self::All => true,
        }
    }
}

/// The row of choices, each with its count.
#[component]
pub fn ShownChoice() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let choice = move |(shown, name): (Shown, &'static str)| {
        let count = move || margin.threads.with(|all| all.iter().filter(|thread| shown.lists(thread)).count());
        view! {
            <button
                type="button"
                class="shown-choice"
                aria-pressed=move || (margin.shown.get() == shown).to_string()
                on:click=move |_| margin.shown.set(shown)
            >
                {name}
                <span class="count">{count}</span>
            </button>
        }
    };
    view! {
        <div class="shown" role="group" aria-label="Which threads to list">
            {Shown::CHOICES.map(choice).collect_view()}
        </div>
    }
    .into_any()
}
