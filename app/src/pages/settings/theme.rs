//! Light, dark, or as the system is.

use leptos::prelude::*;

use crate::components::{Icon, hydrated};
use crate::editor;
use crate::model::theme::Theme;

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
                    editor::set_theme(theme.map_or("system", Theme::as_str));
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
            <h2 id="look">"Theme"</h2>
            <div class="chips" role="group" aria-labelledby="look">
                {choice(None, "monitor", "Same as system")}
                {choice(Some(Theme::Light), "sun", "Light")}
                {choice(Some(Theme::Dark), "moon", "Dark")}
            </div>
        </section>
    }
}

fn root_theme() -> Option<Theme> {
    document().document_element()?.get_attribute("data-theme")?.parse().ok()
}
