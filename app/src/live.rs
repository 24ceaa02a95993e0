//! Hints from the server that something changed: what is open fetches again what it shows.

use leptos::prelude::*;
use serde::Deserialize;
use uuid::Uuid;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::editor::{self, Listening};

/// What changed, as `server/src/bus.rs` says it; `all` after a time of not hearing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "noun", rename_all = "snake_case")]
pub enum Hint {
    /// A proposal's frame, revisions, reviews or gate.
    Proposal {
        /// Which.
        id: Uuid,
    },
    /// A proposal's threads.
    Threads {
        /// Which proposal.
        id: Uuid,
    },
    /// A team's list of designs.
    Designs {
        /// Which team.
        team: Uuid,
    },
    /// One's inbox.
    Inbox,
    /// What one may do.
    Access,
    /// Anything: hints may have been missed.
    All,
    /// A newer server's noun that this page does not know.
    #[serde(other)]
    Unknown,
}

/// Calls `heard` with every hint for as long as the place that asked is on the page. Does nothing on the server.
pub fn on_hint(heard: impl Fn(Hint) + Clone + 'static) {
    Effect::new(move || {
        let heard = heard.clone();
        let callback = Closure::new(move |json: String| {
            if let Ok(hint) = serde_json::from_slice(json.as_bytes()) {
                heard(hint);
            }
        });
        let listening = editor::listen(AsRef::<JsValue>::as_ref(&callback).unchecked_ref());
        // Made here and not outside: local storage belongs to one thread, and the server renders a page on several.
        let ear = StoredValue::new_local(Some(Ear { listening, _callback: callback }));
        on_cleanup(move || drop(ear.try_update_value(Option::take)));
    });
}

/// Closed when dropped; the callback lives as long as the script may call it.
struct Ear {
    listening: Listening,
    _callback: Closure<dyn Fn(String)>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.listening.close();
    }
}
