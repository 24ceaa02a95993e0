//! A design: its accepted text, its decisions and proposals, and what can be done with it.

mod accepted;
mod acts;
mod backlinks;
mod decisions;
mod delete_dialog;
mod facts;
mod proposals;
mod propose_dialog;
mod title;

use leptos::prelude::*;

use self::accepted::Accepted;
use self::acts::Acts;
use self::backlinks::Backlinks;
use self::decisions::Decisions;
use self::proposals::Proposals;
use self::title::DesignTitle;
use super::frame::TeamCrumb;
use super::links;
use super::params::{number_param, text_param};
use crate::api::designs::{get_backlinks, get_decisions, get_design, list_proposals, read_accepted};
use crate::components::{DesignBadge, Loaded, Notice, read};
use crate::error::Result;
use crate::model::decision::DecisionLine;
use crate::model::design::{self, Backlink};
use crate::model::page::Page;
use crate::model::proposal::{ProposalLine, Rendered};

/// Everything the page shows at first.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct First {
    team: String,
    design: design::DesignPage,
    #[serde(serialize_with = "beside_its_html")]
    text: Option<Rendered>,
    proposals: Page<ProposalLine>,
    decisions: Page<DecisionLine>,
    backlinks: Page<Backlink>,
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn beside_its_html<S: serde::Serializer>(text: &Option<Rendered>, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serde::Serialize::serialize(&text.as_ref().map(Rendered::beside_its_html), serializer)
}

/// As many as a page of any list: if there are so many proposals, there may be more.
const FULL: usize = 50;

async fn load(team: String, number: i32) -> Result<First> {
    let mut design = get_design(team.clone(), number).await?;
    let proposals = if design.proposals.len() < FULL {
        Page { items: std::mem::take(&mut design.proposals), next: None }
    } else {
        list_proposals(team.clone(), number, None).await?
    };
    let text = if design.version > 0 { Some(read_accepted(team.clone(), number).await?) } else { None };
    let decisions = if design.decided { get_decisions(team.clone(), number, None).await? } else { Page::default() };
    let backlinks = get_backlinks(team.clone(), number, None).await?;
    Ok(First { team, design, text, proposals, decisions, backlinks })
}

/// The page.
#[component]
pub fn Design() -> impl IntoView {
    let (team, number) = (text_param("team"), number_param("number"));
    let first = read(move || (team.get(), number.get()), |(team, number)| load(team, number));
    let changed = Callback::new(move |()| first.refetch());
    view! {
        <main class="page design">
            <Loaded page=true from=first then=move |first: First| view! { <Shown first changed/> }.into_any()/>
        </main>
    }
    .into_any()
}

#[component]
fn Shown(first: First, changed: Callback<()>) -> impl IntoView {
    let First { team, design, text, proposals, decisions, backlinks } = first;
    let open = proposals.items.iter().find(|proposal| proposal.state.open()).map(|proposal| proposal.number);
    let number = design.number;
    let words = design.title.clone();
    view! {
        <header class="design-head">
            <nav class="crumbs" aria-label="Breadcrumb"><TeamCrumb slug=team.clone()/> <span>{format!("D-{number}")}</span></nav>
            <div class="head-row">
                <DesignTitle team=team.clone() number title=words role=design.role archived=design.archived changed/>
                <Acts team=team.clone() design=design.clone() open=open.is_some() changed/>
            </div>
            <p class="line small muted">
                <DesignBadge state=design.state/>
                <span>"Owner: " {design.owner.name.clone()}</span>
                {(design.version > 0).then(|| view! { <span>"Version " {design.version}</span> })}
                // Where there is no room beside the text, what is being written is listed far below it.
                {open
                    .filter(|_| design.version > 0)
                    .map(|open| view! { <a href=links::proposal(&team, number, open, "read")>{format!("P-{open} is open")}</a> })}
                <a href=links::history(&team, number)>"History"</a>
            </p>
            {design.archived.then(|| view! { <Notice>"This design is archived: hidden from lists and read-only."</Notice> })}
        </header>
        <div class="desk two">
            <Accepted team=team.clone() number text open/>
            <div class="desk-facts">
                <Proposals team=team.clone() number first=proposals/>
                <Decisions team=team.clone() number first=decisions/>
                <Backlinks team number first=backlinks/>
            </div>
        </div>
    }
    .into_any()
}
