//! Text as HTML: nothing in it is markup any more.

/// Appends text for a double-quoted attribute, or for element content.
pub fn into(out: &mut String, text: &str) {
    without(out, text, &['&', '<', '>', '"']);
}

/// Appends text for element content, where quotation marks are text.
pub fn content(out: &mut String, text: &str) {
    without(out, text, &['&', '<', '>']);
}

fn without(out: &mut String, text: &str, markup: &[char]) {
    let mut rest = text;
    while let Some(at) = rest.find(markup) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
