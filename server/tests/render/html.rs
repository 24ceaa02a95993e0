//! Reads rendered HTML back: a parser for what the renderer writes, strict enough that anything else fails the test.

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

/// A tag or text.
#[derive(Debug)]
pub enum Piece {
    Open(String, Vec<(String, String)>),
    Close(String),
    Text(String),
}

const ATTRIBUTES: [&str; 19] = [
    "aria-label",
    "checked",
    "class",
    "colspan",
    "data-b",
    "data-e",
    "data-s",
    "disabled",
    "href",
    "id",
    "open",
    "rel",
    "role",
    "scope",
    "start",
    "tabindex",
    "title",
    "type",
    "value",
];

const TAGS: [&str; 34] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "details",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "input",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
];

/// The pieces of well-formed HTML.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let Some(inside) = rest.strip_prefix('<') else {
            let end = rest.find('<').unwrap_or(rest.len());
            pieces.push(Piece::Text(unescape(&rest[..end])));
            rest = &rest[end..];
            continue;
        };
        let (tag, after) = end_of_tag(inside);
        rest = after;
        pieces.push(match tag.strip_prefix('/') {
            Some(name) => Piece::Close(name.into()),
            None => open(tag),
        });
    }
    pieces
}

/// A tag's inside, and what follows it; a `>` between quotation marks does not end it.
fn end_of_tag(text: &str) -> (&str, &str) {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '>' if !quoted => return (&text[..at], &text[at + 1..]),
            _ => {}
        }
    }
    panic!("a tag without an end: {text}");
}

fn open(tag: &str) -> Piece {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let mut attributes = Vec::new();
    while let Some((key, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').expect("an attribute's end");
        attributes.push((key.trim().to_owned(), unescape(value)));
        rest = after.trim_start();
    }
    assert!(rest.is_empty(), "an attribute without a value: {tag}");
    Piece::Open(name.into(), attributes)
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

/// Only known elements and attributes, no script, and links only where links may lead.
pub fn check_harmless(html: &str) -> TestCaseResult {
    for piece in pieces(html) {
        let Piece::Open(name, attributes) = piece else { continue };
        prop_assert!(TAGS.contains(&name.as_str()) || name == "ul", "<{}>", name);
        for (key, value) in attributes {
            prop_assert!(ATTRIBUTES.contains(&key.as_str()), "{}=…", key);
            if key == "href" {
                let bare: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect::<String>().to_lowercase();
                let scheme = bare.split(['/', '?', '#']).next().and_then(|head| head.split_once(':')).map(|(scheme, _)| scheme.to_owned());
                prop_assert!(scheme.is_none_or(|scheme| ["http", "https", "mailto"].contains(&scheme.as_str())), "{}", value);
            }
        }
    }
    Ok(())
}

/// Every text that carries an offset is the source there; every text that stands for a range has a range.
pub fn check_offsets(source: &str, html: &str) -> TestCaseResult {
    let units = super::utf16(source);
    let mut open: Vec<Option<(usize, Option<usize>)>> = Vec::new();
    for piece in pieces(html) {
        match piece {
            Piece::Open(name, attributes) => {
                let number =
                    |wanted: &str| attributes.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.parse::<usize>().unwrap());
                if let Some((_, range)) = attributes.iter().find(|(key, _)| key == "data-b") {
                    let (start, end) = range.split_once('-').unwrap();
                    let (start, end) = (start.parse::<usize>().unwrap(), end.parse::<usize>().unwrap());
                    prop_assert!(start <= end && end <= units.len(), "{}", range);
                }
                if !["br", "hr", "input"].contains(&name.as_str()) {
                    open.push(number("data-s").map(|start| (start, number("data-e"))));
                }
            }
            Piece::Close(_) => drop(open.pop()),
            Piece::Text(text) => match open.last() {
                Some(Some((start, None))) => {
                    let text = super::utf16(&text);
                    prop_assert_eq!(units.get(*start..start + text.len()), Some(text.as_slice()));
                }
                Some(Some((start, Some(end)))) => prop_assert!(start < end && *end <= units.len()),
                _ => {}
            },
        }
    }
    Ok(())
}

/// Places are numbered from 1, each once, in order.
pub fn check_places(html: &str, places: u32) -> TestCaseResult {
    let ids: Vec<String> = pieces(html)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Open(_, attributes) => {
                attributes.into_iter().find(|(key, value)| key == "id" && value.starts_with("change-")).map(|(_, id)| id)
            }
            _ => None,
        })
        .collect();
    prop_assert_eq!(ids, (1..=places).map(|place| format!("change-{place}")).collect::<Vec<_>>());
    Ok(())
}

/// The words that can be read.
pub fn words(html: &str) -> Vec<String> {
    split(pieces(html).into_iter().filter_map(|piece| if let Piece::Text(text) = piece { Some(text) } else { None }))
}

/// The words that can be read, but for those that were taken away.
pub fn words_without_deleted(html: &str) -> Vec<String> {
    let mut deleted = 0;
    split(pieces(html).into_iter().filter_map(move |piece| match piece {
        Piece::Open(name, _) if name == "del" => {
            deleted += 1;
            None
        }
        Piece::Close(name) if name == "del" => {
            deleted -= 1;
            None
        }
        Piece::Text(text) if deleted == 0 => Some(text),
        _ => None,
    }))
}

/// Letters and digits only: marks may come between any two characters.
fn split(texts: impl Iterator<Item = String>) -> Vec<String> {
    vec![texts.flat_map(|text| text.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>()).collect()]
}
