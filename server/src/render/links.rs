//! Which addresses a document may lead to.

use super::slugs;

/// What a link's destination may become: http, https, mailto, a path, or a place in the document itself.
///
/// Browsers ignore white space and control characters before and inside a scheme (URL Standard, "basic URL parser"), so they do not count here.
pub fn href(destination: &str) -> Option<String> {
    let bare: String = destination.chars().filter(|c| !c.is_ascii_control() && !c.is_whitespace()).collect();
    if let Some(fragment) = bare.strip_prefix('#') {
        return Some(slugs::target(fragment));
    }
    match scheme(&bare) {
        Some(scheme) => ["http", "https", "mailto"].iter().any(|allowed| scheme.eq_ignore_ascii_case(allowed)).then_some(bare),
        None if bare.is_empty() => None,
        None => Some(bare),
    }
}

/// Whether an address is on another host, so that the browser may follow it as a link but not load it as an image.
pub fn remote(href: &str) -> bool {
    scheme(href).is_some() || href.starts_with("//")
}

/// What stands before the first colon, unless that colon is part of a path, query or fragment.
fn scheme(address: &str) -> Option<&str> {
    let (head, _) = address.split_once(':')?;
    (!head.contains(['/', '?', '#'])).then_some(head)
}

#[cfg(test)]
mod tests {
    use super::href;

    #[test]
    fn only_harmless_schemes_pass() {
        for good in
            ["https://a.example/x?y=javascript:1", "HTTP://a.example", "mailto:a@b.example", "/teams/a", "../b.md", "a?b:c", "//a.example"]
        {
            assert_eq!(href(good).as_deref(), Some(good));
        }
        let bad = [
            "javascript:alert(1)",
            " java\nscript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "\u{1}javascript:x",
            "file:///etc",
            "blob:x",
            ":x",
            "",
        ];
        for bad in bad {
            assert_eq!(href(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_place_in_the_document_gets_the_anchors_prefix() {
        assert_eq!(href("#goals").as_deref(), Some("#s-goals"));
    }
}
