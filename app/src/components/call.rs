//! Calling a function of the server by a form or by script, and what became of it.
//!
//! What the framework's `ActionForm` and `ServerAction` do, in code that is there once: theirs is compiled anew for every function, which would
//! be a tenth of what the proposal page has to load. In dialogs, which are loaded later, three functions that take no JSON keep `ServerAction`.

use gloo_net::http::Request;
use leptos::ev::{Event, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use leptos::server_fn::error::ServerFnUrlError;
use leptos::server_fn::{Http, ServerFn};
use leptos::task::spawn_local;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::{FormData, HtmlFormElement, HtmlSelectElement, UrlSearchParams};

use crate::error::{AppError, Result};

/// A function of the server that can be called here.
pub trait ServerCall: ServerFn<Output: Clone + DeserializeOwned + Send + Sync + 'static, Error = AppError> + 'static {}

impl<F: ServerFn<Output: Clone + DeserializeOwned + Send + Sync + 'static, Error = AppError> + 'static> ServerCall for F {}

/// A function, one call at a time.
pub struct Call<F: ServerCall> {
    state: State<F::Output>,
}

/// Named after what is answered and not after the function: most answer nothing, and share what is compiled of this.
struct State<T: Send + Sync + 'static> {
    pending: RwSignal<bool>,
    /// Answers so far.
    version: RwSignal<usize>,
    value: RwSignal<Option<Result<T>>>,
}

impl<T: Send + Sync + 'static> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for State<T> {}

impl<F: ServerCall> Clone for Call<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: ServerCall> Copy for Call<F> {}

impl<F: ServerCall> Default for Call<F> {
    fn default() -> Self {
        Self::new()
    }
}

impl<F: ServerCall> Call<F> {
    /// Not called yet, unless this page is what came back to a form that was sent without script.
    pub fn new() -> Self {
        let value = RwSignal::new(refused(F::PATH).map(Err));
        Self { state: State { pending: RwSignal::new(false), version: RwSignal::new(0), value } }
    }

    /// An answer is awaited.
    pub fn pending(self) -> ReadSignal<bool> {
        self.state.pending.read_only()
    }

    /// How many answers there were.
    pub fn version(self) -> ReadSignal<usize> {
        self.state.version.read_only()
    }

    /// The last answer; it stays while the next one is awaited.
    pub fn value(self) -> ReadSignal<Option<Result<F::Output>>> {
        self.state.value.read_only()
    }

    /// Calls it with what no form holds.
    pub fn send(self, arguments: &F)
    where
        F: Serialize + ServerFn<Protocol = Http<Json, Json>>,
    {
        // Fails for no type that a function takes: their keys are all text.
        if let Ok(json) = serde_json::to_string(arguments) {
            self.post("application/json", json);
        }
    }

    fn post(self, kind: &'static str, body: String) {
        // A second press before the answer to the first.
        if !self.state.pending.get_untracked() {
            self.state.pending.set(true);
            spawn_local(self.state.answered(F::url(), kind, body));
        }
    }
}

/// A form whose fields go to a function; without script the browser sends them itself, and the page that comes back says what was wrong.
#[component]
pub fn CallForm<F: ServerCall>(
    /// The function.
    to: Call<F>,
    /// The form's classes.
    #[prop(default = "")]
    class: &'static str,
    /// For a script that sends it.
    #[prop(optional)]
    node_ref: NodeRef<html::Form>,
    /// Its fields, named as the function names its arguments, and its buttons.
    children: Children,
) -> impl IntoView {
    let submit = Callback::new(move |fields| to.post("application/x-www-form-urlencoded", fields));
    form(F::url(), class, node_ref, submit, children)
}

/// Sends the form of a chooser as soon as something else is chosen.
pub fn send_on_change(event: Event) {
    if let Some(form) = event_target::<HtmlSelectElement>(&event).form() {
        // There is nothing in it that could be invalid.
        let _ = form.request_submit();
    }
}

/// Without the function's name in any type, so that it is compiled once.
fn form(
    address: &'static str,
    class: &'static str,
    node_ref: NodeRef<html::Form>,
    submit: Callback<String>,
    children: Children,
) -> AnyView {
    let on_submit = move |event: SubmitEvent| {
        if !event.default_prevented() {
            event.prevent_default();
            if let Some(fields) = fields(&event) {
                submit.run(fields);
            }
        }
    };
    let class = (!class.is_empty()).then_some(class);
    view! {
        <form action=address method="post" class=class node_ref=node_ref on:submit=on_submit>
            {children()}
        </form>
    }
    .into_any()
}

/// The fields as the browser itself would send them, with that of the button that was pressed.
fn fields(event: &SubmitEvent) -> Option<String> {
    let form: HtmlFormElement = event.target()?.dyn_into().ok()?;
    let data = FormData::new_with_form(&form).ok()?;
    if let Some(button) = event.submitter()
        && let Some(name) = button.get_attribute("name")
    {
        data.append_with_str(&name, &button.get_attribute("value").unwrap_or_default()).ok()?;
    }
    UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string().as_string()
}

impl<T: DeserializeOwned + Send + Sync + 'static> State<T> {
    async fn answered(self, address: &'static str, kind: &'static str, body: String) {
        let answer = post(address, kind, body).await.and_then(|bytes| decoded(&bytes));
        // The page may have been left meanwhile: then nobody waits for it any more. The answer comes last, because it may be what leaves it.
        self.pending.try_set(false);
        self.version.try_update(|version| *version += 1);
        self.value.try_set(Some(answer));
    }
}

/// The bytes of a good answer, or the error.
async fn post(address: &str, kind: &str, body: String) -> Result<Vec<u8>> {
    let lost = |error: gloo_net::Error| AppError::from_server_fn_error(ServerFnErrorErr::Request(error.to_string()));
    let request = Request::post(address).header("Accept", "application/json").header("Content-Type", kind);
    let answer = request.body(body).map_err(lost)?.send().await.map_err(lost)?;
    let bytes = answer.binary().await.map_err(lost)?;
    if answer.ok() { Ok(bytes) } else { Err(decoded(&bytes).unwrap_or_else(|error| error)) }
}

fn decoded<T: DeserializeOwned>(bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| AppError::from_server_fn_error(ServerFnErrorErr::Deserialization(error.to_string())))
}

/// What was wrong with a form that was sent without script: it is in the address of the page that came back.
fn refused(path: &str) -> Option<AppError> {
    let error = use_context::<ServerActionError>().filter(|error| error.path() == path)?;
    Some(ServerFnUrlError::decode_err(error.err()))
}
