//! What can be done with changes that the server refused: they are shown, and leave this device only in the way that the person chooses.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use crate::api::unsent::{CompareUnsent, ProposeUnsent, SuggestUnsent};
use crate::components::{Call, Dialog, DiffView, Failure, Reason, Refusal, Saving, Seat, Skeleton, Status, Toasts};
use crate::editor::{self, Mounted};
use crate::model::proposal::ProposalPage;
use crate::model::unsent::Carried;
use crate::pages::door::load;
use crate::pages::links;

/// Where the changes are, and why they stay there.
#[derive(Clone, Copy)]
pub(super) struct Refused {
    /// Their editor.
    pub seat: Seat,
    /// Mounts another in its place.
    pub anew: Trigger,
    /// Refused, or too large.
    pub status: Status,
    /// Why refused.
    pub reason: Option<Reason>,
}

impl Refused {
    /// Whether the server may be asked about them.
    fn shown(self) -> bool {
        self.status != Status::TooLarge && !matches!(self.reason, Some(Reason::SignedOut | Reason::Access | Reason::Gone))
    }

    fn why(self, page: &ProposalPage) -> String {
        match self.reason {
            _ if self.status == Status::TooLarge => "With them the text is larger than the server takes.".into(),
            Some(Reason::SignedOut) => "You are signed out. Sign in again and come back, and they are sent.".into(),
            Some(Reason::Access | Reason::Gone) => "This proposal is no longer there for you.".into(),
            _ => page.unwritable().unwrap_or_else(|| "The server does not take them at present.".into()),
        }
    }

    fn editor(self) -> Option<Mounted> {
        let mut mounted = None;
        untrack(|| self.seat.tell(|editor| mounted = Some(editor.clone())));
        mounted
    }

    /// Hands the changes to a call, unless the page was left while they were gathered.
    fn send(self, saving: RwSignal<Option<Saving>>, call: impl FnOnce(String) + 'static) {
        let Some(editor) = self.editor() else { return };
        spawn_local(async move {
            let changes = editor::changes(&editor).await;
            if let Some(changes) = changes.filter(|_| saving.try_get_untracked().is_some()) {
                call(changes);
            }
        });
    }

    /// Takes the changes off this device.
    fn forget(self, saving: RwSignal<Option<Saving>>, then: impl FnOnce() + 'static) {
        let Some(editor) = self.editor() else { return };
        spawn_local(async move {
            editor::discard(&editor).await;
            // Their panel goes with them.
            saving.try_set(None);
            then();
        });
    }
}

/// The panel's lower part.
#[component]
pub(super) fn Kept() -> impl IntoView {
    let (desk, refused) = (expect_context::<Desk>(), expect_context::<Refused>());
    let why = move || desk.page.with(|page| refused.why(page));
    let shown = refused.shown();
    let carries_on = Memo::new(move |_| shown && desk.page.with(ProposalPage::carries_on));
    let takes_suggestions = Memo::new(move |_| shown && desk.page.with(ProposalPage::takes_suggestions));
    view! {
        <div class="kept">
            <p>{why}</p>
            <div class="line">
                <Show when=move || carries_on.get()><Propose/></Show>
                <Show when=move || takes_suggestions.get()><Suggest/></Show>
                <Discard/>
            </div>
            {shown.then(|| view! { <Changes/> })}
        </div>
    }
    .into_any()
}

/// What they would change in the text on the server.
#[component]
fn Changes() -> impl IntoView {
    let (desk, refused) = (expect_context::<Desk>(), expect_context::<Refused>());
    let proposal = desk.margin.proposal;
    let compare = Call::<CompareUnsent>::new();
    Effect::new(move |_| refused.send(desk.saving, move |changes| compare.send(&CompareUnsent { proposal, changes })));
    view! {
        <section class="comparison" aria-label="What they would change">
            {move || match compare.value().get() {
                None => view! { <Skeleton/> }.into_any(),
                Some(Ok(comparison)) => view! { <DiffView comparison source=true/> }.into_any(),
                Some(Err(error)) => view! { <Failure error/> }.into_any(),
            }}
        </section>
    }
}

/// A new proposal, for who may write.
#[component]
fn Propose() -> impl IntoView {
    let (desk, refused) = (expect_context::<Desk>(), expect_context::<Refused>());
    let proposal = desk.margin.proposal;
    let propose = Call::<ProposeUnsent>::new();
    Effect::new(move |_| {
        // The answer means that they are on the server's disk.
        if let Some(Ok(Carried { number, clashes })) = propose.value().get() {
            let design = desk.page.peek(|page| page.design_number);
            // Where there is something to look at, it is seen best beside what is accepted.
            let link = desk.team.with_value(|team| match clashes {
                0 => links::proposal(team, design, number, "write"),
                _ => links::comparison(team, design, number, "accepted", "live"),
            });
            // As a new page: of this one nothing is of use any more.
            refused.forget(desk.saving, move || load(&link));
        }
    });
    let press = move |_| refused.send(desk.saving, move |changes| propose.send(&ProposeUnsent { proposal, changes }));
    view! {
        <button type="button" class="button primary" disabled=move || propose.pending().get() on:click=press>"Make a new proposal of them"</button>
        <Refusal of=propose.value()/>
    }
}

/// Suggestions, for who may comment.
#[component]
fn Suggest() -> impl IntoView {
    let (desk, refused, toasts) = (expect_context::<Desk>(), expect_context::<Refused>(), expect_context::<Toasts>());
    let proposal = desk.margin.proposal;
    let suggest = Call::<SuggestUnsent>::new();
    Effect::new(move |_| {
        if let Some(Ok(count)) = suggest.value().get() {
            refused.forget(desk.saving, move || {
                toasts.say(if count == 1 {
                    "Your change is a suggestion now.".into()
                } else {
                    format!("Your changes are {count} suggestions now.")
                });
                desk.margin.threads.again();
                refused.anew.notify();
            });
        }
    });
    let press = move |_| refused.send(desk.saving, move |changes| suggest.send(&SuggestUnsent { proposal, changes }));
    view! {
        <button type="button" class="button primary" disabled=move || suggest.pending().get() on:click=press>"Make suggestions of them"</button>
        <Refusal of=suggest.value()/>
    }
}

/// Throwing them away; asks once.
#[component]
fn Discard() -> impl IntoView {
    let (desk, refused) = (expect_context::<Desk>(), expect_context::<Refused>());
    let asking = RwSignal::new(false);
    let discard = move |_| {
        asking.set(false);
        refused.forget(desk.saving, move || refused.anew.notify());
    };
    view! {
        <button type="button" class="button danger" on:click=move |_| asking.set(true)>"Discard them…"</button>
        <Dialog open=asking title="Discard your last changes?">
            <div class="stack">
                <p>"They are only on this device. Once discarded they are gone, and nobody can bring them back."</p>
                <div class="actions">
                    <button type="button" class="button" on:click=move |_| asking.set(false)>"Keep them"</button>
                    <button type="button" class="button danger primary" on:click=discard>"Discard them"</button>
                </div>
            </div>
        </Dialog>
    }
}
