//! The button that appears beside a selection.

use leptos::html::Button;
use leptos::prelude::*;

use super::context::Margin;

/// Begins a thread on what is selected. Put it into the element that positions the text.
#[component]
pub fn CommentButton() -> impl IntoView {
    let margin = expect_context::<Margin>();
    let button = NodeRef::<Button>::new();
    // Through the object model, because the content security policy refuses style attributes.
    Effect::new(move |_| {
        if let Some((button, selection)) = button.get().zip(margin.selection.get()) {
            let _ = (*button).style().set_property("--top", &format!("{}px", selection.top));
        }
    });
    let wanted = move || margin.may_discuss.get() && margin.draft.with(Option::is_none) && margin.selection.with(Option::is_some);
    view! {
        <Show when=wanted>
            // The press must not take the selection away before the click reads it.
            <button
                type="button"
                class="button comment-button"
                node_ref=button
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| margin.compose(margin.selection.get_untracked())
            >
                "Comment"
            </button>
        </Show>
    }
    .into_any()
}
