//! The comparison of two texts, and the choosers above it.

use leptos::prelude::*;
use leptos_router::components::Form;

use super::sides::{SideChoice, Sides, choices, usual};
use crate::components::{DiffView, Failure, Skeleton};
use crate::pages::proposal::desk::Desk;

/// The left-hand column. `mine` is the newest revision that the person has judged.
#[component]
pub(super) fn Compared(sides: Memo<Sides>, mine: Option<i32>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    // How it is shown changes without asking again.
    let pair = Memo::new(move |_| sides.with(|sides| (sides.from, sides.to)));
    let source = Memo::new(move |_| sides.with(|sides| sides.source));
    view! {
        <section class="comparison" aria-label="Comparison">
            {move || view! { <Choosers sides=sides.get() mine/> }}
            <Transition fallback=Skeleton>
                {move || {
                    let (from, to) = pair.get();
                    Suspend::new(async move {
                        match desk.compared(from, to).await {
                            Ok(comparison) => {
                                view! { {move || view! { <DiffView comparison=comparison.clone() source=source.get()/> }} }.into_any()
                            }
                            Err(error) => view! { <Failure error/> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn Choosers(sides: Sides, mine: Option<i32>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let Sides { from, to, source } = sides;
    let here = desk.link("review");
    let (choices, usual) = desk.page.with(|page| (choices(page), usual(page, mine)));
    let current = format!("from={from}&to={to}");
    let view_word = if source { "source" } else { "rendered" };
    let chip = |(name, query): (String, String)| {
        let now = (query == current).then_some("true");
        view! { <a class="chip" href=format!("{here}?{query}&view={view_word}") aria-current=now>{name}</a> }
    };
    let as_view = |word: &'static str, name: &'static str| {
        let now = (word == view_word).then_some("true");
        view! { <a class="chip" href=format!("{here}?{current}&view={word}") aria-current=now>{name}</a> }
    };
    // No list at all where there is nothing in it: assistive technology would announce it, and hydration does not expect it.
    let usual: Vec<_> = usual.into_iter().map(chip).collect();
    let usual = (!usual.is_empty()).then(|| view! { <nav class="chips" aria-label="Usual comparisons">{usual}</nav> });
    let views = [as_view("rendered", "Rendered"), as_view("source", "Source")];
    view! {
        {usual}
        <div class="choosers">
            <Form method="GET" action=here>
                <div class="line">
                    <SideChoice name="from" label="From" choices=choices.clone() chosen=from/>
                    <SideChoice name="to" label="to" choices chosen=to/>
                    <input type="hidden" name="view" value=view_word/>
                    // As markup: where scripts run, a browser does not look into it, and neither may hydration.
                    <noscript inner_html=r#"<button class="button compact">Compare</button>"#></noscript>
                </div>
            </Form>
            <nav class="chips" aria-label="Show as">{views}</nav>
        </div>
    }
    .into_any()
}
