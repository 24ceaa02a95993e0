//! What a section is and when its hash changes.

use proptest::prelude::*;
use server::render::sections;

/// Path and hash of every section.
fn hashes(text: &str) -> Vec<(String, String)> {
    sections(text).into_iter().map(|section| (section.section.path.join("/"), section.section.hash)).collect()
}

/// The paths of sections whose hashes differ between two texts of the same outline.
fn changed(from: &str, to: &str) -> Vec<String> {
    let (from, to) = (hashes(from), hashes(to));
    assert_eq!(from.len(), to.len());
    from.into_iter().zip(to).filter(|(a, b)| a != b).map(|(a, _)| a.0).collect()
}

#[test]
fn a_text_without_headings_is_one_section() {
    let found = sections("just text");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].text, found[0].heading.as_str(), found[0].section.path.len()), ("just text", "", 0));
    assert_eq!(sections("").len(), 1);
}

#[test]
fn headings_are_those_of_the_renderer() {
    let text = "pre\n# A\n```\n# not\n```\nB\n---\n> # C\n    # not either\n";
    let found: Vec<(&str, &str)> =
        sections(text).iter().map(|section| (Box::leak(section.heading.clone().into_boxed_str()) as &str, section.text)).collect();
    assert_eq!(found, [("", "pre\n"), ("A", "# A\n```\n# not\n```\n"), ("B", "B\n---\n"), ("C", "> # C\n    # not either\n")]);
}

#[test]
fn equal_paths_are_told_apart_by_occurrence() {
    let found = sections("# A\n## B\n# A\n## B\n");
    let identities: Vec<(String, u32, u32)> =
        found.iter().map(|s| (s.section.path.join("/"), s.section.occurrence, s.section.order)).collect();
    let expected = [("", 0, 0), ("A", 0, 1), ("A/B", 0, 2), ("A", 1, 3), ("A/B", 1, 4)]
        .map(|(path, occurrence, order)| (path.to_owned(), occurrence, order));
    assert_eq!(identities, expected);
}

#[test]
fn moving_a_section_changes_its_hash() {
    assert_eq!(changed("# A\nx\n# B\ny\n", "# A\nx\n# B\nz\n"), ["B"]);
    let (from, to) = (hashes("# A\n# B\n"), hashes("# B\n# A\n"));
    assert!(from.iter().filter(|(path, _)| !path.is_empty()).all(|(_, hash)| to.iter().all(|(_, other)| other != hash)));
}

#[test]
fn a_changed_link_definition_changes_the_sections_that_use_it() {
    let text = |to: &str| format!("# A\nsee [Spec]\n# B\nnothing\n# C\n![x][spec]\n# D\n[spec]: https://{to}.example\n");
    assert_eq!(changed(&text("a"), &text("b")), ["A", "C", "D"]);
}

#[test]
fn a_definition_that_appears_makes_its_users_other_text() {
    assert_eq!(changed("# A\n[x]\n# B\n\n", "# A\n[x]\n# B\n[x]: /y\n"), ["A", "B"]);
}

#[test]
fn a_changed_footnote_changes_the_sections_that_use_it_also_through_others() {
    let text = |why: &str| format!("# A\na[^1]\n# B\nb[^2]\n# C\nc\n# D\n\n[^1]: see[^2]\n\n[^2]: because {why}\n");
    assert_eq!(changed(&text("x"), &text("y")), ["A", "B", "D"]);
    let text = |to: &str| format!("# A\na[^1]\n# B\nb\n# C\n\n[^1]: see [l]\n\n# D\n[l]: /{to}\n");
    assert_eq!(changed(&text("x"), &text("y")), ["A", "C", "D"]);
}

#[test]
fn a_changed_architecture_block_changes_every_section() {
    let text = |replicas: u8| format!("# A\na\n# B\n```architecture\nservice s replicas {replicas}\n```\n# C\nc\n");
    assert_eq!(changed(&text(1), &text(2)), ["", "A", "B", "C"]);
}

proptest! {
    #[test]
    fn a_word_changed_in_one_section_changes_only_its_hash(
        parts in prop::collection::vec((1_usize..5, "[a-c]{1,2}", "[a-z ,.]{0,30}"), 1..12), which in any::<prop::sample::Index>(), word in "[a-z]{1,6}",
    ) {
        let which = which.index(parts.len());
        let write = |change: bool| -> String {
            parts.iter().enumerate().map(|(index, (level, name, text))| {
                let more = if change && index == which { word.as_str() } else { "" };
                format!("{} {name}\n\nt {text} {more}\n\n", "#".repeat(*level))
            }).collect()
        };
        let (from, to) = (hashes(&write(false)), hashes(&write(true)));
        let differing: Vec<usize> = (0..from.len()).filter(|&index| from[index] != to[index]).collect();
        prop_assert_eq!(differing, vec![which + 1]);
    }
}
