//! Send for review: freezes a revision and asks people to judge it.

use leptos::prelude::*;

use super::desk::Desk;
use super::dialogs::Dialogs;
use crate::api::proposals::{FindCandidates, SendForReview};
use crate::components::{Avatar, Dialog, Icon, Refusal, Submit, Toasts};
use crate::model::account::Person;
use crate::model::review::Candidate;

/// The dialog.
#[component]
pub(super) fn SendDialog() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let open = expect_context::<Dialogs>().sending;
    let toasts = expect_context::<Toasts>();
    let send = ServerAction::<SendForReview>::new();
    let chosen = RwSignal::new(Vec::<Candidate>::new());
    Effect::new(move |_| {
        if let Some(Ok(revision)) = send.value().get() {
            open.set(false);
            chosen.set(Vec::new());
            toasts.say(format!("Revision {revision} is in review."));
            desk.changed();
        }
    });
    // What is still on its way would be missing in the revision. Asked once more while the page is left, when nothing of it is there any more.
    let waiting = move || desk.saving.try_get().flatten().is_some_and(|saving| saving.pending > 0);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let reviewers = chosen.with_untracked(|chosen| chosen.iter().map(|member| member.account).collect());
        send.dispatch(SendForReview { proposal: desk.margin.proposal, reviewers });
    };
    view! {
        <Dialog open title="Send for review">
            <form class="stack" on:submit=submit>
                <p>
                    "Sending freezes the text as it is now as "
                    <strong>"revision " {move || desk.newest() + 1}</strong>
                    ". Reviewers judge exactly that text; you can go on writing meanwhile. "
                    {move || (desk.newest() > 0).then_some("If nothing has changed since the last revision, that one is used.")}
                </p>
                <Chooser chosen open/>
                <Show when=waiting>
                    <p class="muted" role="status">"Waiting until your last changes are on the server…"</p>
                </Show>
                <Refusal of=send.value()/>
                <Show when=move || chosen.with(Vec::is_empty)>
                    <p class="small muted">"Nobody is asked yet: choose reviewers, or send it without."</p>
                </Show>
                <div class="actions">
                    <Submit pending=send.pending() blocked=Signal::derive(waiting)>"Send for review"</Submit>
                </div>
            </form>
        </Dialog>
    }
    .into_any()
}

/// Searches people as one types; those chosen are chips.
#[component]
fn Chooser(chosen: RwSignal<Vec<Candidate>>, open: RwSignal<bool>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let find = ServerAction::<FindCandidates>::new();
    let like = RwSignal::new(String::new());
    let search = move || {
        find.dispatch(FindCandidates { proposal: desk.margin.proposal, like: like.get_untracked() });
    };
    Effect::new(move |_| {
        if open.get() {
            search();
        }
    });
    let me = desk.me.with_value(|me| me.account);
    let found = move || {
        let already = chosen.get();
        let found = find.value().get().and_then(Result::ok).unwrap_or_default();
        let free = |member: &Candidate| member.account != me && already.iter().all(|other| other.account != member.account);
        found.into_iter().filter(free).collect::<Vec<_>>()
    };
    let choose = move |member: Candidate| {
        chosen.update(|chosen| chosen.push(member));
        like.set(String::new());
        search();
    };
    view! {
        <div class="chooser">
            <label class="field">
                <span class="label">"Reviewers"</span>
                <input
                    class="input"
                    type="search"
                    placeholder="Name or e-mail address"
                    autocomplete="off"
                    prop:value=like
                    on:input=move |event| {
                        like.set(event_target_value(&event));
                        search();
                    }
                />
            </label>
            <ul class="chips" aria-label="Chosen reviewers">
                <For each=move || chosen.get() key=|member| member.account let(member)>
                    <Chosen member chosen/>
                </For>
            </ul>
            <ul class="candidates" aria-label="People who can review">
                <For each=found key=|member| member.account let(member)>
                    <Offered member choose=Callback::new(choose)/>
                </For>
            </ul>
        </div>
    }
    .into_any()
}

#[component]
fn Chosen(member: Candidate, chosen: RwSignal<Vec<Candidate>>) -> impl IntoView {
    let Candidate { account, name, .. } = member;
    let label = format!("Do not ask {name}");
    view! {
        <li>
            <button
                type="button"
                class="chip"
                aria-label=label
                on:click=move |_| chosen.update(|chosen| chosen.retain(|member| member.account != account))
            >
                {name}
                <Icon name="x"/>
            </button>
        </li>
    }
    .into_any()
}

#[component]
fn Offered(member: Candidate, choose: Callback<Candidate>) -> impl IntoView {
    let person = Person { id: Some(member.account), name: member.name.clone() };
    let shown = member.clone();
    view! {
        <li>
            <button type="button" on:click=move |_| choose.run(member.clone())>
                <Avatar person size="small"/>
                <span class="grow">
                    {shown.name} " " <span class="muted small">{shown.email}</span>
                    {shown.wrote.then(|| view! { <span class="small">" wrote in it: approval would not count"</span> })}
                </span>
                <Icon name="plus"/>
            </button>
        </li>
    }
    .into_any()
}
