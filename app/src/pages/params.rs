//! The parts of an address that pages read.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// A part as it is; empty when missing.
pub fn text_param(name: &'static str) -> Memo<String> {
    let params = use_params_map();
    Memo::new(move |_| params.with(|params| params.get(name)).unwrap_or_default())
}

/// A number; 0, which nothing has, when it is none, so that the server answers "not found".
pub fn number_param(name: &'static str) -> Memo<i32> {
    let text = text_param(name);
    Memo::new(move |_| text.with(|text| text.parse().unwrap_or(0)))
}
