//! The passage of a section that a search shows. Pure.
//!
//! Not PostgreSQL's `ts_headline`: that keeps paths and hosts in one piece and so would not show `rooms` in `src/rooms.rs`, which our index
//! finds (see `migrations/0002_designs.sql`), and it would parse each section again.

use std::ops::Range;

use super::Words;

/// How much is shown before the first word found, and all in all, in characters.
const BEFORE: usize = 60;
/// See [`BEFORE`].
const LENGTH: usize = 220;

/// The place of the first word found with some text around it, on one line: escaped HTML in which `<mark>` is the only element.
pub(crate) fn passage(body: &str, words: &Words) -> String {
    let marks: Vec<Range<usize>> = text_words(body).filter(|word| words.begin(&body[word.clone()])).collect();
    let shown = window(body, marks.first().map_or(0, |mark| mark.start));
    let mut html = String::new();
    if shown.start > 0 {
        html.push('…');
    }
    let mut at = shown.start;
    for mark in marks.iter().filter(|mark| mark.start >= shown.start && mark.end <= shown.end) {
        escape(&body[at..mark.start], &mut html);
        html.push_str("<mark>");
        escape(&body[mark.clone()], &mut html);
        html.push_str("</mark>");
        at = mark.end;
    }
    escape(&body[at..shown.end], &mut html);
    if shown.end < body.len() {
        html.push('…');
    }
    html
}

/// The words of a text, as [`Words`] sees them.
fn text_words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.by_ref().find(|(_, char)| char.is_alphanumeric())?;
        let mut end = text.len();
        while let Some(&(at, char)) = rest.peek() {
            if !char.is_alphanumeric() {
                end = at;
                break;
            }
            rest.next();
        }
        Some(start..end)
    })
}

/// What is shown of a text around `place`, whole words only where there are spaces.
fn window(text: &str, place: usize) -> Range<usize> {
    let back = text[..place].char_indices().rev().take(BEFORE).last().map_or(0, |(at, _)| at);
    let start = if back == 0 { 0 } else { text[back..place].find(char::is_whitespace).map_or(back, |space| back + space + 1).min(place) };
    let start = (start..=place).find(|&at| text.is_char_boundary(at)).unwrap_or(place);
    let end = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| start + at);
    start..end
}

/// Appends text as HTML, runs of white space as one space.
fn escape(text: &str, html: &mut String) {
    for char in text.chars() {
        match char {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            char if char.is_whitespace() || char.is_control() => {
                if !html.ends_with(' ') {
                    html.push(' ');
                }
            }
            char => html.push(char),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(typed: &str) -> Words {
        Words::of(typed).unwrap()
    }

    #[test]
    fn words_are_marked_where_they_begin_so_in_paths_too() {
        assert_eq!(
            passage("See src/rooms.rs\nfor ROOM tasks.", &words("room")),
            "See src/<mark>rooms</mark>.rs for <mark>ROOM</mark> tasks."
        );
    }

    #[test]
    fn markup_of_the_text_is_shown_never_obeyed() {
        let html = passage("<script>alert('x')</script> & <mark>", &words("alert"));
        assert_eq!(html, "&lt;script&gt;<mark>alert</mark>(&#39;x&#39;)&lt;/script&gt; &amp; &lt;mark&gt;");
    }

    #[test]
    fn a_long_section_is_cut_around_the_first_word_found() {
        let html = passage(&format!("{} needle {}", "hay ".repeat(500), "straw ".repeat(500)), &words("needle"));
        assert!(html.starts_with("…hay") && html.ends_with('…') && html.contains("<mark>needle</mark>"), "{html}");
    }

    proptest! {
        #[test]
        fn any_text_and_any_words_give_balanced_escaped_html(body in ".{0,600}", typed in "\\PC{0,20}") {
            if let Some(words) = Words::of(&typed) {
                let html = passage(&body, &words);
                let bare = html.replace("<mark>", "").replace("</mark>", "");
                prop_assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count());
                prop_assert!(!bare.contains(['<', '>', '"']));
            }
        }
    }
}
