//! Instants: UTC from the server. The page's script (`app/editor/src/times.ts`) shows them in the reader's zone and words, and keeps them fresh.

use leptos::prelude::*;
use time::{Duration, OffsetDateTime, UtcOffset};

/// When something happened, or will.
#[component]
pub fn Moment(
    /// When.
    at: OffsetDateTime,
    /// Stays the date and time in UTC: for records, which are read years later and on paper.
    #[prop(optional)]
    record: bool,
) -> impl IntoView {
    let (day, minute) = words(at);
    // The script puts only what has a "T" into its own words; a space is as valid.
    let machine = format!("{day}{}{minute}:{:02}Z", if record { ' ' } else { 'T' }, at.second());
    view! { <time datetime=machine>{plain(at)}</time> }
}

/// From when to when, where that is worth saying; else when it ended.
#[component]
pub fn Span(began: Option<OffsetDateTime>, at: OffsetDateTime) -> impl IntoView {
    let since = began.filter(|began| at - *began >= Duration::MINUTE).map(|began| view! { <Moment at=began/> " to " });
    view! { {since} <Moment at/> }
}

/// An instant to the minute, in UTC, where no element can be.
pub fn plain(at: OffsetDateTime) -> String {
    let (day, minute) = words(at);
    format!("{day} {minute} UTC")
}

/// By hand: what the crate brings to format by any description would be a hundredth of the page's code.
fn words(at: OffsetDateTime) -> (String, String) {
    let at = at.to_offset(UtcOffset::UTC);
    (format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day()), format!("{:02}:{:02}", at.hour(), at.minute()))
}
