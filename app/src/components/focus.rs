//! Where the focus goes when what had it, or what one asked for, comes or goes.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement};

/// Moves it now; nothing found: it stays.
pub fn focus(found: Option<Element>) {
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
}

/// Moves it once what is being drawn is in the page.
pub fn focus_next(find: impl FnOnce() -> Option<Element> + 'static) {
    request_animation_frame(move || focus(find()));
}

/// To what has this id, once it is there.
pub fn focus_id(id: String) {
    focus_next(move || document().get_element_by_id(&id));
}

/// To the first that a selector finds, once it is there.
pub fn focus_first(selector: &'static str) {
    focus_next(move || document().query_selector(selector).ok().flatten());
}
