//! A popover with things to do, opened by its button without any script.

use leptos::prelude::*;

use super::Icon;

/// A button and the menu it opens. Links and buttons in it need no classes; add `danger` to what cannot be undone.
#[component]
pub fn Menu(
    /// Unique on the page; ties button and menu together.
    #[prop(into)]
    id: String,
    /// What the button is for, read aloud and shown when pointed at.
    #[prop(into)]
    label: String,
    /// The button's symbol.
    #[prop(default = "ellipsis")]
    icon: &'static str,
    /// Opens towards the end of the line instead of its start.
    #[prop(optional)]
    start: bool,
    /// What to do.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class="button quiet square above" popovertarget=id.clone() aria-label=label.clone() title=label.clone()>
            <Icon name=icon/>
        </button>
        <div class=if start { "menu start" } else { "menu" } id=id popover="auto" role="group" aria-label=label>
            {children()}
        </div>
    }
}
