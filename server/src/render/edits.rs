//! The edits that turn one text into another, as the live document needs them.

use super::diff;
use super::units::Units;
use crate::render::Edit;

/// Word-level edits in ascending order; unchanged words keep their identity in the document, so cursors and threads on them stay.
pub fn between(from: &str, to: &str) -> Vec<Edit> {
    let units = Units::of(from);
    let edit = |hunk: diff::Hunk| Edit {
        at: units.at(hunk.old.start),
        delete: units.at(hunk.old.end) - units.at(hunk.old.start),
        insert: to[hunk.new].to_owned(),
    };
    diff::words(from, to).into_iter().map(edit).collect()
}
