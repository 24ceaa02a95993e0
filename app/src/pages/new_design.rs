//! A new design: from a template or from a Markdown file.

mod file;
mod import;
mod template;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};

use self::file::Chosen;
use self::import::ImportForm;
use self::template::TemplateForm;
use super::door::arrive;
use super::frame::TeamCrumb;
use super::links;
use super::params::text_param;
use crate::components::Icon;
use crate::error::AppError;
use crate::model::design::Created;

/// What was typed so far: it outlives the change from one form to the other.
#[derive(Clone, Copy, Default)]
struct Kept {
    title: RwSignal<String>,
    pasted: RwSignal<String>,
    chosen: RwSignal<Option<Chosen>>,
}

/// The page. Which of the two is kept in the address.
#[component]
pub fn NewDesign() -> impl IntoView {
    let team = text_param("team");
    let query = use_query_map();
    let import = Memo::new(move |_| query.with(|query| query.get_str("from") == Some("file")));
    let way = move |file: bool, icon: &'static str, words: &'static str| {
        view! {
            <a class="chip" href=if file { "?from=file" } else { "?" } aria-current=move || (import.get() == file).then_some("true")>
                <Icon name=icon/>
                {words}
            </a>
        }
    };
    let kept = Kept::default();
    let form =
        move || if import.get() { view! { <ImportForm team kept/> }.into_any() } else { view! { <TemplateForm team kept/> }.into_any() };
    view! {
        <Title text="New design"/>
        <main class="page narrow stack">
            <nav class="crumbs" aria-label="Breadcrumb">
                {move || view! { <TeamCrumb slug=team.get()/> }}
            </nav>
            <h1>"New design"</h1>
            <nav class="chips" aria-label="Where to start">
                {way(false, "file-plus", "From a template")}
                {way(true, "upload", "Import Markdown")}
            </nav>
            {form}
        </main>
    }
}

/// Goes to the new design's text once it is made.
fn open_when_made(team: Memo<String>, answer: Signal<Option<Result<Created, AppError>>>) {
    let navigate = use_navigate();
    arrive(answer, move |made: Created| {
        navigate(&links::proposal(&team.get_untracked(), made.number, made.proposal_number, "write"), NavigateOptions::default());
    });
}
