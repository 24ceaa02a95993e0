//! What a page shows once the server has answered.

use std::future::Future;

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Failure, Skeleton};
use crate::error::AppError;

/// What a page reads from the server: rendered into it at first, fetched when what it depends on changes.
pub type Read<T> = Resource<Result<T, AppError>, Json>;

/// Reads with `fetch` what depends on `source`.
pub fn read<S, T, F>(source: impl Fn() -> S + Send + Sync + 'static, fetch: impl Fn(S) -> F + Send + Sync + 'static) -> Read<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    // Blocking: a page is sent whole, so that it reads without any script.
    Resource::new_with_options(source, fetch, true)
}

/// JSON by way of bytes, as the answers of server functions are read: otherwise the wasm would hold a second reader of every type.
#[derive(Clone, Copy, Debug)]
pub struct Json;

impl<T: Serialize> Encoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, serde_json::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for Json {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, serde_json::Error> {
        serde_json::from_slice(text.as_bytes())
    }
}

/// Shows a resource: its shape while it is on its way for the first time, what it was while it is fetched anew, or what went wrong.
#[component]
pub fn Loaded<T, F>(
    /// What to wait for.
    from: Read<T>,
    /// How it looks.
    then: F,
    /// It is a page's whole content.
    #[prop(optional)]
    page: bool,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    F: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let show = move || {
        let then = then.clone();
        Suspend::new(async move {
            match from.await {
                Ok(value) => then(value),
                Err(error) => view! { <Failure error page/> }.into_any(),
            }
        })
    };
    view! { <Transition fallback=Skeleton>{show}</Transition> }
}
