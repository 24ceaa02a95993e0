//! Everything a person can see and do in Quorum.
//!
//! `model` holds the product's nouns and pure rules, `backend` the port that the server implements, `api` the doors to it for pages,
//! `pages` and `components` what is on the screen. Compiles to the browser (`hydrate`) and into the server (`ssr`).

pub mod api;
pub mod backend;
pub mod components;
pub mod editor;
pub mod error;
pub mod live;
pub mod model;
pub mod pages;
pub mod routes;
pub mod shell;

/// Attaches to the page that the server rendered, once the editor in it can be typed into: waking all of it takes the browser longer than that.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    editor::when_opened(|| leptos::mount::hydrate_lazy(routes::App));
}
