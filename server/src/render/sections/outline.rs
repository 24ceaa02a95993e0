//! Where a heading stands in the outline: the headings above it, and its place among its siblings.

/// A section's place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Texts of the headings above it and its own, outermost first.
    pub path: Vec<String>,
    /// How many sections directly under the same heading come before it.
    pub among_siblings: u64,
}

/// The headings that are open at a point of the text.
#[derive(Default)]
pub struct Places {
    /// Level and text, with the number of sections directly under it so far.
    open: Vec<(u8, String, u64)>,
    /// Sections that are under no other.
    top: u64,
}

impl Places {
    /// The place of the next heading; it ends all headings of its level and deeper.
    pub fn next(&mut self, level: u8, text: &str) -> Place {
        while self.open.last().is_some_and(|&(above, ..)| above >= level) {
            self.open.pop();
        }
        let siblings = self.open.last_mut().map_or(&mut self.top, |(.., count)| count);
        let among_siblings = *siblings;
        *siblings += 1;
        self.open.push((level, text.to_owned(), 0));
        Place { path: self.open.iter().map(|(_, text, _)| text.clone()).collect(), among_siblings }
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn a_heading_is_under_the_nearest_one_of_a_higher_level() {
        let mut places = Places::default();
        let found: Vec<(String, u64)> = [(2, "a"), (3, "b"), (3, "c"), (1, "d"), (4, "e"), (2, "f")]
            .map(|(level, text)| places.next(level, text))
            .map(|place| (place.path.join("/"), place.among_siblings))
            .into();
        let expected = [("a", 0), ("a/b", 0), ("a/c", 1), ("d", 1), ("d/e", 0), ("d/f", 1)].map(|(path, order)| (path.to_owned(), order));
        assert_eq!(found, expected);
    }
}
