//! Instants: UTC from the server. The page's script (`app/editor/src/times.ts`) shows them in the reader's zone and words, and keeps them fresh.

use leptos::prelude::*;
use time::{OffsetDateTime, UtcOffset};

/// When something happened, or will.
#[component]
pub fn Moment(
    /// When.
    at: OffsetDateTime,
    /// Stays the date and time in UTC: for records, which are read years later and on paper.
    #[prop(optional)]
    record: bool,
) -> impl IntoView {
    let at = at.to_offset(UtcOffset::UTC);
    // By hand: what the crate brings to format by any description would be a hundredth of the page's code.
    let day = format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day());
    let minute = format!("{:02}:{:02}", at.hour(), at.minute());
    // The script puts only what has a "T" into its own words; a space is as valid.
    let machine = format!("{day}{}{minute}:{:02}Z", if record { ' ' } else { 'T' }, at.second());
    let plain = format!("{day} {minute} UTC");
    view! { <time datetime=machine>{plain}</time> }
}
