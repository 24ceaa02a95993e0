//! What just happened, said once at the foot of the page.

use std::time::Duration;

use leptos::prelude::*;

/// Long enough to read two short sentences.
const SHOWN: Duration = Duration::from_secs(6);

/// Says things; from context, see [`Toaster`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Toasts {
    said: RwSignal<Vec<(u32, String)>>,
    next: RwSignal<u32>,
}

impl Toasts {
    /// Shows a short sentence for a while and has it read aloud.
    pub fn say(self, what: impl Into<String>) {
        let number = self.next.get_untracked();
        self.next.set(number + 1);
        self.said.update(|said| said.push((number, what.into())));
        set_timeout(move || self.said.update(|said| said.retain(|(other, _)| *other != number)), SHOWN);
    }
}

/// The place where toasts appear; once, in the frame.
#[component]
pub fn Toaster() -> impl IntoView {
    let toasts = expect_context::<Toasts>();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.said.get() key=|(number, _)| *number let:((_, what))>
                <div class="toast">{what}</div>
            </For>
        </div>
    }
}
