//! Where the next page of a list begins, as an opaque word in links: the sort key of the last row shown. Pure.

use app::error::{AppError, Result};
use time::OffsetDateTime;
use uuid::Uuid;

/// Cuts what was fetched to the page's length; one row more than that was asked for to know whether there is a next page.
pub(crate) fn cut<T>(mut rows: Vec<T>, limit: i64, key: impl Fn(&T) -> String) -> (Vec<T>, Option<String>) {
    let limit = usize::try_from(limit).unwrap_or_default();
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = if more { rows.last().map(key) } else { None };
    (rows, next)
}

/// After a row sorted by instant and id.
pub(crate) fn after_instant(at: OffsetDateTime, id: Uuid) -> String {
    // Microseconds, as PostgreSQL keeps them.
    format!("{}.{}", at.unix_timestamp_nanos() / 1000, id.simple())
}

/// Reads [`after_instant`].
pub(crate) fn instant(word: &str) -> Result<(OffsetDateTime, Uuid)> {
    parse(word, |key| OffsetDateTime::from_unix_timestamp_nanos(key.parse::<i128>().ok()?.checked_mul(1000)?).ok())
}

/// After a row sorted by instant and a word of letters, digits, blanks and dashes.
pub(crate) fn after_named(at: OffsetDateTime, word: &str) -> String {
    format!("{}.{word}", at.unix_timestamp_nanos() / 1000)
}

/// Reads [`after_named`].
pub(crate) fn named(word: &str) -> Result<(OffsetDateTime, String)> {
    let read = || {
        let (at, key) = word.split_once('.')?;
        let at = OffsetDateTime::from_unix_timestamp_nanos(at.parse::<i128>().ok()?.checked_mul(1000)?).ok()?;
        let known = key.len() <= 60 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-');
        known.then(|| (at, key.to_owned()))
    };
    read().ok_or_else(unreadable)
}

/// After a row sorted by rank and id.
pub(crate) fn after_rank(rank: f32, id: Uuid) -> String {
    // Its bits, so that it compares equal to itself.
    format!("{:x}.{}", rank.to_bits(), id.simple())
}

/// Reads [`after_rank`].
pub(crate) fn ranked(word: &str) -> Result<(f32, Uuid)> {
    parse(word, |key| u32::from_str_radix(key, 16).ok().map(f32::from_bits).filter(|rank| rank.is_finite()))
}

/// After a row sorted by number.
pub(crate) fn number(word: &str) -> Result<i32> {
    word.parse().map_err(|_| unreadable())
}

fn parse<K>(word: &str, key: impl Fn(&str) -> Option<K>) -> Result<(K, Uuid)> {
    word.split_once('.').and_then(|(first, id)| Some((key(first)?, id.parse().ok()?))).ok_or_else(unreadable)
}

fn unreadable() -> AppError {
    AppError::invalid("after", "This link to a further page cannot be read. Begin at the first page.")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_instant_comes_back_to_the_microsecond(micros in -62_000_000_000_000_000_i64..200_000_000_000_000_000, id: u128) {
            let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(micros) * 1000).unwrap();
            prop_assert_eq!(instant(&after_instant(at, Uuid::from_u128(id))), Ok((at, Uuid::from_u128(id))));
        }

        #[test]
        fn a_rank_comes_back_to_the_bit(rank in 0_f32..10.0, id: u128) {
            prop_assert_eq!(ranked(&after_rank(rank, Uuid::from_u128(id))), Ok((rank, Uuid::from_u128(id))));
        }

        #[test]
        fn no_word_breaks_it(word in ".{0,60}") {
            let _ = (instant(&word), ranked(&word), number(&word), named(&word));
        }
    }
}
