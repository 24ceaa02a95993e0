//! What can be done with the proposal as a whole.

use leptos::prelude::*;

use super::desk::Desk;
use super::dialogs::Dialogs;
use super::mode::reviewer;
use crate::api::proposals::{Hold, ReopenProposal};
use crate::components::{Call, CallForm, Icon, Menu, Refusal};
use crate::model::proposal::ProposalState;
use crate::model::role::Act;
use crate::pages::links;

/// The buttons at the right of the title.
#[component]
pub(super) fn HeaderActs() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let dialogs = Dialogs::new();
    provide_context(dialogs);
    let state = Memo::new(move |_| desk.page.with(|page| page.state));
    let may = Memo::new(move |_| desk.page.with(|page| page.role.may(Act::Write) && !page.archived));
    let in_review = move || may.get() && state.get() == ProposalState::InReview;
    let send_class = move || if state.get() == ProposalState::Draft { "button primary" } else { "button" };
    // Whoever was asked to judge came for that.
    let merge_class = move || if desk.page.with(reviewer) { "button" } else { "button primary" };
    view! {
        <div class="line acts" on:pointerenter=move |_| Dialogs::fetch() on:focusin=move |_| Dialogs::fetch()>
            <Show when=move || may.get() && state.get().open()>
                <button type="button" class=send_class on:click=move |_| dialogs.sending.set(true)>
                    "Send for review"
                </button>
            </Show>
            <Show when=in_review>
                <button type="button" class=merge_class on:click=move |_| dialogs.merging.set(true)>"Merge"</button>
            </Show>
            <Show when=move || may.get() && state.get() == ProposalState::Closed>
                <Reopen/>
            </Show>
            <More in_review=Signal::derive(in_review) may_close=Signal::derive(move || may.get() && state.get().open())/>
        </div>
        {dialogs.view()}
    }
    .into_any()
}

#[component]
fn Reopen() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let reopen = Call::<ReopenProposal>::new();
    Effect::new(move |_| {
        if matches!(reopen.value().get(), Some(Ok(()))) {
            desk.changed();
        }
    });
    view! {
        <CallForm to=reopen>
            <input type="hidden" name="proposal" value=desk.margin.proposal.to_string()/>
            <button class="button primary" disabled=move || reopen.pending().get()>"Reopen"</button>
        </CallForm>
        <Refusal of=reopen.value()/>
    }
    .into_any()
}

#[component]
fn More(in_review: Signal<bool>, may_close: Signal<bool>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let dialogs = expect_context::<Dialogs>();
    let hold = Call::<Hold>::new();
    Effect::new(move |_| {
        if matches!(hold.value().get(), Some(Ok(()))) {
            desk.changed();
        }
    });
    let held = move || desk.page.with(|page| page.held_by.is_some());
    let (design, number) = desk.page.peek(|page| (page.design_number, page.number));
    let export = move |as_imported| desk.team.with_value(|team| links::export_live(team, design, number, as_imported));
    view! {
        <Menu id="proposal-menu" label="More about this proposal">
            <Show when=move || in_review.get()>
                <CallForm to=hold>
                    <input type="hidden" name="proposal" value=desk.margin.proposal.to_string()/>
                    <input type="hidden" name="held" value=move || (!held()).to_string()/>
                    <button>
                        <Icon name=Signal::derive(move || if held() { "lock-open" } else { "lock" })/>
                        {move || if held() { "Release the text" } else { "Hold the text" }}
                    </button>
                </CallForm>
            </Show>
            <a href=export(false) rel="external" download=""><Icon name="download"/>"Export as Markdown"</a>
            <a href=export(true) rel="external" download=""><Icon name="download"/>"Export as imported"</a>
            <Show when=move || may_close.get()>
                <button type="button" class="danger" on:click=move |_| dialogs.closing.set(true)><Icon name="x"/>"Close…"</button>
            </Show>
        </Menu>
        <Refusal of=hold.value()/>
    }
    .into_any()
}
