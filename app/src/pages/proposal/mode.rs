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
        if page.suggestible() && (!page.writable() || wanted.unwrap_or(reviewer(page))) {
            Self::Suggesting
        } else if changes_text(page, agreed) {
            Self::Writing
        } else {
            Self::Reading
        }
    }
}

/// Whether writing, or accepting what others suggest, would cost them their vote.
pub(super) fn reviewer(page: &ProposalPage) -> bool {
    page.asked && !page.wrote
}

/// Whether they may change the text, and know what it costs.
pub(super) fn changes_text(page: &ProposalPage, agreed: bool) -> bool {
    page.writable() && (agreed || !reviewer(page))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::proposal::ProposalState;
    use crate::model::role::Role;
    use crate::model::unsent::tests::page;

    #[test]
    fn who_may_write_chooses_who_may_discuss_suggests_and_nobody_else_types() {
        use ProposalState::{Draft, InReview, Merged};
        for (state, role, wanted, expected) in [
            (Draft, Role::Editor, None, Mode::Writing),
            (Draft, Role::Editor, Some(true), Mode::Suggesting),
            (InReview, Role::Commenter, None, Mode::Suggesting),
            (InReview, Role::Commenter, Some(false), Mode::Suggesting),
            (Draft, Role::Viewer, Some(true), Mode::Reading),
            (Merged, Role::Admin, Some(true), Mode::Reading),
        ] {
            assert_eq!(Mode::of(&page(state, role), wanted, false), expected, "{state:?}, {role}, {wanted:?}");
        }
    }

    #[test]
    fn a_reviewer_suggests_and_changes_the_text_only_once_they_know_the_price() {
        let reviewer = ProposalPage { asked: true, wrote: false, ..page(ProposalState::InReview, Role::Editor) };
        assert_eq!(Mode::of(&reviewer, None, false), Mode::Suggesting);
        assert_eq!(Mode::of(&reviewer, Some(false), false), Mode::Reading);
        assert_eq!(Mode::of(&reviewer, Some(false), true), Mode::Writing);
        assert!(!changes_text(&reviewer, false) && changes_text(&reviewer, true));
    }
}
