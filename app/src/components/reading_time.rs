//! How long a text takes to read.

use leptos::prelude::*;

/// "4 min to read · 812 words"; nothing where there is nothing to read.
#[component]
pub fn ReadingTime(
    /// Words, without code.
    #[prop(into)]
    words: Signal<u32>,
    /// Whole minutes.
    #[prop(into)]
    minutes: Signal<u32>,
) -> impl IntoView {
    let told = move || match words.get() {
        1 => format!("{} min to read · 1 word", minutes.get()),
        words => format!("{} min to read · {words} words", minutes.get()),
    };
    view! { <Show when=move || words.get() != 0><p class="reading-time muted small">{told}</p></Show> }
}
