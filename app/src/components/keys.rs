//! Keys that pages listen to.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlTextAreaElement};

/// The key of an event that is a command: without a modifier that belongs to the system, and not typed into a field.
pub fn single_key(event: &KeyboardEvent) -> Option<String> {
    let typed = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| matches!(element.closest("input, textarea, select, [contenteditable=true], dialog"), Ok(Some(_))));
    // AltGr, with which many keyboards type brackets, counts as Control and Alt.
    let system = event.meta_key() || (event.ctrl_key() != event.alt_key());
    (!typed && !system && !event.default_prevented()).then(|| event.key())
}

/// In a text area: Command or Control and Enter send its form.
pub fn send_on_enter(event: KeyboardEvent) {
    if event.key() != "Enter" || !(event.meta_key() || event.ctrl_key()) {
        return;
    }
    event.prevent_default();
    if let Some(form) = event_target::<HtmlTextAreaElement>(&event).form() {
        // The browser says itself which field is still empty.
        let _ = form.request_submit();
    }
}
