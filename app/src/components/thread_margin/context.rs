//! What the threads margin and the text beside it tell each other.

use std::collections::BTreeMap;

use leptos::html::Article;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::HtmlElement;

use super::shown::Shown;
use crate::components::Fresh;
use crate::components::focus::{focus_first, focus_id};
use crate::model::ids::{ProposalId, ThreadId};
use crate::model::thread::{Anchor, Kind, Place, Thread};

/// A piece of the text that somebody has selected.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    /// Where a thread on it would go.
    pub place: Place,
    /// Its text.
    pub quote: String,
    /// In whole px from the top of the text.
    pub top: i32,
}

/// A thread that is being written. Kept while the person looks at other tabs.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// On what; none: on the whole proposal.
    pub on: Option<Selection>,
}

/// Shared by the margin, its cards and the text.
#[derive(Clone, Copy)]
pub struct Margin {
    /// Whose threads they are.
    pub proposal: ProposalId,
    /// All of them.
    pub threads: Fresh<Vec<Thread>>,
    /// Whether the person may discuss.
    pub may_discuss: Signal<bool>,
    /// Whether they are an admin.
    pub admin: Signal<bool>,
    /// Whether they may change the text now, and know what it costs them.
    pub may_write: Signal<bool>,
    /// The element that the text is in.
    pub text: NodeRef<Article>,
    /// Where the passages are, in px from the top of the text.
    pub tops: RwSignal<BTreeMap<ThreadId, i32>>,
    /// What is selected in the text.
    pub selection: RwSignal<Option<Selection>>,
    /// The thread that is being written.
    pub draft: RwSignal<Option<Draft>>,
    /// Its words.
    pub words: RwSignal<String>,
    /// What it asks.
    pub kind: RwSignal<Kind>,
    /// The thread being read.
    pub active: RwSignal<Option<ThreadId>>,
    /// The thread under the pointer.
    pub hovered: RwSignal<Option<ThreadId>>,
    /// The thread that the text is asked to scroll to.
    pub wanted: RwSignal<Option<ThreadId>>,
    /// Which threads are listed.
    pub shown: RwSignal<Shown>,
    /// Where there is no room beside the text: the drawer is open.
    pub drawer: RwSignal<bool>,
    /// Something in a card changed its height.
    pub nudge: Trigger,
}

impl Margin {
    /// A margin over a proposal's threads.
    pub fn new(
        proposal: ProposalId,
        threads: Fresh<Vec<Thread>>,
        may_discuss: Signal<bool>,
        admin: Signal<bool>,
        may_write: Signal<bool>,
    ) -> Self {
        Self {
            proposal,
            threads,
            may_discuss,
            admin,
            may_write,
            text: NodeRef::new(),
            tops: RwSignal::default(),
            selection: RwSignal::default(),
            draft: RwSignal::default(),
            words: RwSignal::default(),
            kind: RwSignal::new(Kind::Question),
            active: RwSignal::default(),
            hovered: RwSignal::default(),
            wanted: RwSignal::default(),
            shown: RwSignal::default(),
            drawer: RwSignal::new(false),
            nudge: Trigger::new(),
        }
    }

    /// The threads listed now that `belong`, in the order of the text.
    pub fn listed(self, belong: impl Fn(&Anchor) -> bool) -> Vec<Thread> {
        let shown = self.shown.get();
        self.threads.with(|all| all.iter().filter(|thread| shown.lists(thread) && belong(&thread.anchor)).cloned().collect())
    }

    /// The text beside it goes, and with it what only it knew. Told to nobody: when the whole page is left, who listens may be there a moment longer
    /// than what they would look at.
    pub fn text_left(self) {
        self.selection.try_update_untracked(Option::take);
        self.tops.try_update_untracked(BTreeMap::clear);
    }

    /// Somebody wants to read a thread: shows its card and its passage.
    pub fn read(self, thread: ThreadId) {
        self.active.set(Some(thread));
        self.wanted.set(Some(thread));
        self.drawer.set(true);
    }

    /// The drawer is not wanted any more: the focus goes back to what opens it.
    pub fn close_drawer(self) {
        self.drawer.set(false);
        focus_first("button[aria-controls=threads]");
    }

    /// Somebody pressed a passage in the text: shows its card.
    pub fn pressed(self, thread: ThreadId) {
        self.active.set(Some(thread));
        self.drawer.set(true);
        if untrack(|| self.listed(|_| true)).iter().all(|listed| listed.id != thread) {
            self.shown.set(Shown::All);
        }
        show_in_drawer(thread);
    }

    /// The thread after (or before) the one being read.
    pub fn step(self, forward: bool) {
        let listed: Vec<ThreadId> = untrack(|| self.listed(|_| true)).into_iter().map(|thread| thread.id).collect();
        let current = self.active.get_untracked().and_then(|active| listed.iter().position(|id| *id == active));
        let next = match (current, forward) {
            (None, true) => listed.first(),
            (None, false) => listed.last(),
            (Some(at), true) => listed.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|at| listed.get(at)),
        };
        if let Some(next) = next {
            self.read(*next);
            focus_id(format!("thread-{next}"));
        }
    }

    /// Somebody wants to write a thread on what is selected, or on the whole proposal.
    pub fn compose(self, on: Option<Selection>) {
        self.draft.set(Some(Draft { on }));
        self.active.set(None);
        self.drawer.set(true);
    }
}

/// In the drawer a card may be out of sight; beside the text it is where its passage is.
fn show_in_drawer(thread: ThreadId) {
    request_animation_frame(move || {
        let narrow = document().query_selector("button[aria-controls=threads]").ok().flatten();
        let narrow = narrow.and_then(|button| button.dyn_into::<HtmlElement>().ok()).is_some_and(|button| button.offset_height() > 0);
        if let Some(card) = document().get_element_by_id(&format!("thread-{thread}")).filter(|_| narrow) {
            card.scroll_into_view();
        }
    });
}
