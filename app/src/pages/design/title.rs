//! The design's title, which editors change in place.

use leptos::html::Input;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::designs::RenameDesign;
use crate::components::{Call, CallForm, Icon, Refusal, Submit};
use crate::model::role::{Act, Role};

/// The heading; for those who may rename, with a pencil that turns it into a field.
#[component]
pub(super) fn DesignTitle(team: String, number: i32, title: String, role: Role, archived: bool, changed: Callback<()>) -> impl IntoView {
    let rename = Call::<RenameDesign>::new();
    let editing = RwSignal::new(false);
    let field = NodeRef::<Input>::new();
    // Not `on_load`, which hears of the first of several fields only.
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let _ = field.focus();
            field.select();
        }
    });
    Effect::new(move |_| {
        if matches!(rename.value().get(), Some(Ok(()))) {
            changed.run(());
        }
    });
    let may = role.may(Act::Write) && !archived;
    let (team, words) = (StoredValue::new(team), StoredValue::new(title.clone()));
    let shown = move || {
        view! {
            <h1>{words.get_value()}</h1>
            {may.then(|| {
                view! {
                    <button type="button" class="button quiet square" aria-label="Rename" title="Rename" on:click=move |_| editing.set(true)>
                        <Icon name="pencil"/>
                    </button>
                }
            })}
        }
    };
    let form = move || {
        view! {
            <h1 class="aside">{words.get_value()}</h1>
            <CallForm to=rename class="rename">
                <input type="hidden" name="team" value=team.get_value()/>
                <input type="hidden" name="number" value=number.to_string()/>
                <input
                    class="input"
                    name="title"
                    aria-label="Title"
                    required=true
                    maxlength="200"
                    value=words.get_value()
                    node_ref=field
                    on:keydown=move |event| {
                        if event.key() == "Escape" {
                            editing.set(false);
                        }
                    }
                />
                <Submit pending=rename.pending()>"Rename"</Submit>
                <button type="button" class="button quiet" on:click=move |_| editing.set(false)>"Cancel"</button>
            </CallForm>
            <Refusal of=rename.value()/>
        }
    };
    view! {
        <Title text=format!("D-{number} {title}")/>
        <div class="design-title">{move || if editing.get() { form().into_any() } else { shown().into_any() }}</div>
    }
    .into_any()
}
