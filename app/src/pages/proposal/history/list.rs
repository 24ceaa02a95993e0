//! The timeline itself, newest first, on which two points are chosen to be compared.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::Shown;
use super::line::Entry;
use crate::api::timelines::get_timeline;
use crate::components::{Fresh, Rows, ShowMore};
use crate::model::page::Page;
use crate::model::revision::Side;
use crate::model::timeline::{Kind, Line};
use crate::pages::proposal::desk::Desk;

/// The right-hand column, or the whole.
#[component]
pub(super) fn Timeline(page: Page<Line>, shown: Memo<Shown>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let proposal = desk.margin.proposal;
    let rows = Rows::default();
    let pair = Choice::of(&page, shown.get_untracked());
    rows.show("", page.clone(), same);
    let first = Fresh::new(page, move || get_timeline(proposal, None));
    Effect::watch(move || desk.judged.track(), move |(), _, _| first.again(), false);
    Effect::watch(move || first.get(), move |page, _, _| rows.show("", page.clone(), same), false);
    Effect::watch(
        move || shown.get(),
        move |shown, _, _| {
            if let Shown::Two(from, to) = *shown {
                pair.set(from, to);
            }
        },
        false,
    );
    let fetch = move |after: String| Box::pin(get_timeline(proposal, Some(after))) as _;
    view! {
        <section class="timeline" aria-label="Timeline">
            <Form method="GET" action=desk.link("history")>
                <div class="timeline-bar">
                    <h2>"Timeline"</h2>
                    <button class="button compact" name="view" value="rendered">"Compare the two"</button>
                </div>
                <p class="timeline-columns muted small" aria-hidden="true"><span>"from"</span> <span>"to"</span></p>
                <ol class="timeline-lines">
                    <For each=move || rows.get() key=key let(line)>
                        <Entry line pair shown/>
                    </For>
                </ol>
            </Form>
            <ShowMore pages=rows.pages fetch/>
        </section>
    }
    .into_any()
}

/// Which two are chosen.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    /// The old text.
    pub from: RwSignal<Option<Side>>,
    /// The new text.
    pub to: RwSignal<Option<Side>>,
}

impl Choice {
    /// What is shown; else the newest change.
    fn of(page: &Page<Line>, shown: Shown) -> Self {
        let newest = page.items.iter().find(|line| line.kind == Kind::Now);
        let (from, to) = match shown {
            Shown::Two(from, to) => (Some(from), Some(to)),
            _ => (newest.and_then(|line| line.before), newest.and_then(|line| line.text)),
        };
        Self { from: RwSignal::new(from), to: RwSignal::new(to) }
    }

    fn set(self, from: Side, to: Side) {
        self.from.set(Some(from));
        self.to.set(Some(to));
    }
}

/// Whether two lines are about the same thing.
fn same(a: &Line, b: &Line) -> bool {
    (a.kind == Kind::Now && b.kind == Kind::Now) || (a.kind == b.kind && a.at == b.at && a.what == b.what)
}

fn key(line: &Line) -> String {
    let Line { kind, who, what, at, text, before, .. } = line;
    let side = |side: &Option<Side>| side.map(|side| side.to_string()).unwrap_or_default();
    let who: Vec<&str> = who.iter().map(|person| person.name.as_str()).collect();
    format!("{} {} {what} {} {} {}", *kind as u8, at.unix_timestamp_nanos(), side(text), side(before), who.join(","))
}
