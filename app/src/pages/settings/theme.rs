//! Light, dark, or as the system is.

use leptos::prelude::*;

use crate::components::{Icon, hydrated};
use crate::editor;
use crate::model::theme::{COOKIE, Theme};

/// A year: the cookie holds a taste, not a session.
const LASTS: u32 = 365 * 24 * 60 * 60;

/// The choice, kept in this browser. It is made by script, so it waits for it.
#[component]
pub fn ThemeChooser() -> impl IntoView {
    let ready = hydrated();
    let chosen = RwSignal::new(None::<Theme>);
    Effect::new(move || chosen.set(root_theme()));
    let choice = move |theme: Option<Theme>, icon: &'static str, words: &'static str| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (chosen.get() == theme).to_string()
                disabled=move || !ready.get()
                on:click=move |_| {
                    choose(theme);
                    chosen.set(theme);
                }
            >
                <Icon name=icon/>
                {words}
            </button>
        }
    };
    view! {
        <section class="stack" aria-labelledby="look">
            <h2 id="look">"Look"</h2>
            <div class="chips" role="group" aria-labelledby="look">
                {choice(None, "monitor", "As the system")}
                {choice(Some(Theme::Light), "sun", "Light")}
                {choice(Some(Theme::Dark), "moon", "Dark")}
            </div>
        </section>
    }
}

fn root_theme() -> Option<Theme> {
    document().document_element()?.get_attribute("data-theme")?.parse().ok()
}

fn choose(theme: Option<Theme>) {
    let Some(root) = document().document_element() else { return };
    let word = theme.map_or("", Theme::as_str);
    // Neither name nor value can be refused: both are our own plain words.
    let _ = if word.is_empty() { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", word) };
    let lasts = if word.is_empty() { 0 } else { LASTS };
    editor::set_cookie(&format!("{COOKIE}={word}; Path=/; Max-Age={lasts}; SameSite=Lax"));
}
