//! Instants: UTC from the server. The page's script (`app/editor/src/times.ts`) shows them in the reader's zone and words, and keeps them fresh.

use leptos::prelude::*;
use time::OffsetDateTime;
use time::UtcOffset;
use time::format_description::FormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

const PLAIN: &[FormatItem<'_>] = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");

/// When something happened, or will.
#[component]
pub fn Moment(
    /// When.
    at: OffsetDateTime,
    /// Stays the date and time in UTC: for records, which are read years later and on paper.
    #[prop(optional)]
    record: bool,
) -> impl IntoView {
    let machine = at.format(&Rfc3339).unwrap_or_default();
    // The script puts only what has a "T" into its own words; a space is as valid.
    let machine = if record { machine.replace('T', " ") } else { machine };
    let plain = at.to_offset(UtcOffset::UTC).format(PLAIN).unwrap_or_default();
    view! { <time datetime=machine>{plain}</time> }
}
