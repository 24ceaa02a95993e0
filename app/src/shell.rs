//! The document around the application: head, scripts, theme.

use std::sync::Arc;

use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::backend::Visit;
use crate::model::theme::Theme;
use crate::routes::App;

/// The built files' names under `/pkg`, each with the hash of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// `app.<hash>`: the name of the wasm and its loader, without endings.
    pub wasm: String,
    /// `frame-<hash>.js`: the script that sets `window.quorum`.
    pub frame: String,
    /// `style-<hash>.css`.
    pub style: String,
    /// `parts.<hash>.<part>.bin`: what only the pages of that part need.
    pub parts: Vec<String>,
}

impl Assets {
    /// The name of what a part needs beyond what every page loads.
    pub fn of_part(&self, part: &str) -> Option<&str> {
        self.parts.iter().map(String::as_str).find(|name| name.ends_with(&format!(".{part}.bin")))
    }

    /// Leptos' settings that ask for these files.
    pub fn options(&self) -> LeptosOptions {
        LeptosOptions::builder().output_name(self.wasm.as_str()).site_pkg_dir("pkg").build()
    }
}

/// The whole document.
///
/// Module scripts run in the order in which they stand here, so `window.quorum` is there before the application starts.
pub fn shell(options: LeptosOptions, assets: Assets) -> impl IntoView {
    let theme = use_context::<Arc<dyn Visit>>().and_then(|visit| visit.theme());
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.map(Theme::as_str)>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" type="image/svg+xml" href="/favicon.svg"/>
                <link rel="stylesheet" href=format!("/pkg/{}", assets.style)/>
                <script type="module" nonce=use_nonce() src=format!("/pkg/{}", assets.frame)></script>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
