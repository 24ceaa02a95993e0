//! One text of the past, or what changed from one to another.

use leptos::prelude::*;

use super::restore::Restore;
use super::{Shown, described};
use crate::components::{DiffView, Failure, Fresh, Notice, Skeleton, Span, Tone};
use crate::error::Result;
use crate::model::diff::Comparison;
use crate::model::proposal::Rendered;
use crate::model::revision::Side;
use crate::model::sentence::names;
use crate::model::timeline::Point;
use crate::pages::proposal::desk::Desk;
use crate::pages::proposal::reading::Body;

/// The left-hand column.
#[component]
pub(super) fn Content(shown: Memo<Shown>, source: Memo<bool>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let show = move || {
        let shown = shown.get();
        Suspend::new(async move {
            let view = match shown {
                Shown::All => Ok(().into_any()),
                Shown::One(side) => one(&desk, side).await,
                Shown::Two(from, to) => two(&desk, from, to, source).await,
            };
            view.unwrap_or_else(|error| view! { <Failure error/> }.into_any())
        })
    };
    view! { <Transition fallback=Skeleton>{show}</Transition> }.into_any()
}

async fn one(desk: &Desk, side: Side) -> Result<AnyView> {
    let (text, point) = (desk.rendered(side).await?, described(desk, side).await?);
    Ok(view! { <OldText side text point/> }.into_any())
}

async fn two(desk: &Desk, from: Side, to: Side, source: Memo<bool>) -> Result<AnyView> {
    let comparison = desk.compared(from, to).await?;
    let points = (described(desk, from).await?, described(desk, to).await?);
    Ok(view! { <Changes from to points comparison source/> }.into_any())
}

#[component]
fn OldText(side: Side, text: Rendered, point: Point) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let here = desk.link("history");
    let proposal = desk.margin.proposal;
    let text = Fresh::new(text, move || crate::api::proposals::read_proposal(proposal, side));
    let with_now = format!("{here}?from={side}&to=live");
    let old = !matches!(side, Side::Live | Side::Suggested);
    let old = old.then(|| {
        view! {
            <Notice tone=Tone::Warning>
                <p><strong>"This is an old text."</strong> " It is shown as it was, and cannot be written in."</p>
                <div class="line">
                    <Restore side/>
                    <a class="button" href=with_now>"Compare with now"</a>
                </div>
            </Notice>
        }
    });
    view! {
        <section class="point" aria-label="Text">
            <header class="point-head">
                <a class="small" href=here>"All of the history"</a>
                <h2>{point.name.clone()}</h2>
                <About point/>
            </header>
            {old}
            <article aria-label="Text"><Body text live=false current=RwSignal::new(None)/></article>
        </section>
    }
    .into_any()
}

/// Who and when.
#[component]
fn About(point: Point) -> impl IntoView {
    let Point { who, began, at, .. } = point;
    let by = (!who.is_empty()).then(|| format!("{}, ", names(&who)));
    at.map(|at| view! { <p class="muted small">{by} <Span began at/></p> })
}

#[component]
fn Changes(from: Side, to: Side, points: (Point, Point), comparison: Comparison, source: Memo<bool>) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let here = desk.link("history");
    let pair = format!("{here}?from={from}&to={to}");
    let swapped = format!("{here}?from={to}&to={from}");
    let as_view = |word: &'static str, name: &'static str, is_source: bool| {
        let now = move || (source.get() == is_source).then_some("true");
        view! { <a class="chip" href=format!("{pair}&view={word}") aria-current=now>{name}</a> }
    };
    let side = |label: &'static str, side: Side, point: Point| {
        let link = format!("{here}?at={side}");
        view! {
            <div class="point-side">
                <span class="muted small">{label}</span>
                <p><a href=link>{point.name.clone()}</a></p>
                <About point/>
            </div>
        }
    };
    view! {
        <section class="comparison" aria-label="Comparison">
            <header class="point-head">
                <a class="small" href=here.clone()>"All of the history"</a>
                <h2>"What changed"</h2>
                <div class="point-sides">{side("From", from, points.0)} {side("to", to, points.1)}</div>
            </header>
            <div class="choosers">
                <a class="chip" href=swapped>"The other way round"</a>
                <nav class="chips" aria-label="Show as">{as_view("rendered", "Rendered", false)} {as_view("source", "Source", true)}</nav>
            </div>
            {move || view! { <DiffView comparison=comparison.clone() source=source.get()/> }}
        </section>
    }
    .into_any()
}
