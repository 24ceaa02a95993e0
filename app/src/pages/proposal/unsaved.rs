//! Text that the server refuses: said plainly, and always to be taken along as a file.

use leptos::prelude::*;

use super::desk::Desk;
use super::kept::Refused;
use super::parts;
use crate::components::{Later, Notice, Reason, Saving, Seat, Status, Tone};

/// Shown when what was typed will not be saved. What else can be done than taking it along is loaded when it comes to that.
#[component]
pub(super) fn Unsaved(
    seat: Seat,
    /// Mounts another editor.
    anew: Trigger,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let refused = Memo::new(move |_| {
        let Saving { status, pending, kept, reason } = desk.saving.get()?;
        // Why one may not write is on the page; the line says it in other words as it comes and goes.
        let reason = reason.filter(|reason| matches!(reason, Reason::SignedOut | Reason::Access | Reason::Gone));
        (pending > 0 && matches!(status, Status::TooLarge | Status::Refused)).then_some((status, reason, kept.is_some()))
    });
    let name = move || desk.page.with(|page| format!("D-{}-P-{}.md", page.design_number, page.number));
    let download = move |_| {
        let mut text = String::new();
        untrack(|| seat.tell(|editor| text = editor.text()));
        crate::editor::save(&name(), &text);
    };
    move || {
        refused.get().map(|(status, reason, kept)| {
            provide_context(Refused { seat, anew, status, reason });
            let whereabouts =
                if kept { " They are only on this device." } else { " They are only in this page, and lost when it is closed." };
            view! {
                <section class="unsaved" aria-label="Changes that are not saved">
                    <Notice tone=Tone::Danger>
                        <p><strong>"Your last changes are not saved."</strong> {whereabouts}</p>
                        <button type="button" class="button" on:click=download>"Download the text"</button>
                    </Notice>
                    <Later view=parts::kept/>
                </section>
            }
        })
    }
}
