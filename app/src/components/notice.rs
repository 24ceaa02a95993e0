//! Something to know, beside what it is about.

use leptos::prelude::*;

use super::{Icon, Tone};

/// A notice. A danger is read aloud when it appears.
#[component]
pub fn Notice(
    /// What its colour means.
    #[prop(optional)]
    tone: Tone,
    /// What to know.
    children: Children,
) -> impl IntoView {
    let icon = match tone {
        Tone::Plain | Tone::Accent => "info",
        Tone::Success => "circle-check",
        Tone::Warning => "triangle-alert",
        Tone::Danger => "circle-alert",
    };
    let role = (tone == Tone::Danger).then_some("alert");
    view! {
        <div class=format!("notice {}", tone.class()) role=role>
            <Icon name=icon/>
            <div>{children()}</div>
        </div>
    }
}
