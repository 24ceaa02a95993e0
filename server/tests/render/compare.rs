//! What a comparison shows.

use server::render::{compare, document};

/// The rendered comparison without offsets.
fn shown(from: &str, to: &str) -> String {
    let html = compare(from, to).rendered;
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some(at) = [" data-s=\"", " data-b=\"", " data-e=\""].iter().filter_map(|key| rest.find(key)).min() {
        out.push_str(&rest[..at]);
        rest = rest[at + 9..].split_once('"').unwrap().1;
    }
    out.push_str(rest);
    out.replace("<span>", "").replace("</span>", "").replace('\n', "")
}

#[test]
fn a_changed_word_is_marked_in_its_paragraph() {
    assert_eq!(
        shown("The ledger is slow today.", "The ledger is fast today."),
        "<p>The ledger is <del class=\"change\" id=\"change-1\">slow</del><ins>fast</ins> today.</p>"
    );
}

#[test]
fn words_with_only_spaces_between_are_one_place() {
    let comparison = compare("We keep all old bookings for good and ever.", "We keep some few bookings for good and ever.");
    assert_eq!(comparison.places, 1);
}

#[test]
fn a_new_paragraph_is_marked_whole_and_the_others_not() {
    let html = shown("One is here.\n\nTwo is here.", "One is here.\n\nA wholly different thought.\n\nTwo is here.");
    assert_eq!(
        html,
        "<p>One is here.</p><ins class=\"block change\" id=\"change-1\"><p>A wholly different thought.</p></ins><p>Two is here.</p>"
    );
}

#[test]
fn a_paragraph_with_nothing_in_common_is_replaced() {
    let html = shown("alpha beta gamma", "one two three");
    assert_eq!(
        html,
        "<del class=\"block change\" id=\"change-1\"><p>alpha beta gamma</p></del><ins class=\"block\"><p>one two three</p></ins>"
    );
}

#[test]
fn items_and_rows_come_and_go_inside_their_list_and_table() {
    let list = shown("- keep this\n- drop it", "- keep this\n- another thing");
    assert_eq!(
        list,
        "<ul><li>keep this</li><li><del class=\"block change\" id=\"change-1\">drop it</del></li><li><ins class=\"block\">another thing</ins></li></ul>"
    );
    let table = shown("| a | b |\n|---|---|\n| 1 | x |\n", "| a | b |\n|---|---|\n| 1 | x |\n| 2 | y |\n");
    assert!(
        table.contains("<tr><td><ins class=\"block change\" id=\"change-1\">2</ins></td><td><ins class=\"block\">y</ins></td></tr>"),
        "{table}"
    );
}

#[test]
fn a_changed_cell_is_marked_in_its_cell() {
    let html =
        shown("| store | consistency |\n|---|---|\n| ledger | eventual |\n", "| store | consistency |\n|---|---|\n| ledger | strong |\n");
    assert!(html.contains("<td>ledger</td><td><del class=\"change\" id=\"change-1\">eventual</del><ins>strong</ins></td>"), "{html}");
}

#[test]
fn a_table_with_another_number_of_columns_is_another_table() {
    let html = shown("| a |\n|---|\n| 1 |\n", "| a | b |\n|---|---|\n| 1 | 2 |\n");
    assert!(html.starts_with("<del class=\"block change\"") && html.contains("<ins class=\"block\">"), "{html}");
}

#[test]
fn code_is_compared_word_by_word() {
    let html = shown("```rust\nlet a = 1;\nlet b = 2;\n```", "```rust\nlet a = 1;\nlet b = 3;\n```");
    assert!(html.contains("let b = <del class=\"change\" id=\"change-1\">2</del><ins>3</ins>;"), "{html}");
}

#[test]
fn emphasis_and_targets_of_links_are_changes_too() {
    assert_eq!(compare("very important", "**very** important").places, 1);
    assert_eq!(compare("[spec](https://a.example)", "[spec](https://b.example)").places, 1);
    assert_eq!(compare("- [ ] test it", "- [x] test it").places, 1);
}

#[test]
fn wrapping_a_paragraph_elsewhere_changes_nothing_that_is_read() {
    let comparison = compare("one two\nthree four", "one two three\nfour");
    assert_eq!(comparison.places, 0);
    assert!(comparison.source.contains("<tr class=\"del\">"));
}

#[test]
fn what_was_taken_away_has_no_ids_and_no_offsets() {
    let html = compare("# Old heading here\n\ntext", "text").rendered;
    let deleted = html.split("<del").nth(1).unwrap().split("</del>").next().unwrap();
    assert!(deleted.contains("<h1>Old heading here</h1>"), "{deleted}");
}

#[test]
fn an_unchanged_text_is_the_document_itself() {
    let text = "# A\n\n- b\n\n```mermaid\ngraph LR\n```\n";
    assert_eq!(compare(text, text).rendered, document(text).html);
}

#[test]
fn what_stays_the_same_is_folded_but_for_what_stands_beside_a_change_and_the_heading_above_it() {
    let text = |word: &str| {
        let paragraphs = |from: u32, to: u32| (from..=to).map(|n| format!("Paragraph {n}.\n\n")).collect::<Vec<_>>().concat();
        format!("# Title\n\n{}## Store\n\n{}The ledger is {word} today.\n\n{}", paragraphs(1, 3), paragraphs(4, 5), paragraphs(6, 9))
    };
    let html = shown(&text("slow"), &text("fast"));
    let (folded, seen) = html.split_once("</details>").unwrap();
    assert!(folded.starts_with("<details class=\"same\"><summary>4 unchanged parts</summary><h1 id=\"s-title\">Title"), "{html}");
    assert!(folded.ends_with("<p>Paragraph 3.</p>") && seen.starts_with("<h2 id=\"s-store\">Store"), "{html}");
    assert!(seen.contains("</h2><p>Paragraph 4.</p><p>Paragraph 5.</p><p>The ledger is <del"), "{html}");
    let rest = "<p>Paragraph 7.</p><p>Paragraph 8.</p><p>Paragraph 9.</p></details>";
    assert!(
        seen.ends_with(&format!("</p><p>Paragraph 6.</p><details class=\"same\"><summary>3 unchanged parts</summary>{rest}")),
        "{html}"
    );
}

#[test]
fn the_source_folds_what_is_far_from_a_change() {
    let lines =
        |word: &str| (1..=40).map(|n| if n == 20 { format!("the {word} line\n") } else { format!("line {n}\n") }).collect::<String>();
    let source = compare(&lines("old"), &lines("new")).source;
    assert!(
        source.contains(
            "<tr class=\"fold\"><td colspan=\"4\">… 16 unchanged lines …</td></tr><tr><td>17</td><td>17</td><td></td><td>line 17</td></tr>"
        ),
        "{source}"
    );
    assert!(source.contains("<tr class=\"del\"><td>20</td><td></td><td>−</td><td>the <del>old</del> line</td></tr>"), "{source}");
    assert!(source.contains("<tr class=\"ins\"><td></td><td>20</td><td>+</td><td>the <ins>new</ins> line</td></tr>"), "{source}");
    assert!(source.ends_with("<td>23</td><td>23</td><td></td><td>line 23</td></tr><tr class=\"fold\"><td colspan=\"4\">… 17 unchanged lines …</td></tr></tbody></table>"), "{source}");
}

#[test]
fn line_numbers_follow_each_side() {
    let source = compare("a\nb\nc\n", "a\nx\ny\nb\nc\n").source;
    let rows = [
        "<td>1</td><td>1</td>",
        "<td></td><td>2</td><td>+</td><td>x",
        "<td></td><td>3</td><td>+</td><td>y",
        "<td>2</td><td>4</td>",
        "<td>3</td><td>5</td>",
    ];
    let mut at = 0;
    for row in rows {
        at += source[at..].find(row).unwrap_or_else(|| panic!("{row} in {source}"));
    }
}

#[test]
fn a_picture_is_changed_as_a_whole() {
    let picture = |digit: &str| format!("/pictures/{}-12x8.png", digit.repeat(64));
    let text = |digit: &str| format!("See the plan: ![plan]({})\n", picture(digit));
    let rendered = compare(&text("a"), &text("b")).rendered;
    let old = rendered.find(&format!("<del class=\"change\" id=\"change-1\"><img src=\"{}\"", picture("a")));
    let new = rendered.find(&format!("<ins><img src=\"{}\"", picture("b")));
    assert!(old.is_some() && new > old, "{rendered}");
    assert_eq!(compare(&text("a"), &text("a")).places, 0);
}
