//! What rendering promises: offsets that are true, HTML that is harmless, sections that add up, edits that arrive.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use server::render::{self, Edit, Known};

#[path = "render/compare.rs"]
mod compare;
#[path = "render/corpus.rs"]
mod corpus;
#[path = "render/hostile.rs"]
mod hostile;
#[path = "render/html.rs"]
mod html;
#[path = "render/markdown.rs"]
mod markdown;
#[path = "render/maths.rs"]
mod maths;
#[path = "render/names.rs"]
mod names;
#[path = "render/sections.rs"]
mod sections;

/// Everything that the renderer treats specially.
const PIECES: &[&str] = &[
    "# Goals\n",
    "## Über 🦀\n",
    "Title\n===\n",
    "\n\n",
    "\n",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n> ",
    "    ",
    "```rust\n",
    "```\n",
    "```architecture\n",
    "`code`",
    "$x^2$",
    "$$",
    "$5",
    "`` a`b ``",
    "*",
    "**",
    "~~",
    "_",
    "[a](https://a.example)",
    "[a][b]",
    "[b]",
    "[b]: https://b.example\n",
    "[^1]",
    "[^1]: note\n",
    "![i](x.png)",
    "![](https://i.example/i.png)",
    "<kbd>",
    "</kbd>",
    "<details>\n",
    "<summary>",
    "</summary>",
    "</details>\n",
    "<br>",
    "<script>",
    "<!-- c -->",
    "<div>\n",
    "&amp;",
    "&#x27;",
    "\\*",
    "\\\\",
    "| a | b |\n|---|:-:|\n| 1 | `x\\|y` |\n",
    "- [x] done\n",
    "- [ ] open\n",
    "---\n",
    "---\ntitle: T\n---\n",
    "https://a.example/b_c?d=1&e=2.",
    "word ",
    "two words ",
    "D-1",
    "D-12 ",
    "D-",
    "12",
    "[@Ada](/teams/payments/people#person-018f2b6e-0000-7000-8000-000000000001) ",
    "é👩‍👧 ",
    "  \n",
    "\t",
    "$x$ ",
];

/// Markdown rich in everything that the renderer treats specially, mostly well-formed.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop_oneof![
        8 => prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()),
        1 => "[^\r\0]{0,200}",
    ]
}

fn utf16(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

/// What an editor does with the edits: each at its place in the old text.
fn apply(from: &str, edits: &[Edit]) -> String {
    let old = utf16(from);
    let mut new = Vec::new();
    let mut at = 0;
    for edit in edits {
        new.extend(&old[at..edit.at as usize]);
        new.extend(utf16(&edit.insert));
        at = (edit.at + edit.delete) as usize;
    }
    new.extend(&old[at..]);
    String::from_utf16(&new).expect("no surrogate pair is cut")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_run_is_the_source_at_its_offset(text in text()) {
        html::check_offsets(&text, &render::document(&text).html)?;
    }

    #[test]
    fn whatever_is_written_renders_to_harmless_html(text in text()) {
        html::check_harmless(&render::document(&text).html)?;
        html::check_harmless(&render::comment(&text))?;
    }

    #[test]
    fn names_become_links_and_change_nothing_else(text in text()) {
        let known = Known::of("payments", [1, 12]);
        let (plain, linked) = (render::document(&text).html, render::document_among(&text, &known).html);
        html::check_offsets(&text, &linked)?;
        html::check_harmless(&linked)?;
        prop_assert_eq!(html::words(&linked), html::words(&plain));
        let named = render::names(&text).designs;
        prop_assert!(!linked.contains("/designs/") || !named.is_disjoint(&[1, 12].into()), "what leads somewhere is named");
        let compared = render::compare_among(&text, &text, &known);
        prop_assert_eq!(compared.places, 0);
        html::check_offsets(&text, &compared.rendered)?;
    }

    #[test]
    fn the_edits_turn_one_text_into_the_other(from in text(), to in text()) {
        let edits = render::edits(&from, &to);
        prop_assert!(edits.windows(2).all(|pair| pair[0].at + pair[0].delete < pair[1].at), "ascending and apart");
        prop_assert_eq!(apply(&from, &edits), to);
    }

    #[test]
    fn a_small_change_is_a_small_edit(text in text(), word in "[a-z]{1,8}", share in 0.0..1.0_f64) {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "an index picked at random")]
        let at = starts[(share * (starts.len() - 1) as f64) as usize];
        let to = format!("{} {word} {}", &text[..at], &text[at..]);
        let inserted: usize = render::edits(&text, &to).iter().map(|edit| edit.insert.len()).sum();
        let line = text[..at].rsplit('\n').next().map_or(0, str::len) + text[at..].split('\n').next().map_or(0, str::len);
        prop_assert!(inserted <= word.len() + 2 + line.min(40), "{inserted} bytes for {word:?}");
    }

    #[test]
    fn sections_add_up_to_the_text(text in text()) {
        let sections = render::sections(&text);
        prop_assert_eq!(sections.iter().map(|section| section.text).collect::<String>(), text.as_str());
        prop_assert!(sections[0].section.path.is_empty());
        let headings: Vec<String> = render::document(&text).headings.into_iter().map(|heading| heading.text).collect();
        let of_sections: Vec<String> = sections[1..].iter().map(|section| section.heading.clone()).collect();
        prop_assert_eq!(headings, of_sections);
    }

    #[test]
    fn a_comparison_with_itself_has_no_place(text in text()) {
        let comparison = render::compare(&text, &text);
        prop_assert_eq!(comparison.places, 0);
        prop_assert!(!comparison.rendered.contains("<ins") && !comparison.rendered.contains("<del"));
        prop_assert!(!comparison.source.contains("<tr"));
    }

    #[test]
    fn a_comparison_shows_the_whole_new_text_and_numbers_every_place(from in text(), to in text()) {
        let comparison = render::compare(&from, &to);
        html::check_harmless(&comparison.rendered)?;
        html::check_harmless(&comparison.source)?;
        html::check_offsets(&to, &comparison.rendered)?;
        html::check_places(&comparison.rendered, comparison.places)?;
        prop_assert_eq!(html::words_without_deleted(&comparison.rendered), html::words(&render::document(&to).html));
    }
}

#[test]
fn a_rewritten_megabyte_is_compared_in_time() {
    let word =
        |i: usize, salt: usize| ["w", &((i * 7919 + salt) % 9973).to_string(), if i.is_multiple_of(12) { "\n" } else { " " }].concat();
    let words = |salt: usize| (0..160_000).map(|i| word(i, salt)).collect::<String>();
    let (from, to) = (words(1), words(5));
    let start = Instant::now();
    let edits = render::edits(&from, &to);
    // Generous: the tests run unoptimised and beside each other. The benchmark has the real figures.
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    assert_eq!(apply(&from, &edits), to);
}
