//! Real design documents, written by others: read at run time, not kept here.

use std::path::Path;

use server::render;

use super::{apply, html};

/// Every document of the corpus; none where the corpus is not beside the project.
fn documents() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/designs");
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap())).collect()
}

#[test]
fn every_document_renders_with_true_offsets_and_harmless_html() {
    for (name, text) in documents() {
        let rendered = render::document(&text);
        html::check_offsets(&text, &rendered.html).unwrap_or_else(|error| panic!("{name}: {error}"));
        html::check_harmless(&rendered.html).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!rendered.headings.is_empty(), "{name}");
    }
}

#[test]
fn the_sections_of_every_document_add_up() {
    for (name, text) in documents() {
        let sections = render::sections(&text);
        assert_eq!(sections.iter().map(|section| section.text).collect::<String>(), text, "{name}");
        assert!(sections.len() > 1, "{name}");
    }
}

#[test]
fn every_document_can_become_every_next_one() {
    let documents = documents();
    for ((_, from), (name, to)) in documents.iter().zip(documents.iter().skip(1)) {
        assert_eq!(apply(from, &render::edits(from, to)), *to, "{name}");
    }
}
