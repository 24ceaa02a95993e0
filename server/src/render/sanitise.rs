//! The second fence, always the last step: whatever the writer was tricked into, only these elements and attributes leave.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use app::model::picture::PictureName;

mod plain;

/// Every element that the writer writes, sorted.
const TAGS: [&str; 36] = [
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
    "img",
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

/// Attributes that do nothing by themselves, sorted. No `style`: the content policy forbids it.
const ATTRIBUTES: [&str; 10] = ["aria-label", "class", "data-b", "data-e", "data-s", "id", "role", "scope", "tabindex", "title"];

static FENCE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut fence = Builder::empty();
    fence
        .tags(HashSet::from(TAGS))
        .generic_attributes(HashSet::from(ATTRIBUTES))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "rel"])),
            ("img", HashSet::from(["src", "width", "height", "alt", "loading", "decoding"])),
            ("input", HashSet::from(["type", "checked", "disabled"])),
            ("ol", HashSet::from(["start"])),
            ("td", HashSet::from(["colspan"])),
            ("details", HashSet::from(["open"])),
        ]))
        .tag_attribute_values(HashMap::from([("input", HashMap::from([("type", HashSet::from(["checkbox"]))]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        // Pictures of ours, and whatever else is shown loads nothing.
        .attribute_filter(|element, attribute, value| {
            let ours = (element, attribute) != ("img", "src") || PictureName::of_address(value).is_some();
            ours.then(|| value.into())
        })
        // The writer says it where it belongs: not on links inside the page.
        .link_rel(None)
        .strip_comments(true);
    fence
});

/// The HTML without anything that is not allowed.
pub fn clean(html: String) -> String {
    if plain::passes(&html) { html } else { FENCE.clean(&html).to_string() }
}

/// What a table of two sources consists of; anything else in it is text.
const TABLE: [&str; 14] = [
    "<table class=\"source-diff\">",
    "<tbody>",
    "<tr>",
    "<tr class=\"del\">",
    "<tr class=\"ins\">",
    "<tr class=\"fold\">",
    "<td>",
    "<td colspan=\"4\">",
    "<del>",
    "<ins>",
    "</del>",
    "</ins>",
    "</td>",
    "</tr>",
];

/// The same fence for the one table that holds no markup of anybody's: every `<` must begin one of a few fixed tags. A table of some MB passes
/// in a hundredth of the time; one that does not pass is cleaned like everything else.
pub fn clean_table(html: String) -> String {
    let known = |at: usize| TABLE.iter().chain(&["</tbody>", "</table>"]).any(|tag| html[at..].starts_with(tag));
    if html.match_indices('<').all(|(at, _)| known(at)) { html } else { clean(html) }
}
