//! The headings of a text, beside it; the one being read is marked.

use leptos::prelude::*;

use crate::model::section::Heading;

/// Links to the headings of a rendered text.
#[component]
pub fn Outline(
    /// In the order of the text.
    headings: Vec<Heading>,
    /// The `id` of the heading being read.
    #[prop(into)]
    current: Signal<Option<String>>,
) -> impl IntoView {
    // A text that begins at level 2 is not indented for that.
    let top = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let entry = move |Heading { level, text, anchor }: Heading| {
        let link = format!("#{anchor}");
        let here = move || current.with(|current| current.as_deref() == Some(anchor.as_str())).then_some("location");
        view! {
            <li data-depth=(level - top).min(3).to_string()>
                <a href=link aria-current=here>{text}</a>
            </li>
        }
    };
    (!headings.is_empty()).then(|| {
        view! {
            <nav class="outline" aria-label="Outline">
                <h2>"Outline"</h2>
                <ol class="plain">{headings.into_iter().map(entry).collect_view()}</ol>
            </nav>
        }
    })
}
