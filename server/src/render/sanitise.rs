//! The second fence, always the last step: whatever the writer was tricked into, only these elements and attributes leave.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// Every element that the writer writes.
const TAGS: [&str; 35] = [
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
    "ul",
];

/// Attributes that do nothing by themselves. No `style`: the content policy forbids it.
const ATTRIBUTES: [&str; 10] = ["aria-label", "class", "data-b", "data-e", "data-s", "id", "role", "scope", "tabindex", "title"];

static FENCE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut fence = Builder::empty();
    fence
        .tags(HashSet::from(TAGS))
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "rel"])),
            ("input", HashSet::from(["type", "checked", "disabled"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["colspan"])),
            ("details", HashSet::from(["open"])),
        ]))
        .tag_attribute_values(HashMap::from([("input", HashMap::from([("type", HashSet::from(["checkbox"]))]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        // The writer says it where it belongs: not on links inside the page.
        .link_rel(None)
        .strip_comments(true);
    fence
});

/// The HTML without anything that is not allowed.
pub fn clean(html: &str) -> String {
    FENCE.clean(html).to_string()
}
