//! Text that the server refuses: said plainly, and always to be taken along as a file.

use leptos::prelude::*;

use super::desk::Desk;
use crate::components::{Notice, Saving, Seat, Status, Tone};

/// Shown when what was typed will not be saved.
#[component]
pub(super) fn Unsaved(seat: Seat) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let status = Memo::new(move |_| desk.saving.get().map(|Saving { status, .. }| status));
    let why = move || match status.get()? {
        Status::TooLarge => {
            Some("The text is larger than the server takes, so the last changes are not saved. Download it, or make it shorter.")
        }
        Status::Refused => Some("You may no longer write here. Your last changes are only on this device; download the text to keep them."),
        _ => None,
    };
    let name = move || desk.page.with(|page| format!("D-{}-P-{}.md", page.design_number, page.number));
    let download = move |_| {
        let mut text = String::new();
        untrack(|| seat.tell(|editor| text = editor.text()));
        crate::editor::save(&name(), &text);
    };
    move || {
        why().map(|why| {
            view! {
                <Notice tone=Tone::Danger>
                    <p>{why}</p>
                    <button type="button" class="button" on:click=download>"Download the text"</button>
                </Notice>
            }
        })
    }
}
