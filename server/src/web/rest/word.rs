//! The product's words in queries and bodies.

use std::str::FromStr;

use app::error::AppError;

/// Reads one of the product's words; what it cannot be is said under the field's name.
pub(super) fn word<T: FromStr<Err = String>>(field: &str, given: Option<&str>) -> Result<Option<T>, AppError> {
    given.map(|word| word.parse().map_err(|reason: String| AppError::invalid(field, reason))).transpose()
}
