//! Maths: what is, what is money, and where it has its place.

use serde::Deserialize;
use server::render::{compare, document};

/// A text and its maths as it stands in the source.
#[derive(Deserialize)]
struct Case {
    source: String,
    maths: Vec<String>,
}

/// The number that an attribute has at its first appearance.
fn number(html: &str, attribute: &str) -> usize {
    html.split_once(attribute).unwrap().1.split('"').nth(1).unwrap().parse().unwrap()
}

/// `app/editor/test/maths.test.ts` reads the same list.
#[test]
fn maths_is_what_the_editor_takes_for_it() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../../../app/editor/test/maths.json")).unwrap();
    for Case { source, maths } in cases {
        let html = document(&source).html;
        let found: Vec<&str> =
            html.split("<span class=\"maths").skip(1).map(|inside| &source[number(inside, "data-s")..number(inside, "data-e")]).collect();
        assert_eq!(found, maths, "{source:?}");
    }
}

#[test]
fn maths_is_its_tex_until_it_is_drawn() {
    assert_eq!(
        document("so $x < y$").html.trim(),
        "<p data-b=\"0-10\"><span data-s=\"0\">so </span><span class=\"maths\"><span data-s=\"3\" data-e=\"10\">x &lt; y</span></span></p>"
    );
    assert!(document("$$x$$").html.contains("<span class=\"maths display\"><span data-s=\"0\" data-e=\"5\">x</span></span>"));
    assert_eq!(document("# The $n$ of it").headings[0].text, "The n of it");
}

#[test]
fn a_comparison_shows_what_changed_in_the_tex() {
    let html = compare("so $x + y$", "so $x + z$").rendered;
    assert!(html.contains("<del") && html.contains("<ins") && html.contains("<span class=\"maths\">"), "{html}");
}
