//! Instants: UTC from the server, the reader's own zone and words once the script is there.

use js_sys::{Date, Object};
use leptos::prelude::*;
use time::OffsetDateTime;
use time::UtcOffset;
use time::format_description::FormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

const PLAIN: &[FormatItem<'_>] = format_description!("[year]-[month]-[day] [hour]:[minute] UTC");

/// The interface is in English whatever the browser's language; dates in another one would read oddly in it.
const LOCALE: &str = "en-GB";

/// When something happened: "3 hours ago" in the browser, with the exact time when pointed at.
#[component]
pub fn Moment(
    /// When.
    at: OffsetDateTime,
    /// Stays the date and time in UTC: for records, which are read years later and on paper.
    #[prop(optional)]
    record: bool,
) -> impl IntoView {
    let machine = at.format(&Rfc3339).unwrap_or_default();
    let plain = at.to_offset(UtcOffset::UTC).format(PLAIN).unwrap_or_default();
    let words = RwSignal::new(plain.clone());
    let exact = RwSignal::new(plain);
    Effect::new(move || {
        let there = Date::new(&(at.unix_timestamp() as f64 * 1000.0).into());
        if !record {
            let age = ago((Date::now() - there.get_time()) / 1000.0);
            words.set(age.unwrap_or_else(|| there.to_locale_date_string(LOCALE, &Object::new()).into()));
        }
        exact.set(there.to_locale_string(LOCALE, &Object::new()).into());
    });
    view! { <time datetime=machine title=exact>{words}</time> }
}

/// In words, up to a week away; beyond it a date says more.
fn ago(seconds: f64) -> Option<String> {
    let (unit, word) = match seconds.abs() {
        // Also covers a clock that is a little ahead of the server's.
        s if s < 60.0 => return Some("just now".into()),
        s if s < 3600.0 => (60.0, "minute"),
        s if s < 86_400.0 => (3600.0, "hour"),
        s if s < 604_800.0 => (86_400.0, "day"),
        _ => return None,
    };
    let number = (seconds.abs() / unit).floor();
    let plural = if number < 2.0 { "" } else { "s" };
    Some(if seconds < 0.0 { format!("in {number} {word}{plural}") } else { format!("{number} {word}{plural} ago") })
}

#[cfg(test)]
mod tests {
    use super::ago;

    #[test]
    fn ages_are_told_in_the_largest_whole_unit() {
        assert_eq!(ago(-3.0).as_deref(), Some("just now"));
        assert_eq!(ago(119.0).as_deref(), Some("1 minute ago"));
        assert_eq!(ago(7300.0).as_deref(), Some("2 hours ago"));
        assert_eq!(ago(6.9 * 86_400.0).as_deref(), Some("6 days ago"));
        assert_eq!(ago(8.0 * 86_400.0), None);
        assert_eq!(ago(-7300.0).as_deref(), Some("in 2 hours"));
    }
}
