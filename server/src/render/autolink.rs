//! Addresses written without markup become links, as GitHub does it (GFM, "Autolinks (extension)"); only http and https.

use std::ops::Range;
use std::rc::Rc;

use super::links;
use super::tree::{Block, Kind, Mark, Run, Text, What};

/// Links the addresses in a block's text.
pub fn link<'a>(source: &'a str, block: &mut Block<'a>) {
    link_with(source, block, "://", |text| {
        let found = first(text)?;
        let href = links::href(&text[found.clone()])?;
        Some((found, href))
    });
}

/// Links what `first` finds in a block's text, where it has `sign`: the first place, and the address that it leads to.
pub fn link_with<'a>(source: &'a str, block: &mut Block<'a>, sign: &str, first: impl Fn(&str) -> Option<(Range<usize>, String)>) {
    let plain = |run: &Run<'_>| matches!(&run.what, What::Text(text) if text.exact && text.shown.contains(sign)) && free(run);
    if matches!(block.kind, Kind::Code(_) | Kind::Raw { .. }) || !block.runs.iter().any(plain) {
        return;
    }
    for run in std::mem::take(&mut block.runs) {
        match &run.what {
            What::Text(text) if plain(&run) => split(source, text, &run, &first, &mut block.runs),
            _ => block.runs.push(run),
        }
    }
}

/// Whether text may become a link.
fn free(run: &Run<'_>) -> bool {
    !run.marks.iter().any(|mark| matches!(mark, Mark::Link { .. } | Mark::Code | Mark::Raw | Mark::Image(_)))
}

/// The run as several: what becomes links, and what is between.
fn split<'a>(
    source: &'a str,
    text: &Text<'a>,
    run: &Run<'a>,
    first: impl Fn(&str) -> Option<(Range<usize>, String)>,
    out: &mut Vec<Run<'a>>,
) {
    let mut rest = text.span.clone();
    while let Some((found, href)) = first(&source[rest.clone()]) {
        let linked = rest.start + found.start..rest.start + found.end;
        if rest.start < linked.start {
            out.push(Block::exact(source, rest.start..linked.start, Rc::clone(&run.marks)));
        }
        let link = Mark::Link { href: href.into(), title: "".into(), image: false };
        let marks = run.marks.iter().cloned().chain([link]).collect();
        out.push(Block::exact(source, linked.clone(), marks));
        rest.start = linked.end;
    }
    if !rest.is_empty() {
        out.push(Block::exact(source, rest, Rc::clone(&run.marks)));
    }
}

/// The first address in a text. Nothing is read twice, however many beginnings of addresses there are.
fn first(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let colon = from + text[from..].find("://")?;
        from = colon + "://".len();
        let scheme = ["https", "http"].into_iter().find(|scheme| text[..colon].ends_with(scheme));
        let Some(start) = scheme.map(|scheme| colon - scheme.len()) else { continue };
        if text[..start].ends_with(char::is_alphanumeric) || !text[from..].starts_with(char::is_alphanumeric) {
            continue;
        }
        let length = text[start..].find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`')).unwrap_or(text.len() - start);
        return Some(start..start + trimmed(&text[start..start + length]));
    }
}

/// An address's length without the punctuation that ends the sentence and without brackets that it did not open.
fn trimmed(address: &str) -> usize {
    let mut end = address.len();
    let mut surplus = address.matches(')').count().saturating_sub(address.matches('(').count());
    while let Some(last) = address[..end].chars().next_back() {
        match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | ']' | '|' => {}
            ')' if surplus > 0 => surplus -= 1,
            _ => break,
        }
        end -= last.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn an_address_ends_before_the_punctuation_of_its_sentence() {
        let cases = [
            ("see https://a.example/b.", Some("https://a.example/b")),
            ("(http://a.example/(x)).", Some("http://a.example/(x)")),
            ("https://a.example/?q=1&r=2, then", Some("https://a.example/?q=1&r=2")),
            ("xhttps://a.example", None),
            ("https://", None),
            ("https:// http://b.example", Some("http://b.example")),
        ];
        for (text, address) in cases {
            assert_eq!(first(text).map(|found| &text[found]), address, "{text}");
        }
    }
}
