//! State as a word on a soft ground.

use leptos::prelude::*;

use crate::model::design::DesignState;
use crate::model::proposal::ProposalState;

/// What a colour means here; the words say it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Under way.
    Accent,
    /// Good.
    Success,
    /// Wants a look.
    Warning,
    /// Stands in the way.
    Danger,
}

impl Tone {
    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Accent => "accent",
            Self::Success => "success",
            Self::Warning => "warning",
            Self::Danger => "danger",
        }
    }
}

/// A word on a soft ground.
#[component]
pub fn Badge(
    /// What its colour means.
    #[prop(optional)]
    tone: Tone,
    /// With a dot before the word: for states.
    #[prop(optional)]
    dotted: bool,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class=format!("badge {} {}", tone.class(), if dotted { "dotted" } else { "" })>{text}</span> }
}

/// Where a design is in its life.
#[component]
pub fn DesignBadge(
    /// Where.
    state: DesignState,
) -> impl IntoView {
    let tone = match state {
        DesignState::Proposed => Tone::Accent,
        DesignState::Accepted | DesignState::Implemented => Tone::Success,
        DesignState::Superseded | DesignState::Withdrawn => Tone::Plain,
    };
    view! { <Badge tone dotted=true text=state.words()/> }
}

/// Where a proposal is.
#[component]
pub fn ProposalBadge(
    /// Where.
    state: ProposalState,
    /// Which, where its design says no more of it.
    #[prop(optional)]
    number: Option<i32>,
) -> impl IntoView {
    let text = number.map_or_else(|| state.words().to_owned(), |number| format!("P-{number} · {}", state.words()));
    let tone = match state {
        ProposalState::Draft | ProposalState::Closed => Tone::Plain,
        ProposalState::InReview => Tone::Warning,
        ProposalState::Merged => Tone::Success,
    };
    view! { <Badge tone dotted=true text/> }
}

impl DesignState {
    /// As a label.
    pub fn words(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Accepted => "Accepted",
            Self::Implemented => "Implemented",
            Self::Superseded => "Superseded",
            Self::Withdrawn => "Withdrawn",
        }
    }
}

impl ProposalState {
    /// As a label.
    pub fn words(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In review",
            Self::Merged => "Merged",
            Self::Closed => "Closed",
        }
    }
}
