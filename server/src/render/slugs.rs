//! Headings' anchors: the same words as GitHub makes of a heading, so that tables of contents written by hand work here too.

use std::collections::HashMap;

/// Before every anchor: a document's ids must not be the page's own.
const PREFIX: &str = "s-";

/// Anchors given so far in one document, each with the number that its next namesake tries first.
#[derive(Default)]
pub struct Slugs(HashMap<String, u32>);

impl Slugs {
    /// The anchor of the next heading with this text: unique, and the same as long as the headings before it are.
    pub fn next(&mut self, heading: &str) -> String {
        let plain = format!("{PREFIX}{}", slug(heading));
        let mut number = self.0.get(&plain).copied().unwrap_or(0);
        let mut anchor = plain.clone();
        while number > 0 && {
            anchor = format!("{plain}-{number}");
            self.0.contains_key(&anchor)
        } {
            number += 1;
        }
        self.0.insert(plain, number + 1);
        self.0.entry(anchor.clone()).or_insert(1);
        anchor
    }
}

/// Where a link to `#fragment` goes.
pub fn target(fragment: &str) -> String {
    format!("#{PREFIX}{fragment}")
}

/// Lower case; letters, digits, `-` and `_` stay, spaces become `-`, all else goes.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter(|&c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::Slugs;

    #[test]
    fn equal_headings_get_numbers_and_never_an_anchor_twice() {
        let mut slugs = Slugs::default();
        let anchors = ["Goals", "Goals", "Goals 1", "Non-goals & risks!", "Überblick", ""].map(|heading| slugs.next(heading));
        assert_eq!(anchors, ["s-goals", "s-goals-1", "s-goals-1-1", "s-non-goals--risks", "s-überblick", "s-"]);
    }
}
