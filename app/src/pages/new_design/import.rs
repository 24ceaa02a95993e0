//! Importing Markdown: pasted, dropped, or chosen as a file. A refused import keeps what was given.

use leptos::ev::{DragEvent, Event, SubmitEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::{Blob, HtmlInputElement};

use super::file::{Chosen, dropped_file, first_file, read};
use super::{Kept, open_when_made};
use crate::api::designs::ImportDesign;
use crate::components::{Call, Field, Icon, Problem, Submit, problem_in};
use crate::error::AppError;

/// The form.
#[component]
pub(super) fn ImportForm(team: Memo<String>, kept: Kept) -> impl IntoView {
    let action = Call::<ImportDesign>::new();
    open_when_made(team, action.value().into());
    let Kept { title, pasted, chosen } = kept;
    let refused = RwSignal::new(None::<AppError>);
    let over = RwSignal::new(false);
    let take = move |file: Option<Blob>| {
        let Some(file) = file else { return };
        spawn_local(async move {
            match read(file).await {
                Ok(file) => {
                    chosen.set(Some(file));
                    refused.set(None);
                }
                Err(error) => refused.set(Some(error)),
            }
        });
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        let markdown = chosen.get_untracked().map_or_else(|| pasted.get_untracked(), |file| file.text);
        refused.set(None);
        action.send(&ImportDesign { team: team.get_untracked(), title: title.get_untracked(), markdown });
    };
    let drop = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        take(dropped_file(event.as_ref()));
    };
    let hover = move |event: DragEvent| {
        // Without this the browser would open the file instead.
        event.prevent_default();
        over.set(true);
    };
    let problem = problem_in(move || refused.get().map(Err).or_else(|| action.value().get()), &["title"]);
    view! {
        <form class="stack" on:submit=send on:drop=drop on:dragover=hover on:dragleave=move |_| over.set(false)>
            <Problem problem=problem("")/>
            <Source chosen pasted over take/>
            <Field
                name="title"
                label="Title"
                kept=title
                optional=true
                hint="Left empty, it is taken from the text: the front matter's title, else the first heading. The text itself is not touched."
                problem=problem("title")
            />
            <div class="line">
                <Submit class="primary large" pending=action.pending() needs_script=true>"Import"</Submit>
            </div>
        </form>
    }
}

/// Where the text comes from: a file once there is one, else what is pasted.
#[component]
fn Source(
    chosen: RwSignal<Option<Chosen>>,
    pasted: RwSignal<String>,
    over: RwSignal<bool>,
    take: impl Fn(Option<Blob>) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let choose = move |event: Event| {
        let input = event_target::<HtmlInputElement>(&event);
        take(first_file(&input));
        // Otherwise the same file, mended meanwhile, could not be chosen again: browsers would see no change.
        input.set_value("");
    };
    view! {
        <div class="drop" data-over=move || over.get().then_some("")>
            <Icon name="upload"/>
            <p>
                <label class="link" for="file">"Choose a Markdown file"</label>
                " or drop it here, up to 5 MB."
            </p>
            <input class="aside" id="file" type="file" accept=".md,.markdown,.txt,text/markdown,text/plain" on:change=choose/>
            {move || chosen.get().map(|file| view! { <ChosenFile file chosen/> })}
        </div>
        <div class="field" hidden=move || chosen.with(Option::is_some)>
            <label for="markdown">"Or paste the text"</label>
            <textarea
                class="input mono"
                id="markdown"
                rows="12"
                spellcheck="false"
                placeholder="# Title"
                prop:value=pasted.get_untracked()
                on:input:target=move |event| pasted.set(event.target().value())
            ></textarea>
        </div>
    }
}

#[component]
fn ChosenFile(file: Chosen, chosen: RwSignal<Option<Chosen>>) -> impl IntoView {
    let size = file.text.len().div_ceil(1024);
    view! {
        <p class="line" role="status">
            <Icon name="file-text"/>
            <strong>{file.name}</strong>
            <span class="muted">{format!("{size} KB")}</span>
            <button type="button" class="button quiet square" aria-label="Take the file away" on:click=move |_| chosen.set(None)>
                <Icon name="x"/>
            </button>
        </p>
    }
}
