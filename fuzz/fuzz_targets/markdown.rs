//! Markdown of strangers: rendered, taken apart, compared with another; a NUL, which no text of ours holds, stands between the two.
#![no_main]

use libfuzzer_sys::fuzz_target;
use server::render;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (from, to) = text.split_once('\0').unwrap_or((&text, ""));
    for text in [from, to] {
        harmless(&render::document(text).html);
        harmless(&render::comment(text));
        let sections = render::sections(text);
        assert_eq!(sections.iter().map(|section| section.text).collect::<String>(), text);
        render::proposed_title(text);
    }
    assert_eq!(edited(from, to), to);
    harmless(&render::compare(from, to).rendered);
});

/// The one thing that must never come out.
fn harmless(html: &str) {
    assert!(!html.contains("<script") && !html.contains("javascript:\""), "{html}");
}

/// The edits from one text to the other, made.
fn edited(from: &str, to: &str) -> String {
    let mut units: Vec<u16> = from.encode_utf16().collect();
    for edit in render::edits(from, to).iter().rev() {
        let at = edit.at as usize;
        units.splice(at..at + edit.delete as usize, edit.insert.encode_utf16());
    }
    String::from_utf16(&units).expect("no pair is cut")
}
