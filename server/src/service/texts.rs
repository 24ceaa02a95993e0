//! Texts as they leave: rendered for people, as bytes for files and programs.

use std::sync::Arc;

use app::error::Result;
use app::model::proposal::Rendered;
use app::model::source::Form;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::blocking::heavy;
use super::fault::internal;
use crate::render::{self, Html, Known};

/// What a design's import must give back on export.
pub(crate) fn form(stored: Option<Value>) -> Result<Form> {
    stored.map_or(Ok(Form::default()), |stored| serde_json::from_value(stored).map_err(|error| internal(&error)))
}

/// A text's exact bytes, with LF or in the form of the imported file.
pub(crate) fn bytes(text: String, stored: Option<Value>, as_imported: bool) -> Result<Vec<u8>> {
    Ok(if as_imported { form(stored)?.restore(&text) } else { text }.into_bytes())
}

/// So many bytes of rendered texts are kept: the texts that a team of hundreds reads in a day, and little beside the rooms.
const KEPT: u64 = 64 << 20;

/// What a rendering is made of, and nothing else: the text, and the designs that its names lead to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Source {
    text: [u8; 32],
    known: Known,
}

#[derive(Clone, Debug)]
struct Size;

impl Weighter<Source, Arc<Html>> for Size {
    fn weight(&self, _: &Source, html: &Arc<Html>) -> u64 {
        // Headings are in the HTML too; an empty text weighs something.
        html.html.len() as u64 + 1_000
    }
}

/// Texts as HTML. A text is rendered once, however many people open it, and at the same moment.
#[derive(Debug)]
pub(crate) struct Texts(Cache<Source, Arc<Html>, Size>);

impl Default for Texts {
    fn default() -> Self {
        Self::within(KEPT)
    }
}

impl Texts {
    /// Keeps so many bytes of HTML at most.
    fn within(bytes: u64) -> Self {
        // One shard: a share of the room would be too small for a long text.
        let options = OptionsBuilder::new().shards(1).estimated_items_capacity(1_000).weight_capacity(bytes).build();
        let options = options.expect("both capacities are given");
        Self(Cache::with_options(options, Size, DefaultHashBuilder::default(), DefaultLifecycle::default()))
    }

    /// A text as HTML; the designs that it names are `known`.
    pub async fn rendered(&self, text: String, seq: Option<i64>, known: Known) -> Result<Rendered> {
        let (text, length, digest) = heavy(text.len(), move || {
            let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
            let digest = Sha256::digest(&text).into();
            (text, length, digest)
        })
        .await?;
        let source = Source { text: digest, known: known.clone() };
        let render = heavy(text.len(), move || Arc::new(render::document_among(&text, &known)));
        let html = self.0.get_or_insert_async(&source, render).await?;
        Ok(Rendered { html: html.html.clone(), headings: html.headings.clone(), seq, length, words: html.words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_text_is_rendered_once_and_again_when_its_names_lead_elsewhere() {
        let texts = Texts::default();
        let text = || "See D-2, and 𝄞.".to_owned();
        let first = texts.rendered(text(), Some(7), Known::default()).await.unwrap();
        let later = texts.rendered(text(), None, Known::default()).await.unwrap();
        assert_eq!((first.seq, later.seq, texts.0.len()), (Some(7), None, 1), "whichever moment it is of");
        assert_eq!((first.length, &first.html, first.words), (16, &later.html, later.words));
        assert!(!first.html.contains("/designs/2"));
        let linked = texts.rendered(text(), None, Known::of("payments", [2])).await.unwrap();
        assert!(linked.html.contains("/teams/payments/designs/2"), "{}", linked.html);
        assert_eq!(texts.0.len(), 2);
    }

    #[tokio::test]
    async fn what_is_kept_has_a_bound() {
        let texts = Texts::within(100_000);
        for n in 0..200 {
            texts.rendered(format!("{n} {}", "word ".repeat(1_000)), None, Known::default()).await.unwrap();
        }
        assert!(texts.0.weight() <= 100_000 && !texts.0.is_empty(), "{}", texts.0.weight());
    }
}
