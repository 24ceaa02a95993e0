//! What importing and exporting promise about bytes.

use proptest::prelude::*;

use super::*;

fn imported(bytes: &[u8]) -> Imported {
    parse(bytes).expect("text that can be imported")
}

#[test]
fn every_line_ending_becomes_lf_and_the_mark_is_dropped() {
    let file = imported("\u{feff}a\r\nb\rc\nd".as_bytes());
    assert_eq!(file.text, "a\nb\nc\nd");
    assert!(file.form.bom);
    assert!(!file.form.is_plain());
}

#[test]
fn a_plain_file_needs_no_second_way_to_export_it() {
    assert!(imported(b"a\nb\n").form.is_plain());
    assert!(imported(b"").form.is_plain());
}

#[test]
fn a_byte_order_mark_inside_the_text_is_text() {
    assert_eq!(imported("a\u{feff}b".as_bytes()).text, "a\u{feff}b");
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_place() {
    assert_eq!(parse(b"good\xffbad"), Err(Refusal::NotUtf8(4)));
    assert_eq!(parse(b"\xff\xfeh\0i\0"), Err(Refusal::Utf16));
}

#[test]
fn u0000_is_refused_with_line_and_column_whatever_the_endings() {
    assert_eq!(parse("one\r\ntwo\rüü\0".as_bytes()), Err(Refusal::Nul { line: 3, column: 3 }));
    assert_eq!(parse(b"\0"), Err(Refusal::Nul { line: 1, column: 1 }));
}

#[test]
fn a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not() {
    assert!(parse(&vec![b'a'; MAX_BYTES]).is_ok());
    let refusal = parse(&vec![b'a'; MAX_BYTES + 1]).unwrap_err();
    assert_eq!(refusal.to_string(), "The file is 5.1 MB; the limit is 5 MB. Split it into several designs.");
}

#[test]
fn lines_added_later_end_as_most_lines_of_the_file_do() {
    let file = imported(b"a\r\nb\r\nc\n");
    assert_eq!(file.form.restore("a\nb\nc\nd\n"), "a\r\nb\r\nc\r\nd\r\n");
}

#[test]
fn words_changed_later_keep_the_endings_line_by_line() {
    let file = imported(b"a\r\nb\nc");
    assert_eq!(file.form.restore("A\nB\nC"), "A\r\nB\nC");
}

#[test]
fn the_form_survives_the_database() {
    let form = imported("\u{feff}a\r\n\r\nb\rc\n".as_bytes()).form;
    let json = serde_json::to_string(&form).unwrap();
    assert_eq!(json, r#"{"bom":true,"endings":"2c1r1l"}"#);
    assert_eq!(serde_json::from_str::<Form>(&json).unwrap(), form);
    for damaged in [r#"{"bom":true,"endings":"2x"}"#, r#"{"bom":true,"endings":"2"}"#, r#"{"bom":true,"endings":"c"}"#] {
        assert!(serde_json::from_str::<Form>(damaged).is_err(), "{damaged}");
    }
}

/// Text rich in line endings, marks and characters of every width, without U+0000.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\n".to_owned()),
        Just("\r\n".to_owned()),
        Just("\r".to_owned()),
        Just("\u{feff}".to_owned()),
        Just("👩‍👧 ü ".to_owned()),
        "[^\0]{0,6}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn an_unchanged_text_is_given_back_byte_for_byte(file in text()) {
        let kept = imported(file.as_bytes());
        prop_assert!(!kept.text.contains('\r'));
        prop_assert_eq!(kept.form.restore(&kept.text), file);
    }

    #[test]
    fn an_edited_text_reads_the_same_after_export_and_import(
        file in text(), edited in prop::collection::vec(prop::sample::select(vec!["\n", "a", "👩‍👧"]), 0..20),
    ) {
        let edited = edited.concat();
        let exported = imported(file.as_bytes()).form.restore(&edited);
        prop_assert_eq!(imported(exported.as_bytes()).text, edited);
    }

    #[test]
    fn a_file_with_u0000_is_refused_at_the_first_one(before in text(), after in "[a\0\n]{0,8}") {
        let file = format!("{before}\0{after}");
        // Between CR and LF no line ends.
        let line = before.matches(['\n', '\r']).count() - before.matches("\r\n").count() + 1;
        let last = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        // A byte order mark that begins the file is not of its first line.
        let column = last.chars().count() + 1 - usize::from(line == 1 && before.starts_with('\u{feff}'));
        prop_assert_eq!(parse(file.as_bytes()), Err(Refusal::Nul { line, column }));
    }

    #[test]
    fn any_bytes_are_either_kept_exactly_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(kept) = parse(&bytes) {
            prop_assert_eq!(kept.form.restore(&kept.text).into_bytes(), bytes);
        }
    }
}
