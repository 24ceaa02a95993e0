//! The place of the editor or the reader on a page: mounts it, talks to it, takes it down.

use js_sys::Function;
use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::Margin;
use super::text_event::TextEvent;
use crate::editor::Mounted;
use crate::model::ids::ThreadId;
use crate::model::suggestion::{Edit, State, Suggestion};
use crate::model::thread::{Anchor, Thread};

type Held = (Mounted, Closure<dyn Fn(String)>);

/// Holds what is mounted; taken down with the component that made the seat.
#[derive(Clone, Copy)]
pub struct Seat {
    /// Who made the seat. What is mounted from an effect must not be the effect's: it would be dropped before it is destroyed.
    owner: StoredValue<Option<Owner>>,
    /// Local storage belongs to one thread and the server renders a page on several, so it is made only once something is mounted.
    held: StoredValue<Option<StoredValue<Option<Held>, LocalStorage>>>,
    there: RwSignal<bool>,
}

impl Default for Seat {
    fn default() -> Self {
        Self::new()
    }
}

impl Seat {
    /// An empty seat.
    pub fn new() -> Self {
        let seat = Self { owner: StoredValue::new(Owner::current()), held: StoredValue::new(None), there: RwSignal::new(false) };
        on_cleanup(move || seat.clear());
        seat
    }

    /// Mounts something that sends its events to `hear`. In the browser only.
    pub fn mount(self, make: impl FnOnce(&Function) -> Mounted, hear: impl Fn(TextEvent) + 'static) {
        self.clear();
        let callback = Closure::<dyn Fn(String)>::new(move |json: String| {
            if let Ok(event) = serde_json::from_slice(json.as_bytes()) {
                hear(event);
            }
        });
        let mounted = make(callback.as_ref().unchecked_ref());
        let keep = move || StoredValue::new_local(Some((mounted, callback)));
        let kept = match self.owner.get_value() {
            Some(owner) => owner.with(keep),
            None => keep(),
        };
        self.held.set_value(Some(kept));
        self.there.set(true);
    }

    /// Talks to what is mounted; in an effect, again when something else is.
    pub fn tell(self, act: impl FnOnce(&Mounted)) {
        if !self.there.get() {
            return;
        }
        if let Some(held) = self.held.get_value() {
            held.try_with_value(|held| held.as_ref().map(|(mounted, _)| act(mounted)));
        }
    }

    fn clear(self) {
        let Some(Some(held)) = self.held.try_update_value(Option::take) else { return };
        if let Some(Some((mounted, callback))) = held.try_update_value(Option::take) {
            mounted.destroy();
            drop(callback);
        }
        held.dispose();
        self.there.try_set(false);
    }

    /// Keeps what is mounted in step with the margin.
    pub fn follow(self, margin: Margin) {
        Effect::new(move |_| {
            let threads = margin.threads.with(|threads| marks(threads));
            self.tell(|mounted| mounted.set_threads(&threads));
        });
        Effect::new(move |_| {
            let active = margin.hovered.get().or(margin.active.get()).map(|id| id.to_string()).unwrap_or_default();
            self.tell(|mounted| mounted.set_active_thread(&active));
        });
        Effect::new(move |_| {
            // Wanted by the page's address, it may be before there is a text to scroll.
            if self.there.get()
                && let Some(wanted) = margin.wanted.get()
            {
                self.tell(|mounted| mounted.scroll_to_thread(&wanted.to_string()));
                margin.wanted.set(None);
            }
        });
    }
}

/// A passage to mark: the editor reads the relative positions, the reader the offsets.
#[derive(Serialize)]
struct Mark<'a> {
    id: ThreadId,
    from: u32,
    to: u32,
    start: &'a str,
    end: &'a str,
    kind: &'static str,
    resolved: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<Suggested<'a>>,
}

/// What the thread suggests: the editor shows it in the text.
#[derive(Serialize)]
struct Suggested<'a> {
    mine: bool,
    state: State,
    edits: Vec<SuggestedEdit<'a>>,
}

/// One place of it; without positions where it is nowhere.
#[derive(Serialize)]
struct SuggestedEdit<'a> {
    start: &'a str,
    end: &'a str,
    original: &'a str,
    replacement: &'a str,
}

fn suggested(Suggestion { mine, state, edits, .. }: &Suggestion) -> Suggested<'_> {
    Suggested { mine: *mine, state: *state, edits: edits.iter().map(place).collect() }
}

fn place(Edit { anchor, original, replacement }: &Edit) -> SuggestedEdit<'_> {
    let (start, end) = if let Anchor::At { start, end, .. } = anchor { (start.as_str(), end.as_str()) } else { ("", "") };
    SuggestedEdit { start, end, original, replacement }
}

fn mark(Thread { id, kind, anchor, resolved, suggestion, .. }: &Thread) -> Option<Mark<'_>> {
    let (from, to, start, end) = match anchor {
        Anchor::At { from, to, start, end, .. } => (*from, *to, start.as_str(), end.as_str()),
        // In an empty text: the editor knows where it goes.
        Anchor::Whole if suggestion.is_some() => (0, 0, "", ""),
        Anchor::Whole | Anchor::Detached => return None,
    };
    let suggestion = suggestion.as_ref().map(suggested);
    Some(Mark { id: *id, from, to, start, end, kind: kind.as_str(), resolved: resolved.is_some(), suggestion })
}

fn marks(threads: &[Thread]) -> String {
    let marks: Vec<Mark<'_>> = threads.iter().filter_map(mark).collect();
    serde_json::to_string(&marks).unwrap_or_else(|_| "[]".into())
}
