//! Tab Read: the rendered text, readable before any script, with its outline and threads.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::desk::Desk;
use super::reading::Reading;
use crate::api::proposals::read_proposal;
use crate::components::{Failure, Skeleton};
use crate::model::revision::Side;

/// The tab. Which text: `?text=live`, a revision's number or `accepted`.
#[component]
pub(super) fn Read() -> impl IntoView {
    let desk = expect_context::<Desk>();
    let query = use_query_map();
    let side = Memo::new(move |_| query.with(|query| query.get("text")).and_then(|word| word.parse().ok()).unwrap_or(Side::Live));
    let proposal = desk.margin.proposal;
    let first = Resource::new_blocking(move || side.get(), move |side| async move { Ok((side, read_proposal(proposal, side).await?)) });
    view! {
        <Texts side/>
        <Transition fallback=Skeleton>
            {move || Suspend::new(async move {
                match first.await {
                    Ok((side, rendered)) => view! { <Reading side rendered/> }.into_any(),
                    Err(error) => view! { <Failure error/> }.into_any(),
                }
            })}
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
    let revisions = move || desk.page.with(|page| page.revisions.iter().map(|revision| revision.number).collect::<Vec<_>>());
    view! {
        <nav class="desk-bar chips" aria-label="Which text">
            {chip(Side::Live, "Live text".into())}
            <For each=revisions key=|number| *number let(number)>{chip(Side::Revision(number), format!("Revision {number}"))}</For>
            <Show when=move || desk.page.with(|page| page.base > 0)>{chip(Side::Accepted, "Accepted text".into())}</Show>
            <crate::components::ThreadsButton/>
        </nav>
    }
    .into_any()
}
