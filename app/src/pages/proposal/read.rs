//! Tab Read: the rendered text, readable before any script, with its outline and threads.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::desk::Desk;
use super::given::read_side;
use super::reading::Reading;
use crate::components::{Failure, Skeleton};
use crate::model::revision::Side;
use crate::model::suggestion::State;
use crate::model::thread::Thread;

/// The tab.
#[component]
pub(super) fn Read() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let query = use_query_map();
    let side = Memo::new(move |_| query.with(read_side));
    view! {
        <Texts side/>
        <Transition fallback=Skeleton>
            {move || {
                let side = side.get();
                Suspend::new(async move {
                    match desk.rendered(side).await {
                        Ok(rendered) => view! { <Reading side rendered/> }.into_any(),
                        Err(error) => view! { <Failure error/> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// The chooser of the text: links, one for each.
#[component]
fn Texts(side: Memo<Side>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let chip = move |each: Side, name: String| {
        let link = format!("{}?text={each}", desk.link("read"));
        view! { <a class="chip" href=link aria-current=move || (side.get() == each).then_some("true")>{name}</a> }
    };
    let suggestions = Memo::new(move |_| {
        let open = |thread: &Thread| thread.suggestion.as_ref().is_some_and(|suggestion| suggestion.state == State::Open);
        desk.margin.threads.with(|all| all.iter().any(open)) || side.get() == Side::Suggested
    });
    let live = if desk.page.peek(|page| page.state.open()) { "Live text" } else { "Last text" };
    let revisions = move || desk.page.with(|page| page.revisions.iter().map(|revision| revision.number).collect::<Vec<_>>());
    // One text alone is no choice.
    let choice = move || suggestions.get() || desk.page.with(|page| page.base > 0 || !page.revisions.is_empty());
    view! {
        <nav class="desk-bar chips" aria-label="Which text">
            <Show when=choice>{chip(Side::Live, live.into())}</Show>
            <Show when=move || suggestions.get()>
                {chip(Side::Suggested, "With suggestions".into())}
                <a class="chip" href=format!("{}?from=live&to=suggested", desk.link("review"))>"Both"</a>
            </Show>
            {move || revisions().into_iter().map(|number| chip(Side::Revision(number), format!("Revision {number}"))).collect_view()}
            <Show when=move || desk.page.with(|page| page.base > 0)>{chip(Side::Accepted, "Accepted text".into())}</Show>
            <crate::components::ThreadsButton/>
        </nav>
    }
    .into_any()
}
