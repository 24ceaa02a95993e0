//! The headings of a text, beside it; the one being read is marked. Where there is no room beside the text it is above it, folded.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::Icon;
use crate::model::section::Heading;

/// What of an outline stays as its person left it when the text, and with it the outline, is made anew.
#[derive(Clone, Copy, Debug, Default)]
pub struct Folds {
    /// Anchors of headings whose subheadings are hidden.
    folded: RwSignal<BTreeSet<String>>,
    /// It is shown although there is no room beside the text.
    open: RwSignal<bool>,
}

/// A heading with its place in the tree.
#[derive(Clone)]
struct Entry {
    heading: Heading,
    depth: u8,
    /// The anchors of those above it, outermost first.
    above: Vec<String>,
    parent: bool,
}

/// Links to the headings of a rendered text.
#[component]
pub fn Outline(
    /// In the order of the text.
    headings: Vec<Heading>,
    /// The `id` of the heading being read.
    #[prop(into)]
    current: Signal<Option<String>>,
    /// What is folded.
    folds: Folds,
) -> impl IntoView {
    let entries = StoredValue::new(entries(headings));
    let Folds { folded, open } = folds;
    // In a folded part, the heading that one sees of it.
    let marked = Memo::new(move |_| {
        let current = current.get()?;
        let above = entries.with_value(|entries| {
            entries.iter().find(|entry| entry.heading.anchor == current).map(|entry| entry.above.clone()).unwrap_or_default()
        });
        folded.with(|folded| above.into_iter().find(|anchor| folded.contains(anchor))).or(Some(current))
    });
    let list = entries.get_value().into_iter().map(move |entry| view! { <Line entry marked folded/> }).collect_view();
    (!entries.with_value(Vec::is_empty)).then(|| {
        view! {
            <nav class="outline" aria-label="Outline" data-open=move || open.get().to_string()>
                <h2>"Outline"</h2>
                <button
                    type="button"
                    class="outline-open button quiet compact"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    <Icon name="list"/>
                    "Outline"
                </button>
                <ol class="plain">{list}</ol>
            </nav>
        }
    })
}

/// One heading: its link, and the button that folds what is below it.
#[component]
fn Line(entry: Entry, marked: Memo<Option<String>>, folded: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let Entry { heading: Heading { text, anchor, .. }, depth, above, parent } = entry;
    let link = format!("#{anchor}");
    let key = StoredValue::new(anchor);
    let here = move || marked.with(|marked| key.with_value(|key| marked.as_ref() == Some(key))).then_some("location");
    let closed = Memo::new(move |_| folded.with(|folded| key.with_value(|key| folded.contains(key))));
    let hidden = move || folded.with(|folded| above.iter().any(|anchor| folded.contains(anchor)));
    let toggle = move |_| {
        folded.update(|folded| {
            let key = key.get_value();
            if !folded.remove(&key) {
                folded.insert(key);
            }
        });
    };
    let fold = parent.then(|| {
        let name = format!("Parts of “{text}”");
        view! {
            <button type="button" class="outline-fold" aria-label=name aria-expanded=move || (!closed.get()).to_string() on:click=toggle>
                <Icon name=Signal::derive(move || if closed.get() { "chevron-right" } else { "chevron-down" })/>
            </button>
        }
    });
    view! {
        <li data-depth=depth.to_string() hidden=hidden>
            <a href=link aria-current=here>{text}</a>
            {fold}
        </li>
    }
}

/// Who is above whom. A text that begins at level 2 is not indented for that.
fn entries(headings: Vec<Heading>) -> Vec<Entry> {
    let top = headings.iter().map(|heading| heading.level).min().unwrap_or(1);
    let levels: Vec<u8> = headings.iter().map(|heading| heading.level).chain([0]).collect();
    let mut above: Vec<(u8, String)> = Vec::new();
    headings
        .into_iter()
        .enumerate()
        .map(|(index, heading)| {
            above.retain(|(level, _)| *level < heading.level);
            let anchors = above.iter().map(|(_, anchor)| anchor.clone()).collect();
            above.push((heading.level, heading.anchor.clone()));
            let parent = levels[index + 1] > heading.level;
            Entry { depth: (heading.level - top).min(3), heading, above: anchors, parent }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_knows_those_it_is_under_and_whether_others_are_under_it() {
        let heading = |level, anchor: &str| Heading { level, text: anchor.into(), anchor: anchor.into() };
        let entries = entries(vec![heading(2, "a"), heading(4, "b"), heading(3, "c"), heading(2, "d"), heading(3, "e")]);
        let told: Vec<(u8, Vec<&str>, bool)> =
            entries.iter().map(|entry| (entry.depth, entry.above.iter().map(String::as_str).collect(), entry.parent)).collect();
        assert_eq!(told, [(0, vec![], true), (2, vec!["a"], false), (1, vec!["a"], false), (0, vec![], true), (1, vec!["d"], false)]);
    }
}
