//! The sections of a text and their hashes: what approvals cover. The rule of the README's "Revisions, sections".

use std::collections::HashMap;
use std::ops::Range;

use app::model::section::Section;
use sha2::{Digest, Sha256};

use super::SectionText;
use outline::Place;
use uses::Scan;

mod outline;
mod uses;

/// The sections of a text, in order; the first is what precedes the first heading, empty or not.
pub fn of(text: &str) -> Vec<SectionText<'_>> {
    let scan = uses::scan(text);
    let mut places = outline::Places::default();
    let mut occurrences: HashMap<Vec<String>, u32> = HashMap::new();
    let mut sections: Vec<SectionText<'_>> = Vec::with_capacity(scan.headings.len() + 1);
    let first = scan.headings.first().map_or(text.len(), |heading| heading.start);
    let mut add = |place: Place, heading: String, span: Range<usize>| {
        let occurrence = occurrences.entry(place.path.clone()).or_default();
        let hash = hash(text, &place, &span, &scan);
        let order = u32::try_from(sections.len()).unwrap_or(u32::MAX);
        let section = Section { path: place.path, occurrence: *occurrence, order, hash };
        *occurrence += 1;
        sections.push(SectionText { section, heading, text: &text[span] });
    };
    add(Place::default(), String::new(), 0..first);
    for (index, heading) in scan.headings.iter().enumerate() {
        let end = scan.headings.get(index + 1).map_or(text.len(), |next| next.start);
        add(places.next(heading.level, &heading.text), heading.text.clone(), heading.start..end);
    }
    sections
}

/// SHA-256 over path, order among siblings, bytes, and the definitions used; every part is preceded by its length, so that no two lists of
/// parts are the same bytes.
fn hash(text: &str, place: &Place, span: &Range<usize>, scan: &Scan) -> String {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    part(&(place.path.len() as u64).to_be_bytes());
    for heading in &place.path {
        part(heading.as_bytes());
    }
    part(&place.among_siblings.to_be_bytes());
    part(text[span.clone()].as_bytes());
    part(&scan.architecture);
    for definition in scan.used_in(span) {
        part(&definition);
    }
    data_encoding::HEXLOWER.encode(&hasher.finalize())
}
