//! The button that sends a form. Other buttons are plain elements of class `button`.

use leptos::prelude::*;

use super::Spinner;

/// Sends its form; busy while the answer is awaited, and does not send twice.
#[component]
pub fn Submit(
    /// The form's action is under way.
    #[prop(into)]
    pending: Signal<bool>,
    /// Something is still missing before the form can be sent; its page says what.
    #[prop(optional, into)]
    blocked: Signal<bool>,
    /// Its classes beside `button`.
    #[prop(default = "primary")]
    class: &'static str,
    /// The answer is shown by script (a link seen only once, a page to go to): not before the script is there.
    #[prop(optional)]
    needs_script: bool,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let ready = hydrated();
    // Tried, because a dialog may hear of a last change when its page is gone already.
    let busy = move || pending.try_get() == Some(true);
    let disabled = move || busy() || blocked.try_get() == Some(true) || (needs_script && ready.try_get() == Some(false));
    view! {
        <button type="submit" class=format!("button {class}") disabled=disabled aria-busy=move || busy().then_some("true")>
            {move || busy().then(|| view! { <Spinner/> })}
            {children()}
        </button>
    }
}

/// Whether the browser's half of the page is running; false on the server and in the first moment.
pub fn hydrated() -> Signal<bool> {
    let ready = RwSignal::new(false);
    Effect::new(move || ready.set(true));
    ready.into()
}
