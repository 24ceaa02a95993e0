//! Reading a file that somebody chose or dropped.

use js_sys::{Reflect, Uint8Array};
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::Blob;
use wasm_bindgen_futures::JsFuture;

use crate::error::AppError;

/// The server's limit, in bytes; said before anything is sent.
const LIMIT: f64 = 5.0 * 1024.0 * 1024.0;

/// A file as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Its content, a byte order mark and its line endings included.
    pub text: String,
}

/// The first file in something that has `files`: an input, or what was dropped. Read by name: two properties do not justify more bindings.
pub fn first_file(holder: &JsValue) -> Option<Blob> {
    let files = Reflect::get(holder, &"files".into()).ok()?;
    Reflect::get_u32(&files, 0).ok()?.dyn_into().ok()
}

/// The first file that was dropped.
pub fn dropped_file(event: &JsValue) -> Option<Blob> {
    first_file(&Reflect::get(event, &"dataTransfer".into()).ok()?)
}

/// Reads it whole. Too large, unreadable, or not UTF-8: says so, with the place.
pub async fn read(file: Blob) -> Result<Chosen, AppError> {
    let name = Reflect::get(&file, &"name".into()).ok().and_then(|name| name.as_string()).unwrap_or_default();
    if file.size() > LIMIT {
        return Err(AppError::TooLarge(format!("{name} is larger than 5 MB. Split it into several designs.")));
    }
    let gone = |_| AppError::invalid("file", format!("{name} could not be read. Choose it again."));
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(gone)?;
    let text = String::from_utf8(Uint8Array::new(&buffer).to_vec()).map_err(|error| {
        let place = error.utf8_error().valid_up_to() + 1;
        AppError::invalid(
            "file",
            format!("{name} is not UTF-8 text: byte {place} belongs to no character. Save it as UTF-8 and choose it again."),
        )
    })?;
    Ok(Chosen { name, text })
}
