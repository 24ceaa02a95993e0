//! Making the live text what it was: the button, what became of it, and the way back from there.

use leptos::prelude::*;

use crate::api::timelines::RestoreText;
use crate::components::{Call, CallForm, Refusal, Submit};
use crate::model::proposal::ProposalPage;
use crate::model::revision::Side;
use crate::pages::proposal::desk::Desk;
use crate::pages::proposal::mode::reviewer;

/// The button, for whoever may write.
#[component]
pub(super) fn Restore(side: Side) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let restore = Call::<RestoreText>::new();
    Effect::new(move |_| {
        if matches!(restore.value().get(), Some(Ok(_))) {
            desk.changed();
        }
    });
    let writable = Memo::new(move |_| desk.page.with(ProposalPage::writable));
    // Asked once: that they are an author then is no reason to change what the button says.
    let warned = untrack(|| desk.page.with(reviewer) && !desk.agreed.get());
    let words = if warned { "Restore this text all the same" } else { "Restore this text" };
    view! {
        <Show when=move || writable.get()>
            {warned.then(|| view! {
                <p class="small">"You were asked to review this proposal. Restoring makes you an author; your approval will not count."</p>
            })}
            <CallForm to=restore>
                <input type="hidden" name="proposal" value=desk.margin.proposal.to_string()/>
                <input type="hidden" name="text" value=side.to_string()/>
                <Submit pending=restore.pending()>{words}</Submit>
            </CallForm>
        </Show>
        <Done restore/>
    }
    .into_any()
}

/// What became of it. The button that undoes it stays when it is pressed, because whoever pressed it is there.
#[component]
fn Done(restore: Call<RestoreText>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let before = Memo::new(move |_| restore.value().get()?.ok().map(|restored| restored.before));
    let text_before = move || before.get().flatten().map(|side| side.to_string()).unwrap_or_default();
    let changes = move || format!("{}?from={}&to=live", desk.link("history"), text_before());
    // Gone meanwhile, so that the same words are read aloud again.
    let words = move || match before.get().filter(|_| !restore.pending().get()) {
        None => "",
        Some(None) => "The text reads so already. Nothing was changed.",
        Some(Some(_)) => "Restored. What the text was until now is kept.",
    };
    view! {
        <Refusal of=restore.value()/>
        <div class="restored">
            <p role="status">{words}</p>
            <Show when=move || before.get().flatten().is_some()>
                <CallForm to=restore>
                    <input type="hidden" name="proposal" value=desk.margin.proposal.to_string()/>
                    <input type="hidden" name="text" value=text_before/>
                    <Submit pending=restore.pending() class="">"Undo: put the text before back"</Submit>
                </CallForm>
                <a class="button quiet" href=changes>"See what that changed"</a>
            </Show>
        </div>
    }
    .into_any()
}
