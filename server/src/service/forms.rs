//! What people may type into a form's fields. Pure.

use app::error::{AppError, Result};

/// A person's, team's or token's name: 1 to 100 characters on one line, spaces around it cut.
pub fn name<'a>(field: &str, text: &'a str) -> Result<&'a str> {
    let name = text.trim();
    match name.chars().count() {
        0 => Err(AppError::invalid(field, "Please give a name.")),
        1..=100 if !name.chars().any(char::is_control) => Ok(name),
        1..=100 => Err(AppError::invalid(field, "A name is one line, without control characters.")),
        _ => Err(AppError::invalid(field, "A name has at most 100 characters.")),
    }
}

/// An e-mail address, spaces around it cut.
pub fn email(text: &str) -> Result<&str> {
    let email = text.trim();
    let valid = email.len() <= 254 && email.parse::<lettre::Address>().is_ok();
    if valid { Ok(email) } else { Err(AppError::invalid("email", "This is not an e-mail address like ada@example.org.")) }
}

/// A team's name in links.
pub fn slug(text: &str) -> Result<&str> {
    let letters = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if letters && (1..=39).contains(&text.len()) && !text.starts_with('-') {
        return Ok(text);
    }
    Err(AppError::invalid("slug", "Use 1 to 39 lower-case letters, digits and hyphens, beginning with a letter or digit."))
}

/// A name in links made of a name: `Payments & Billing` is `payments-billing`.
pub fn slug_of(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(39);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "team".into() } else { slug.into() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_cut_at_their_ends_and_bounded() {
        assert_eq!(name("name", "  Ada Lovelace "), Ok("Ada Lovelace"));
        assert!(name("name", "   ").is_err());
        assert!(name("name", &"é".repeat(100)).is_ok());
        assert!(name("name", &"é".repeat(101)).is_err());
        assert!(name("name", "Ada\r\nBcc: everybody").is_err());
    }

    #[test]
    fn addresses_are_checked_for_their_shape() {
        assert_eq!(email(" ada@example.org "), Ok("ada@example.org"));
        for wrong in ["", "ada", "ada@", "@example.org", "a b@example.org", "ada@example.org\nBcc: x@y.z"] {
            assert!(email(wrong).is_err(), "{wrong}");
        }
        assert!(email(&format!("{}@example.org", "a".repeat(254))).is_err());
    }

    proptest! {
        #[test]
        fn every_name_makes_a_usable_slug(name in ".*") {
            let made = slug_of(&name);
            prop_assert!(slug(&made).is_ok(), "{}", made);
        }
    }
}
