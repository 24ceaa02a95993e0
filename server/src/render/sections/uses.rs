//! One pass over a text: its headings, and which sections use what is defined elsewhere.
//!
//! A changed definition changes what its users say though their bytes are the same, so it must make approvals of them stale.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};
use sha2::{Digest, Sha256};

use crate::render::markdown::{Events, plain};

/// Characters of a heading's text that are its section's name: names are in the path of every section below, so an endless one must not be.
const LONGEST: usize = 200;

/// A SHA-256.
pub type Hash = [u8; 32];

/// What a text holds.
pub struct Scan {
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// Hashes of what is used, by the places that use it, in order.
    uses: Vec<(usize, Hash)>,
    /// Over all `architecture` blocks. What a section says may rest on any of them, so every section uses all.
    pub architecture: Hash,
}

/// A heading.
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Without markup.
    pub text: String,
    /// The start of its line.
    pub start: usize,
}

/// Something defined elsewhere that a place in the text refers to.
enum Use {
    /// A link or image, by the place of its definition.
    Link(Range<usize>),
    /// A footnote, by its label.
    Note(String),
}

/// What the parser saw.
#[derive(Default)]
struct Seen {
    headings: Vec<Heading>,
    uses: Vec<(usize, Use)>,
    /// A label may be defined more than once.
    notes: BTreeMap<String, Vec<Range<usize>>>,
    architecture: Vec<Range<usize>>,
}

/// Reads a text once.
pub fn scan(text: &str) -> Scan {
    let mut seen = Seen::default();
    let mut heading: Option<Heading> = None;
    let mut events = Events::of(text);
    while let Some((event, span)) = events.next() {
        match &event {
            Event::Start(Tag::Heading { level, .. }) => {
                heading = Some(Heading { level: *level as u8, text: String::new(), start: line_start(text, span.start) });
            }
            Event::End(TagEnd::Heading(_)) => seen.headings.extend(heading.take().map(Heading::finished)),
            Event::Start(Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. }) if refers(*link_type) => {
                seen.uses.extend(events.definition(id).map(|definition| (span.start, Use::Link(definition))));
            }
            Event::FootnoteReference(label) => seen.uses.push((span.start, Use::Note(label.to_lowercase()))),
            Event::Start(Tag::FootnoteDefinition(label)) => seen.notes.entry(label.to_lowercase()).or_default().push(span.clone()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.split_whitespace().next() == Some("architecture") => {
                seen.architecture.push(span.clone());
            }
            _ => {}
        }
        if let (Some(heading), Some(words)) = (&mut heading, plain(&event)) {
            heading.text.push_str(words);
        }
    }
    seen.uses.sort_by_key(|&(at, _)| at);
    let uses = Definitions::of(text, &seen).resolve(&seen.uses);
    Scan { uses, architecture: digest(text, &seen.architecture), headings: seen.headings }
}

impl Scan {
    /// Hashes of the definitions that a range of the text uses, each once.
    pub fn used_in(&self, span: &Range<usize>) -> BTreeSet<Hash> {
        let first = self.uses.partition_point(|&(at, _)| at < span.start);
        self.uses[first..].iter().take_while(|&&(at, _)| at < span.end).map(|&(_, hash)| hash).collect()
    }
}

impl Heading {
    fn finished(self) -> Self {
        let text = self.text.trim();
        Self { text: text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]).to_owned(), ..self }
    }
}

/// Hashes of definitions, made once: however many sections use a long one, it is read once.
#[derive(Default)]
struct Definitions {
    links: HashMap<usize, Hash>,
    notes: HashMap<String, Hash>,
}

impl Definitions {
    fn of(text: &str, seen: &Seen) -> Self {
        let mut links = HashMap::new();
        for (_, used) in &seen.uses {
            if let Use::Link(definition) = used {
                links.entry(definition.start).or_insert_with(|| digest(text, std::slice::from_ref(definition)));
            }
        }
        let all: Vec<Range<usize>> = seen.notes.values().flatten().cloned().collect();
        let all = digest(text, &all);
        let notes = seen.notes.iter().map(|(label, places)| (label.clone(), note(text, places, &seen.uses, &links, all))).collect();
        Self { links, notes }
    }

    fn resolve(&self, uses: &[(usize, Use)]) -> Vec<(usize, Hash)> {
        let hash = |used: &Use| match used {
            Use::Link(definition) => self.links.get(&definition.start).copied(),
            Use::Note(label) => self.notes.get(label).copied(),
        };
        uses.iter().filter_map(|(at, used)| Some((*at, hash(used)?))).collect()
    }
}

/// The hash of a footnote: its bytes and the links it uses. One that refers to another footnote is taken to use all of them.
fn note(text: &str, places: &[Range<usize>], uses: &[(usize, Use)], links: &HashMap<usize, Hash>, all: Hash) -> Hash {
    let mut hasher = Sha256::new_with_prefix(digest(text, places));
    for place in places {
        let first = uses.partition_point(|&(at, _)| at < place.start);
        for (_, used) in uses[first..].iter().take_while(|&&(at, _)| at < place.end) {
            hasher.update(match used {
                Use::Link(definition) => links.get(&definition.start).copied().unwrap_or_default(),
                Use::Note(_) => all,
            });
        }
    }
    hasher.finalize().into()
}

/// SHA-256 over pieces of a text, each preceded by its length.
fn digest(text: &str, places: &[Range<usize>]) -> Hash {
    let mut hasher = Sha256::new();
    for place in places {
        hasher.update((place.len() as u64).to_be_bytes());
        hasher.update(&text.as_bytes()[place.clone()]);
    }
    hasher.finalize().into()
}

/// Whether a link is written with a label.
fn refers(link: LinkType) -> bool {
    matches!(link, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut)
}

/// Where the line of a byte begins: a heading in a quotation or a list starts behind their markers, its section before them.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}
