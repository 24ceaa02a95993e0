//! What people write beside the text: comments, summaries, reasons. Pure.

use app::error::{AppError, Result};

/// Characters of a comment or a summary; the schema holds no more.
pub(super) const LONGEST: usize = 20_000;

/// Checks Markdown that may be left out, and cuts the white space around it.
pub(super) fn optional<'a>(field: &str, text: &'a str) -> Result<&'a str> {
    let text = text.trim();
    if text.contains('\0') {
        return Err(AppError::invalid(field, "This holds the character U+0000, which text cannot hold. Remove it."));
    }
    if text.chars().count() > LONGEST {
        return Err(AppError::invalid(field, "This has more than 20,000 characters. Make it shorter; details belong into the text."));
    }
    Ok(text)
}

/// Checks Markdown that must say something.
pub(super) fn required<'a>(field: &str, text: &'a str) -> Result<&'a str> {
    match optional(field, text)? {
        "" => Err(AppError::invalid(field, "Please write something first.")),
        text => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_cut_to_what_was_written_and_bounded() {
        assert_eq!(optional("summary", " \n"), Ok(""));
        assert_eq!(required("body", " a\nb "), Ok("a\nb"));
        assert!(required("body", " \n").is_err());
        assert!(optional("body", "a\0").is_err());
        assert!(optional("body", &"é".repeat(LONGEST)).is_ok());
        assert!(optional("body", &"é".repeat(LONGEST + 1)).is_err());
    }
}
