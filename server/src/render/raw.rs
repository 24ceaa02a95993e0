//! Raw HTML in Markdown, cut into the few tags that are understood and text that is shown as it is written.

/// Elements that may be written as HTML, always without attributes.
pub const INLINE: [&str; 3] = ["kbd", "sub", "sup"];

/// No tag that is understood is longer: a `<` is not followed to the end of the text in search of its `>`.
const LONGEST_TAG: usize = 24;

/// A piece of raw HTML, with its byte offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// `<kbd>`, `<sub>`, `<sup>`, `<details>`, `<summary>`.
    Open(&'static str),
    /// Their ends.
    Close(&'static str),
    /// `<br>`.
    Break,
    /// Anything else, to be escaped.
    Text(&'a str),
}

/// Cuts raw HTML; offsets are from its start.
pub fn pieces(html: &str) -> Vec<(usize, Piece<'_>)> {
    let mut pieces = Vec::new();
    let mut text_start = 0;
    let mut at = 0;
    while let Some(found) = html[at..].find('<').map(|found| at + found) {
        let near = html.as_bytes()[found..].iter().take(LONGEST_TAG).position(|&byte| byte == b'>');
        let tag = near.and_then(|end| Some((found + end + 1, tag(&html[found + 1..found + end])?)));
        let Some((end, piece)) = tag else {
            at = found + 1;
            continue;
        };
        if text_start < found {
            pieces.push((text_start, Piece::Text(&html[text_start..found])));
        }
        pieces.push((found, piece));
        text_start = end;
        at = end;
    }
    if text_start < html.len() {
        pieces.push((text_start, Piece::Text(&html[text_start..])));
    }
    pieces
}

/// What stands between `<` and `>`, when it is a tag that is understood.
fn tag(inside: &str) -> Option<Piece<'static>> {
    let (name, close) = match inside.strip_prefix('/') {
        Some(name) => (name.trim_end(), true),
        None => (inside.trim_end_matches([' ', '/']), false),
    };
    let name = name.to_ascii_lowercase();
    if name == "br" {
        return Some(Piece::Break);
    }
    let known =
        INLINE.into_iter().chain(["details", "summary"]).find(|&known| known == name || (known == "details" && name == "details open"))?;
    Some(if close { Piece::Close(known) } else { Piece::Open(known) })
}

#[cfg(test)]
mod tests {
    use super::{Piece, pieces};

    #[test]
    fn known_tags_are_pieces_and_all_else_is_text() {
        use Piece::{Break, Close, Open, Text};
        let found: Vec<Piece> = pieces("a <KBD>x</kbd ><br/> <b onclick=x>").into_iter().map(|(_, piece)| piece).collect();
        assert_eq!(found, [Text("a "), Open("kbd"), Text("x"), Close("kbd"), Break, Text(" <b onclick=x>")]);
    }

    #[test]
    fn a_known_tag_with_attributes_is_text() {
        for html in ["<kbd onclick=x>", "<details ontoggle=alert(1)>", "< kbd>", "<kbd", "<<script>"] {
            assert_eq!(pieces(html), [(0, Piece::Text(html))]);
        }
    }
}
