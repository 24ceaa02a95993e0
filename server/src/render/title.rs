//! The title that a text proposes for its design; the text itself is never touched.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::front_matter;
use super::markdown::{Events, plain};

/// Characters that a title may have; the database holds no longer one.
const LONGEST: usize = 200;

/// Front matter's `title`, else the first heading that says something.
pub fn proposed(text: &str) -> Option<String> {
    let title = front_matter::value(text, "title").map(str::to_owned).or_else(|| first_heading(text))?;
    Some(title.chars().take(LONGEST).collect())
}

fn first_heading(text: &str) -> Option<String> {
    let mut heading = None;
    for (event, _) in Events::of(text) {
        match (&event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::End(TagEnd::Heading(_)), Some(title)) => {
                let title = title.trim();
                if !title.is_empty() {
                    return Some(title.to_owned());
                }
                heading = None;
            }
            (event, Some(title)) => title.push_str(plain(event).unwrap_or_default()),
            _ => {}
        }
    }
    None
}
