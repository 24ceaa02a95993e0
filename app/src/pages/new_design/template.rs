//! Starting from a template.

use leptos::prelude::*;

use super::{Kept, open_when_made};
use crate::api::designs::{CreateDesign, list_templates};
use crate::components::{Call, CallForm, Field, Loaded, Problem, Submit, problem_in, read};
use crate::model::design::Template;

/// The templates as cards, and the title.
#[component]
pub(super) fn TemplateForm(team: Memo<String>, kept: Kept) -> impl IntoView {
    let action = Call::<CreateDesign>::new();
    open_when_made(team, action.value().into());
    let templates = read(|| (), |()| list_templates());
    let problem = problem_in(move || action.value().get(), &["title"]);
    let then = |templates: Vec<Template>| {
        let cards = templates.into_iter().enumerate().map(|(place, template)| view! { <Card template checked=place == 0/> }).collect_view();
        view! { <div class="templates">{cards}</div> }.into_any()
    };
    view! {
        <CallForm to=action>
            <div class="stack">
                <input type="hidden" name="team" value=move || team.get()/>
                <Problem problem=problem("")/>
                <Field name="title" label="Title" hint="What is being designed. You can change it later." kept=kept.title autofocus=true problem=problem("title")/>
                <fieldset class="field">
                    <legend>"Start from"</legend>
                    <Loaded from=templates then/>
                </fieldset>
                <div class="line">
                    <Submit class="primary large" pending=action.pending() needs_script=true>"Create design"</Submit>
                </div>
            </div>
        </CallForm>
    }
}

#[component]
fn Card(template: Template, checked: bool) -> impl IntoView {
    let Template { key, name, about } = template;
    view! {
        <label class="card template">
            <input type="radio" name="template" value=key checked=checked/>
            <span>
                <strong>{name}</strong>
                <span class="small muted">{about}</span>
            </span>
        </label>
    }
}
