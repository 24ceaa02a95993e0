//! A link or token that is seen only once.

use leptos::prelude::*;

use super::{Copy, Notice, Tone};

/// Shows a secret with a button that copies it.
#[component]
pub fn Secret(
    /// The secret itself.
    text: String,
    /// What it is, for screen readers.
    label: &'static str,
    /// What to do with it, and that it will not be shown again.
    children: Children,
) -> impl IntoView {
    view! {
        <Notice tone=Tone::Success>
            <p role="status">{children()}</p>
            <div class="secret">
                <input class="input" readonly=true aria-label=label value=text.clone()/>
                <Copy text=text/>
            </div>
        </Notice>
    }
}
