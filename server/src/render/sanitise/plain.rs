//! Whether HTML is nothing but what the fence lets through, seen without building a tree of it: that costs as much as all of rendering together.
//!
//! Strict instead of clever: tags as the writer spells them, closed in order, every attribute quoted. None of the elements changes how a browser
//! reads what is in it, as `script`, `style` or `svg` would, so the tags seen here are the tags that it sees.

use app::model::picture::PictureName;

use super::{ATTRIBUTES, TAGS};

/// Elements without an end.
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// Whether the fence would let all of it through. No means: perhaps.
pub fn passes(html: &str) -> bool {
    let (mut open, mut rest) = (Vec::new(), html);
    while let Some((_, tag)) = rest.split_once('<') {
        // No attribute holds a bare `>`.
        let Some((tag, behind)) = tag.split_once('>') else { return false };
        rest = behind;
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
            continue;
        }
        let (name, attributes) = tag.split_once(' ').map_or((tag, ""), |(name, attributes)| (name, attributes));
        if TAGS.binary_search(&name).is_err() || !harmless(name, attributes) {
            return false;
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    open.is_empty()
}

/// Whether all that is written behind an element's name may stay: `key="value"`, one blank between two.
fn harmless(element: &str, mut attributes: &str) -> bool {
    while !attributes.is_empty() {
        let Some((key, behind)) = attributes.split_once("=\"") else { return false };
        let Some((value, behind)) = behind.split_once('"') else { return false };
        if !may_stay(element, key, value) {
            return false;
        }
        attributes = match behind.strip_prefix(' ') {
            Some(next) if !next.is_empty() => next,
            _ if behind.is_empty() => behind,
            _ => return false,
        };
    }
    true
}

fn may_stay(element: &str, key: &str, value: &str) -> bool {
    if ATTRIBUTES.binary_search(&key).is_ok() {
        return true;
    }
    match (element, key) {
        ("a", "href") => leads_somewhere_harmless(value),
        ("a", "rel")
        | ("img", "width" | "height" | "alt" | "loading" | "decoding")
        | ("input", "checked" | "disabled")
        | ("ol", "start")
        | ("td", "colspan")
        | ("details", "open") => true,
        ("img", "src") => PictureName::of_address(value).is_some(),
        ("input", "type") => value == "checkbox",
        _ => false,
    }
}

/// A browser takes what stands before the first colon for a scheme, whatever blanks are in it, unless a slash, a question mark or a hash comes
/// first; an entity could be a colon.
fn leads_somewhere_harmless(address: &str) -> bool {
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    let first = address.split(['/', '?', '#']).next().unwrap_or_default();
    known || !first.contains([':', '&', '\\'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::FENCE;
    use super::*;

    #[test]
    fn what_the_writer_writes_passes() {
        for html in [
            "",
            "text &amp; more",
            "<p data-b=\"0-3\"><span data-s=\"0\">one</span><br>two</p>\n",
            "<ul><li class=\"task\"><input type=\"checkbox\" disabled=\"\" checked=\"\"> done</li></ul>",
            "<a href=\"#section\" class=\"anchor\" aria-label=\"Link to this section\"></a>",
            "<a href=\"docs/other.md?a=b:c&amp;d#e\" rel=\"noopener nofollow\">there</a><a href=\"mailto:a@example.org\">mail</a>",
        ] {
            assert!(passes(html), "{html}");
        }
    }

    #[test]
    fn anything_else_does_not() {
        for html in [
            "<script>alert(1)</script>",
            "<SCRIPT></SCRIPT>",
            "<p",
            "<p>",
            "</p>",
            "<p></div>",
            "<!-- -->",
            "<p/>",
            "<p onclick=\"alert(1)\"></p>",
            "<p style=\"color: red\"></p>",
            "<p id=a></p>",
            "<p id='a'></p>",
            "<p id=\"a\"onclick=\"alert(1)\"></p>",
            "<p id=\"a\" ></p>",
            "<p\nonclick=\"alert(1)\"></p>",
            "<p id=\"a>b\"></p>",
            "<a href=\"javascript:alert(1)\"></a>",
            "<a href=\" javascript:alert(1)\"></a>",
            "<a href=\"java&#115;cript&colon;alert(1)\"></a>",
            "<a href=\"data:text/html,x\"></a>",
            "<div href=\"https://example.org\"></div>",
            "<img src=\"https://example.org/a.png\">",
            "<input type=\"text\">",
            "<svg></svg>",
        ] {
            assert!(!passes(html), "{html}");
        }
    }

    proptest! {
        #[test]
        fn what_passes_the_fence_leaves_as_it_is(
            pieces in prop::collection::vec(prop::sample::select(vec![
                "<p>", "</p>", "<em>", "</em>", "<a href=\"", "https://a", "java", "script:", "\">", "</a>", "<", ">", "\"", " ", "=", "x", "&lt;",
                "<script>", "</script>", "<p title=\"", "\" onclick=\"", "<br>", "<!--", "-->", "/", "&#58;", "\t",
            ]), 0..12),
        ) {
            let html = pieces.concat();
            if passes(&html) {
                let cleaned = FENCE.clean(&html).to_string();
                // It may close and repeat what a browser would, and takes no tag, no attribute and no address away.
                for kind in ["<", "=\"", "script:"] {
                    let count = |html: &str| html.matches(kind).count();
                    prop_assert!(count(&cleaned) >= count(&html), "{} became {}", html, cleaned);
                }
            }
        }
    }
}
