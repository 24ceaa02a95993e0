//! What a text would be with changes that its room did not take. Made in a document of its own: nothing of it comes into any log.

use super::Reading;
use super::document::{Damaged, Document};
use super::limits::Limits;
use super::scan::scan;

/// Why changes cannot be brought into a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// They are no changes of a text, or build on what the text does not have.
    Damaged,
    /// The text would be larger than the limit.
    TooLarge,
}

impl From<Damaged> for Unfit {
    fn from(_: Damaged) -> Self {
        Self::Damaged
    }
}

/// The text with an update in it, looked at as the room does it before it applies one.
pub fn with(reading: &Reading, update: &[u8], limits: &Limits) -> Result<String, Unfit> {
    let mut document = Document::open([reading.state.as_slice()])?;
    let scan = scan(update, |client| document.known(client)).map_err(|_| Unfit::Damaged)?;
    if scan.missing {
        return Err(Unfit::Damaged);
    }
    if !document.fits(update.len(), scan.inserted, limits.text_bytes, limits.state_bytes)? {
        return Err(Unfit::TooLarge);
    }
    document.apply(update, &scan)?;
    document.clean()?;
    Ok(document.text()?)
}
