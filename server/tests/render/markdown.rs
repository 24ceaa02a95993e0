//! What each piece of Markdown becomes.

use server::render::{comment, document, proposed_title};

/// The HTML without offsets, for reading in a test.
fn html(markdown: &str) -> String {
    let mut out = String::new();
    let html = document(markdown).html;
    let mut rest = html.as_str();
    while let Some(at) = [" data-s=\"", " data-b=\"", " data-e=\""].iter().filter_map(|key| rest.find(key)).min() {
        out.push_str(&rest[..at]);
        rest = rest[at + 9..].split_once('"').unwrap().1;
    }
    out.push_str(rest);
    out.replace("<span>", "").replace("</span>", "").replace('\n', "")
}

#[test]
fn text_carries_the_offset_of_its_source() {
    assert_eq!(document("é🦀 *b*").html, "<p data-b=\"0-7\"><span data-s=\"0\">é🦀 </span><em data-s=\"5\">b</em></p>");
    assert_eq!(
        document("a &amp; b").html,
        "<p data-b=\"0-9\"><span data-s=\"0\">a </span><span data-s=\"2\" data-e=\"7\">&amp;</span><span data-s=\"7\"> b</span></p>"
    );
    assert_eq!(document("`` a`b ``").html, "<p data-b=\"0-9\"><code data-s=\"3\">a`b</code></p>");
}

#[test]
fn code_carries_its_offset_and_language() {
    let html = document("```rust\nfn a() {}\n```\n").html;
    assert_eq!(html.trim(), "<pre tabindex=\"0\" data-b=\"0-21\"><code class=\"language-rust\" data-s=\"8\">fn a() {}\n</code></pre>");
    assert!(document("```mermaid\ngraph LR\n```").html.starts_with("<pre class=\"mermaid-source\" tabindex=\"0\""));
    assert!(document("```architecture\nservice a\n```").html.contains("<code class=\"language-architecture\""));
}

#[test]
fn code_in_a_quotation_carries_an_offset_on_every_line() {
    assert!(document("> ```\n> a\n> b\n> ```").html.contains("<code><span data-s=\"8\">a\n</span><span data-s=\"12\">b\n</span></code>"));
}

#[test]
fn headings_have_anchors_that_are_stable_and_unique() {
    let rendered = document("# The *Plan*\n\n# The Plan\n");
    let anchors: Vec<&str> = rendered.headings.iter().map(|heading| heading.anchor.as_str()).collect();
    assert_eq!(anchors, ["s-the-plan", "s-the-plan-1"]);
    assert!(rendered.html.contains("<h1 id=\"s-the-plan\""));
    assert!(rendered.html.contains("<a class=\"anchor\" href=\"#s-the-plan-1\" aria-label=\"Link to this section\"></a></h1>"));
    assert!(html("[plan](#the-plan)").contains("<a href=\"#s-the-plan\">plan</a>"));
}

#[test]
fn tables_scroll_and_say_what_their_heads_are() {
    let html = html("| a | |\n|---|--:|\n| 1 | 2 |\n");
    assert_eq!(
        html,
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\">a</th><td class=\"right\"></td></tr></thead>\
         <tbody><tr><td>1</td><td class=\"right\">2</td></tr></tbody></table></div>"
    );
}

#[test]
fn tasks_are_boxes_that_cannot_be_ticked_here() {
    assert_eq!(
        html("- [x] a\n- [ ] b"),
        "<ul><li class=\"task\"><input type=\"checkbox\" disabled=\"\" aria-label=\"done\" checked=\"\"> a</li>\
         <li class=\"task\"><input type=\"checkbox\" disabled=\"\" aria-label=\"to do\"> b</li></ul>"
    );
}

#[test]
fn alerts_footnotes_and_strikes_are_githubs() {
    assert!(
        html("> [!WARNING]\n> Hot")
            .starts_with("<div class=\"alert alert-warning\" role=\"note\"><p class=\"alert-title\">Warning</p><p>Hot</p></div>")
    );
    let note = html("a[^x]\n\n[^x]: why");
    assert!(
        note.contains("a<sup><a href=\"#n-1\">1</a></sup>")
            && note.contains("<div class=\"footnote\" id=\"n-1\"><sup>1</sup> <p>why</p></div>"),
        "{note}"
    );
    assert_eq!(html("~~a~~"), "<p><s>a</s></p>");
}

#[test]
fn nothing_is_typeset_that_is_not_written() {
    assert_eq!(html("\"a\" -- b... (c) $5"), "<p>\"a\" -- b... (c) $5</p>");
}

#[test]
fn addresses_become_links_without_markup() {
    let link = "<a href=\"https://a.example/b_c\" rel=\"noopener nofollow\">https://a.example/b_c</a>";
    assert_eq!(html("See https://a.example/b_c."), format!("<p>See {link}.</p>"));
    assert_eq!(html("`https://a.example`"), "<p><code>https://a.example</code></p>");
}

#[test]
fn images_of_others_are_links_or_their_alternative_text_and_never_loaded() {
    let remote = html("![the plan](https://i.example/a.png)");
    assert_eq!(remote, "<p><a class=\"image\" href=\"https://i.example/a.png\" rel=\"noopener nofollow\">the plan</a></p>");
    assert_eq!(
        document("![](a.png)").html,
        "<p data-b=\"0-10\"><span class=\"image\" title=\"a.png\" data-s=\"0\" data-e=\"10\">a.png</span></p>"
    );
}

#[test]
fn pictures_of_ours_are_shown_with_their_size_and_their_place() {
    let address = format!("/pictures/{}-1200x800.jpg", "3f".repeat(32));
    let source = format!("a ![The *old* `plan` & \"more\"]({address} 'Ours')");
    let (shown, end) = (document(&source).html, source.len());
    let image = format!(
        "<img src=\"{address}\" width=\"1200\" height=\"800\" alt=\"The old plan &amp; &quot;more&quot;\" loading=\"lazy\" decoding=\"async\""
    );
    let run = "<span data-s=\"0\">a </span>";
    assert_eq!(shown, format!("<p data-b=\"0-{end}\">{run}{image} title=\"Ours\" data-s=\"2\" data-e=\"{end}\"></p>"));
    assert_eq!(
        html(&format!("![]({address})")),
        format!("<p><img src=\"{address}\" width=\"1200\" height=\"800\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>")
    );
    assert!(html(&format!("[![x]({address})](/teams/a)")).contains("<a href=\"/teams/a\" rel=\"noopener nofollow\"><img"));
    assert!(comment(&format!("![x]({address})")).contains("<img src="));
}

#[test]
fn what_only_looks_like_a_picture_of_ours_is_not_loaded() {
    let hash = "3f".repeat(32);
    for address in [
        format!("/pictures/{hash}-1200x800.svg"),
        format!("/pictures/{hash}-1200x800.jpg?x"),
        format!("/pictures/{hash}"),
        "/pictures/../rpc/accounts/sign_out".into(),
        format!("//a.example/pictures/{hash}-1200x800.jpg"),
        format!("https://a.example/pictures/{hash}-1200x800.jpg"),
        format!("</pictures/{hash}-1200x800.jpg\" onerror=alert(1)>"),
    ] {
        let shown = document(&format!("![x]({address})")).html;
        assert!(!shown.contains("<img"), "{shown}");
    }
}

#[test]
fn a_few_elements_of_html_are_understood_and_the_rest_is_shown() {
    assert_eq!(html("<kbd>Ctrl</kbd><br>H<sub>2</sub>"), "<p><kbd>Ctrl</kbd><br>H<sub>2</sub></p>");
    let details = html("<details>\n<summary>More</summary>\n\n*text*\n\n</details>\n\nafter");
    assert_eq!(details, "<details><summary>More</summary><p><em>text</em></p></details><p>after</p>");
    assert!(html("<b>x</b>").contains("&lt;b&gt;") && !html("<b>x</b>").contains("<b>"));
    assert_eq!(html("<!-- hidden? -->"), "<div class=\"raw comment\">&lt;!-- hidden? --&gt;</div>");
}

#[test]
fn front_matter_is_a_table_and_not_part_of_the_text() {
    let html = html("---\ntitle: A & B\n---\n# C\n");
    assert!(html.starts_with("<div class=\"table front-matter\""), "{html}");
    assert!(html.contains("<th scope=\"row\">title</th><td>A &amp; B</td>"), "{html}");
}

#[test]
fn a_comment_adds_nothing_to_the_page_around_it() {
    assert_eq!(comment("# Big\n\n*b*").replace('\n', ""), "<p><strong>Big</strong></p><p><em>b</em></p>");
    assert!(!comment("a[^1]\n\n[^1]: b").contains("id="));
}

#[test]
fn the_title_comes_from_front_matter_or_the_first_heading() {
    assert_eq!(proposed_title("---\ntitle: 'Ledger: v2'\n---\n# Other").as_deref(), Some("Ledger: v2"));
    assert_eq!(proposed_title("text\n\n#\n\n## The `ledger` *now*\n").as_deref(), Some("The ledger now"));
    assert_eq!(proposed_title("```\n# no\n```"), None);
    assert_eq!(proposed_title(&format!("# {}", "x".repeat(300))).map(|title| title.len()), Some(200));
}
