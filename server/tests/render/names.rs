//! Designs and people that texts name: what leads where, and what does not.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use server::render::{self, Known};

use crate::html;

/// A person's address.
const ADA: &str = "/teams/payments/people#person-018f2b6e-0000-7000-8000-000000000001";

fn known() -> Known {
    Known::of("payments", [1, 12])
}

/// Where the links of a text lead, with their words.
fn links(markdown: &str) -> Vec<(String, String)> {
    links_of(&render::document_among(markdown, &known()).html)
}

fn links_of(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for link in html.split("<a ").skip(1).filter(|link| !link.starts_with("class=\"anchor\"")) {
        let (tag, rest) = link.split_once('>').unwrap();
        let href = tag.split_once("href=\"").unwrap().1.split('"').next().unwrap();
        let inside = rest.split_once("</a>").unwrap().0;
        let words = inside.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words)).collect();
        found.push((href.to_owned(), words));
    }
    found
}

fn to(number: i32) -> (String, String) {
    (format!("/teams/payments/designs/{number}"), format!("D-{number}"))
}

#[test]
fn the_name_of_a_design_leads_there_wherever_text_stands() {
    for text in [
        "see D-12.",
        "# D-12",
        "- D-12",
        "> *D-12*",
        "| a |\n|---|\n| **D-12** |",
        "a[^1]\n\n[^1]: D-12",
        "<kbd>D-12</kbd>",
        "---\nsee: D-12\n---\n",
    ] {
        assert_eq!(links(text), notes(text).into_iter().chain([to(12)]).collect::<Vec<_>>(), "{text}");
    }
    assert_eq!(links("D-1, D-12 and D-1"), [to(1), to(12), to(1)]);
}

/// The link of a footnote's number, which comes with its text.
fn notes(text: &str) -> Option<(String, String)> {
    text.contains("[^1]").then(|| ("#n-1".into(), "1".into()))
}

#[test]
fn what_is_no_name_or_leads_nowhere_stays_text() {
    let not = [
        "`D-12`",
        "```\nD-12\n```",
        "    D-12",
        "$D-12$",
        "D-13",
        "AD-12",
        "D-12a",
        "D-12-3",
        "<div>D-12</div>",
        "![D-12](x.png)",
        "D-\n12",
        "D-&#49;2",
    ];
    for text in not {
        assert!(!render::document_among(text, &known()).html.contains("/designs/"), "{text}");
    }
    assert!(!render::document("D-12").html.contains("<a"), "nothing is known");
}

#[test]
fn words_of_a_link_lead_where_the_link_does() {
    assert_eq!(links("[the D-12 of old](https://a.example)"), [("https://a.example".to_owned(), "the D-12 of old".to_owned())]);
    assert_eq!(links("https://a.example/D-12"), [("https://a.example/D-12".to_owned(), "https://a.example/D-12".to_owned())]);
}

#[test]
fn a_name_keeps_its_place_in_the_source() {
    let html = render::document_among("é D-12 too", &known()).html;
    let expected = "<p data-b=\"0-10\"><span data-s=\"0\">é </span>\
        <a href=\"/teams/payments/designs/12\" rel=\"noopener nofollow\" data-s=\"2\">D-12</a><span data-s=\"6\"> too</span></p>";
    assert_eq!(html.trim(), expected);
}

#[test]
fn comments_and_comparisons_lead_there_too() {
    assert_eq!(links_of(&render::comment_among("as in D-1", &known())), [to(1)]);
    let compared = render::compare_among("Old words of D-1.", "New words of D-1 and D-12.", &known());
    assert_eq!(links_of(&compared.rendered), [to(1), to(12)]);
}

#[test]
fn whoever_is_linked_on_the_page_of_people_is_mentioned() {
    let html = render::document(&format!("Ask [@Ada *Lovelace*]({ADA}).")).html;
    assert!(html.contains(&format!("<a class=\"mention\" href=\"{ADA}\" rel=\"noopener nofollow\">")), "{html}");
    for other in ["/teams/payments/people", "/teams/payments/people#person-ada", "https://a.example/teams/payments/people"] {
        assert!(!render::document(&format!("[@Ada]({other})")).html.contains("mention"), "{other}");
    }
    assert!(!render::document(&format!("`[@Ada]({ADA})`")).html.contains("mention"));
}

#[test]
fn names_are_read_everywhere_but_in_code() {
    let text = format!(
        "# D-1\n\nD-7 and D-7, [see D-3](https://a.example), [@Ada]({ADA})\n\n| D-12 |\n|---|\n\n`D-2` $D-4$ ![D-5](/x.png)\n\n```\nD-6 [@Bo]({ADA}2)\n```\n"
    );
    let names = render::names(&text);
    assert_eq!(names.designs, BTreeSet::from([1, 3, 7, 12]));
    assert_eq!(names.people.iter().map(ToString::to_string).collect::<Vec<_>>(), ["018f2b6e-0000-7000-8000-000000000001"]);
}

#[test]
fn hostile_names_are_harmless_and_take_no_time() {
    let everywhere = Known::of("payments", 1..1000);
    for text in ["D-1\"><script>", "[@<script>](/teams/\"><img/people#person-x)", &format!("[@a\" onclick=x]({ADA})"), "<a href=D-1>D-1"] {
        let html = render::document_among(text, &everywhere).html;
        html::check_harmless(&html).unwrap_or_else(|error| panic!("{text:?} became {html}: {error}"));
    }
    for (piece, count) in [("D-", 50_000), ("D-1 ", 20_000), ("D-1/", 50_000), ("*D-1* ", 20_000), (&*format!("[@a]({ADA}) "), 5_000)] {
        let text = piece.repeat(count);
        let start = Instant::now();
        html::check_harmless(&render::document_among(&text, &everywhere).html).unwrap();
        render::names(&text);
        // Unoptimised and beside other tests.
        assert!(start.elapsed() < Duration::from_secs(20), "{piece}: {:?}", start.elapsed());
    }
}
