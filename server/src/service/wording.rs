//! What people may give as titles, whys and reasons. Pure.

use app::error::{AppError, Result};

/// Characters of a title; the schema holds no more.
const TITLE: usize = 200;

/// Characters of a why or a reason: a page of prose, and no second document.
const PROSE: usize = 10_000;

/// A title: 1 to 200 characters on one line, spaces around it cut.
pub(crate) fn title(text: &str) -> Result<&str> {
    let title = text.trim();
    match title.chars().count() {
        0 => Err(AppError::invalid("title", "Please give a title.")),
        1..=TITLE if !title.chars().any(char::is_control) => Ok(title),
        1..=TITLE => Err(AppError::invalid("title", "A title is one line, without control characters.")),
        _ => Err(AppError::invalid("title", "A title has at most 200 characters.")),
    }
}

/// A title found in a text, made to fit; none when nothing of it is left.
pub(crate) fn fitting_title(found: &str) -> Option<String> {
    let line: String = found.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    let cut: String = line.trim().chars().take(TITLE).collect();
    let cut = cut.trim_end();
    (!cut.is_empty()).then(|| cut.to_owned())
}

/// Why somebody proposes something; may be left out.
pub(crate) fn why(text: &str) -> Result<&str> {
    prose("why", text)
}

/// Why somebody gives something up.
pub(crate) fn reason(text: &str) -> Result<&str> {
    let reason = prose("reason", text)?;
    if reason.is_empty() { Err(AppError::invalid("reason", "Please say why, in a sentence.")) } else { Ok(reason) }
}

fn prose<'a>(field: &str, text: &'a str) -> Result<&'a str> {
    let prose = text.trim();
    if prose.contains('\0') {
        return Err(AppError::invalid(field, "This holds the character U+0000, which text cannot hold. Remove it."));
    }
    if prose.chars().count() > PROSE {
        return Err(AppError::invalid(field, "This has more than 10,000 characters. Make it shorter; details belong into the text."));
    }
    Ok(prose)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_title_is_one_line_of_up_to_200_characters() {
        assert_eq!(title("  Ledger "), Ok("Ledger"));
        assert!(title(" \n ").is_err());
        assert!(title("a\nb").is_err());
        assert!(title(&"é".repeat(200)).is_ok());
        assert!(title(&"é".repeat(201)).is_err());
    }

    #[test]
    fn a_reason_is_not_empty_and_a_why_may_be() {
        assert!(reason("  ").is_err());
        assert_eq!(why("  "), Ok(""));
        assert!(why("a\0b").is_err());
    }

    proptest! {
        #[test]
        fn whatever_a_text_proposes_fits(found in ".{0,400}") {
            if let Some(made) = fitting_title(&found) {
                prop_assert_eq!(title(&made), Ok(made.as_str()));
            }
        }
    }
}
