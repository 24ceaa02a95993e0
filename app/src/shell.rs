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
    /// `inter-latin-<hash>.woff2`: what nearly every word of the interface is set in.
    pub font: String,
    /// `parts.<hash>.<part>.bin`: what only the pages of that part need.
    pub parts: Vec<String>,
    /// The scripts of the editor, each with the hash of its content.
    pub editor: Vec<String>,
}

/// The part that is scripts and not a piece of the module.
pub const EDITOR: &str = "editor";

impl Assets {
    /// What every page needs to be painted, as values of the header `Link`: a browser asks for it when a page's first bytes come, where of a long
    /// one it would first read on for as long as the files take. Not the module, which must not come before the editor's scripts.
    pub fn always(&self) -> [String; 3] {
        let Self { frame, style, font, .. } = self;
        [
            format!("</pkg/{style}>; rel=preload; as=style"),
            format!("</pkg/{font}>; rel=preload; as=font; type=\"font/woff2\"; crossorigin"),
            format!("</pkg/{frame}>; rel=modulepreload"),
        ]
    }

    /// What a part needs beyond what every page loads, as values of the header `Link`. The editor is one too.
    pub fn links(&self, part: &str) -> Vec<String> {
        if part == EDITOR {
            return self.editor.iter().map(|name| format!("</pkg/{name}>; rel=modulepreload")).collect();
        }
        let ends = format!(".{part}.bin");
        let needed = self.parts.iter().filter(|name| name.ends_with(&ends));
        needed.map(|name| format!("</pkg/{name}>; rel=preload; as=fetch; crossorigin")).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_names_its_piece_of_the_module_and_the_editor_its_scripts() {
        let [wasm, frame, style, font] = ["app.1f", "frame-1.js", "style-1.css", "inter-latin-1.woff2"].map(String::from);
        let parts = vec!["parts.1f.proposal.bin".into(), "parts.1f.read.bin".into()];
        let assets = Assets { wasm, frame, style, font, parts, editor: vec!["frame-1.js".into(), "editor-1.js".into()] };
        assert_eq!(assets.links("read"), ["</pkg/parts.1f.read.bin>; rel=preload; as=fetch; crossorigin"]);
        assert_eq!(assets.links(EDITOR), ["</pkg/frame-1.js>; rel=modulepreload", "</pkg/editor-1.js>; rel=modulepreload"]);
        assert!(assets.links("none").is_empty());
    }
}
