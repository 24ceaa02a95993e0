//! `[` and `]`: the previous and the next thread, from anywhere but a field.

use leptos::ev;
use leptos::prelude::*;

use super::context::Margin;
use crate::components::keys::single_key;

/// Listens while the margin is on the page.
pub fn listen_for_keys() {
    let margin = expect_context::<Margin>();
    let listener = window_event_listener(ev::keydown, move |event| match single_key(&event).as_deref() {
        Some("[") => margin.step(false),
        Some("]") => margin.step(true),
        _ => {}
    });
    on_cleanup(move || listener.remove());
}
