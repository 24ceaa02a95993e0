//! Texts as they leave: rendered for people, as bytes for files and programs.

use app::error::Result;
use app::model::proposal::Rendered;
use app::model::source::Form;
use serde_json::Value;

use super::blocking::heavy;
use super::fault::internal;
use crate::render::{self, Known};

/// What a design's import must give back on export.
pub(crate) fn form(stored: Option<Value>) -> Result<Form> {
    stored.map_or(Ok(Form::default()), |stored| serde_json::from_value(stored).map_err(|error| internal(&error)))
}

/// A text's exact bytes, with LF or in the form of the imported file.
pub(crate) fn bytes(text: String, stored: Option<Value>, as_imported: bool) -> Result<Vec<u8>> {
    Ok(if as_imported { form(stored)?.restore(&text) } else { text }.into_bytes())
}

/// A text as HTML; the designs that it names are `known`.
pub(crate) async fn rendered(text: String, seq: Option<i64>, known: Known) -> Result<Rendered> {
    heavy(text.len(), move || {
        let html = render::document_among(&text, &known);
        let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        Rendered { html: html.html, headings: html.headings, seq, length, words: html.words }
    })
    .await
}
