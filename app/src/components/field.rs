//! A label, an input, what to know about it and what is wrong with it, tied together for screen readers.

use leptos::prelude::*;

use super::{Icon, Notice, Tone};

/// One line of text.
#[component]
pub fn Field(
    /// The name in the form.
    name: &'static str,
    /// The root of its ids, where another form of the page has a field of the same name.
    #[prop(optional, into)]
    id: Option<&'static str>,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with what was typed.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// `text`, `email`, …
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in it at first. What was typed since is never overwritten.
    #[prop(optional, into)]
    value: String,
    /// Where what is typed is kept too, for a form that may be made anew: then it stands in it at first.
    #[prop(optional)]
    kept: Option<RwSignal<String>>,
    /// For the browser's own filling-in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// May stay empty.
    #[prop(optional)]
    optional: bool,
    /// Its caret, when the page opens.
    #[prop(optional)]
    autofocus: bool,
    /// The longest text the server takes.
    #[prop(default = 200)]
    maxlength: u16,
) -> impl IntoView {
    let id = id.unwrap_or(name);
    let value = kept.map_or(value, |kept| kept.get_untracked());
    let about = format!("{id}-about");
    view! {
        <div class="field">
            <label for=id>{label} {optional.then(|| view! { <span class="muted">" (optional)"</span> })}</label>
            <input
                class="input"
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                autofocus=autofocus
                required=!optional
                maxlength=maxlength
                aria-describedby=about.clone()
                aria-invalid=move || problem.get().map(|_| "true")
                on:input:target=move |event| {
                    if let Some(kept) = kept {
                        kept.set(event.target().value());
                    }
                }
            />
            <About id=about hint problem/>
        </div>
    }
}

/// A password, with an eye to see what one types.
#[component]
pub fn Password(
    /// The name in the form; also the root of its ids.
    name: &'static str,
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// What to know before typing.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with what was typed.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
) -> impl IntoView {
    let about = format!("{name}-about");
    let shown = RwSignal::new(false);
    let icon = Signal::derive(move || if shown.get() { "eye-off" } else { "eye" });
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <div class="password">
                <input
                    class="input"
                    id=name
                    name=name
                    type=move || if shown.get() { "text" } else { "password" }
                    autocomplete=autocomplete
                    required=true
                    aria-describedby=about.clone()
                    aria-invalid=move || problem.get().map(|_| "true")
                />
                <button
                    type="button"
                    class="button quiet"
                    aria-label="Show password"
                    aria-pressed=move || shown.get().to_string()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon name=icon/>
                </button>
            </div>
            <About id=about hint problem/>
        </div>
    }
}

/// The hint and the problem below an input, under the id that its `aria-describedby` names.
#[component]
fn About(id: String, hint: String, problem: Signal<Option<String>>) -> impl IntoView {
    view! {
        <div id=id aria-live="polite">
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {move || {
                problem
                    .get()
                    .map(|problem| {
                        view! {
                            <p class="problem">
                                <Icon name="circle-alert"/>
                                <span>{problem}</span>
                            </p>
                        }
                    })
            }}
        </div>
    }
}

/// What is wrong with a form as a whole, above its buttons.
#[component]
pub fn Problem(
    /// What, when something is.
    #[prop(into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    move || problem.get().map(|problem| view! { <Notice tone=Tone::Danger>{problem}</Notice> })
}
