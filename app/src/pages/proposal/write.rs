//! Tab Write: the shared text in the editor, with its threads beside it.

use leptos::html::Div;
use leptos::prelude::*;
use serde::Serialize;

use super::desk::Desk;
use super::mode::{Mode, ModeChoice, reviewer};
use super::parts;
use super::unsaved::Unsaved;
use crate::components::{CommentButton, Later, Saving, Seat, Status, StatusLine, TextEvent, ThreadMargin, ThreadsButton, Toasts};
use crate::editor;

/// What the editor is mounted with.
#[derive(Serialize)]
struct Options {
    proposal: String,
    account: String,
    name: String,
    mode: &'static str,
    copy: Option<Label>,
}

/// What the copy on this device is called.
#[derive(Serialize)]
struct Label {
    team: String,
    #[serde(rename = "teamName")]
    team_name: String,
    design: i32,
    number: i32,
    title: String,
}

/// The tab.
#[component]
pub(super) fn Write() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let (seat, place, faces) = (Seat::new(), NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let mode = Memo::new(move |_| desk.page.with(|page| Mode::of(page, desk.suggesting.get(), desk.agreed.get())));
    let warned = Memo::new(move |_| mode.get() == Mode::Reading && desk.page.with(|page| page.writable() && reviewer(page)));
    let source = RwSignal::new(false);
    let anew = Trigger::new();
    let opening = untrack(|| options(&desk, mode.get()));
    Effect::new(move |_| {
        anew.track();
        if let Some(place) = place.get() {
            let options = untrack(|| options(&desk, mode.get()));
            seat.mount(|on_event| editor::mount_editor(&place, &options, on_event), listener());
        }
    });
    Effect::new(move |_| {
        if let Some(faces) = faces.get() {
            seat.tell(|editor| editor.show_people(&faces));
        }
    });
    Effect::new(move |_| seat.tell(|editor| editor.set_mode(mode.get().as_str())));
    Effect::new(move |_| seat.tell(|editor| editor.set_source(source.get())));
    seat.follow(desk.margin);
    on_cleanup(move || leave(&desk));
    view! {
        <Show when=move || warned.get()><Later view=parts::author_notice/></Show>
        <Unsaved seat anew/>
        // In sight wherever one writes: whether it is saved, and who else is here.
        <div class="desk-bar staying">
            <ModeChoice mode/>
            <div class="desk-state">
                <Unkept/>
                // The editor's own too: who else is here.
                <div class="presence" node_ref=faces></div>
                <Show when=move || desk.saving.with(Option::is_some)>
                    <StatusLine saving=desk.saving.into()/>
                </Show>
            </div>
            <button
                type="button"
                class="chip"
                aria-pressed=move || source.get().to_string()
                on:click=move |_| source.update(|source| *source = !*source)
            >
                "Source"
            </button>
            <ThreadsButton/>
        </div>
        <div class="desk writing">
            <article class="desk-text" aria-label="Text" node_ref=desk.margin.text>
                // The editor's own: nothing here renders into it again. In a page of the server's it is there before the application.
                <div class="editor-place" node_ref=place data-options=opening></div>
                <CommentButton/>
            </article>
            <ThreadMargin/>
        </div>
        // As markup: where scripts run, a browser does not look into it, and neither may hydration.
        <noscript inner_html=r#"<p class="notice">Writing needs JavaScript. The text can be read without it, in the tab Read.</p>"#></noscript>
    }
    .into_any()
}

/// Said when it matters: while changes are nowhere but in this page, because the team keeps nothing on devices.
#[component]
fn Unkept() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let keeps = desk.membership().is_some_and(|team| team.device_copies);
    let waits = |saving: &Saving| saving.pending > 0 && saving.status != Status::Saving;
    let unkept = move || !keeps && desk.saving.with(|saving| saving.as_ref().is_some_and(waits));
    view! {
        <Show when=unkept>
            <span class="muted small">"This team keeps nothing on devices."</span>
        </Show>
    }
}

fn options(desk: &Desk, mode: Mode) -> String {
    let options = desk.me.with_value(|me| Options {
        proposal: desk.margin.proposal.to_string(),
        account: me.account.to_string(),
        name: me.name.clone(),
        mode: mode.as_str(),
        copy: label(desk),
    });
    serde_json::to_string(&options).unwrap_or_default()
}

/// None where the team wants no copies on devices.
fn label(desk: &Desk) -> Option<Label> {
    let team = desk.membership()?;
    let (design, number, title) = desk.page.peek(|page| (page.design_number, page.number, page.title.clone()));
    team.device_copies.then_some(Label { team: team.slug, team_name: team.name, design, number, title })
}

/// What the editor says, told to those who show it.
fn listener() -> impl Fn(TextEvent) + 'static {
    let desk = expect_context::<Desk>();
    let toasts = use_context::<Toasts>();
    move |event| {
        let Some(event) = event.tell(desk.margin, None) else { return };
        if let Some(saving) = event.saving() {
            desk.saving.set(Some(saving));
        }
        match event {
            TextEvent::FirstEdit {} if desk.page.peek(|page| !page.wrote) => {
                if let Some(toasts) = toasts {
                    toasts.say("You are now an author of this proposal: your approval of it will not count.");
                }
                desk.page.again();
            }
            _ => {}
        }
    }
}

/// Leaving the tab: what only the editor knows is unknown again.
fn leave(desk: &Desk) {
    desk.saving.try_set(None);
    desk.margin.text_left();
}
