//! Attempts to get script past the renderer: one a string, read once as a document, once as a comment, once as both sides of a comparison.

use server::render;

use super::html;

/// Written as in Rust: `\n` and `\x01` are those characters.
const ATTEMPTS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script/src=data:,alert(1)>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script type=\"text/javascript\">alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
    "<img src=\"javascript:alert(1)\">",
    "<img src=x:alert(alt) onerror=eval(src) alt=0>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=x onerror\n=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><foreignObject><iframe src=javascript:alert(1)></foreignObject></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math href=\"javascript:alert(1)\">click</math>",
    "<body onload=alert(1)>",
    "<body background=\"javascript:alert(1)\">",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<base href=\"//evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<form action=\"javascript:alert(1)\"><input type=submit></form>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<details ontoggle=alert(1) open><summary>x</summary></details>",
    "<summary onclick=alert(1)>x</summary>",
    "<kbd onmouseover=alert(1)>x</kbd>",
    "<kbd style=\"position:fixed;inset:0\">x</kbd>",
    "<sub/onclick=alert(1)>x</sub>",
    "<br onclick=alert(1)>",
    "<br/onclick=alert(1)/>",
    "<marquee onstart=alert(1)>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<table background=\"javascript:alert(1)\">",
    "<td style=\"width: expression(alert(1))\">",
    "<div style=\"background:url('javascript:alert(1)')\">",
    "<div onclick=\"alert(1)\">x</div>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java&#115;cript:alert(1)\">x</a>",
    "<a onclick=alert(1)>x</a>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<title><img src=x onerror=alert(1)></title>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<frameset onload=alert(1)>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo \"<script>alert(1)</script>\" ?>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "</p><script>alert(1)</script>",
    "</span></p></div><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](<javascript:alert(1)>)",
    "[x](  javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](blob:https://a.example/x)",
    "[x](file:///etc/passwd)",
    "[x](javascript://%0aalert(1))",
    "[x](\u{1}javascript:alert(1))",
    "[x](https://a.example/\"onmouseover=\"alert(1))",
    "[x](https://a.example \"title\" onclick=alert(1))",
    "[x](https://a.example '\" onmouseover=\"alert(1)')",
    "[x](https://a.example/\"><script>alert(1)</script>)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x][y]\n\n[y]: https://a.example \"\\\"><script>alert(1)</script>\"",
    "[y]\n\n[y]: <javascript:alert(1)>",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "<https://a.example/\"onclick=alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![\"onerror=\"alert(1)](x.png)",
    "![x](x.png\"onerror=\"alert(1))",
    "![x](https://a.example/x.png\" onerror=\"alert(1))",
    "[![x](javascript:alert(1))](javascript:alert(1))",
    "https://a.example/\"onmouseover=\"alert(1)",
    "https://a.example/<script>alert(1)</script>",
    "javascript:alert(1)",
    "# <script>alert(1)</script>",
    "# x\" onmouseover=\"alert(1)",
    "# <img src=x onerror=alert(1)>",
    "## \"><svg onload=alert(1)>",
    "`<script>alert(1)</script>`",
    "```\"><script>alert(1)</script>\ncode\n```",
    "```html\n<script>alert(1)</script>\n```",
    "```x\" onmouseover=\"alert(1)\ncode\n```",
    "```mermaid\ngraph LR\nA[\"<img src=x onerror=alert(1)>\"]\nclick A \"javascript:alert(1)\"\n```",
    "```mermaid\n%%{init: {\"securityLevel\": \"loose\"}}%%\ngraph LR\nA-->B\n```",
    "```architecture\nservice a \"<script>alert(1)</script>\"\n```",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "- [x] <script>alert(1)</script>",
    "> [!NOTE]\n> <script>alert(1)</script>",
    "> [!<script>alert(1)</script>]\n> x",
    "[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: x",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "---\ntitle: <script>alert(1)</script>\n---\nx",
    "---\n\"><script>alert(1)</script>: x\n---\nx",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "<details>\n<summary><script>alert(1)</script></summary>\n\n</details>",
    "<details>\n\n</details></div></main><script>alert(1)</script>",
    "<kbd><script>alert(1)</script></kbd>",
    "<kbd></details><sub></kbd>",
    "<sup><a href=javascript:alert(1)>x</sup>",
    "<x onpointerrawupdate=alert(1)>x</x>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<ScRiPt \n>alert(1)</ScRiPt \n>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)//",
    "<iframe/onload=alert(1)>",
    "<dialog open onclose=alert(1)>",
    "<button popovertarget=x onbeforetoggle=alert(1)>",
    "<portal src=javascript:alert(1)>",
    "<bgsound src=\"javascript:alert(1)\">",
    "<layer src=\"//evil.example\"></layer>",
    "<applet code=x></applet>",
];

/// No element that runs anything, no handler, no address that is a program; whatever looks like one is text.
fn check(attempt: &str, html: &str) {
    html::check_harmless(html).unwrap_or_else(|error| panic!("{attempt:?} became {html}: {error}"));
}

#[test]
fn no_attempt_gets_through() {
    assert!(ATTEMPTS.len() >= 100);
    for attempt in ATTEMPTS {
        for text in [
            (*attempt).to_owned(),
            format!("text {attempt} text"),
            format!("- {attempt}"),
            format!("> {attempt}"),
            format!("# {attempt}"),
            format!("*{attempt}*"),
        ] {
            check(attempt, &render::document(&text).html);
            check(attempt, &render::comment(&text));
            for comparison in [render::compare("", &text), render::compare(&text, ""), render::compare(&text, &format!("{text} x"))] {
                check(attempt, &comparison.rendered);
                check(attempt, &comparison.source);
            }
        }
    }
}

#[test]
fn attempts_do_not_help_each_other() {
    for pair in ATTEMPTS.windows(2) {
        for text in [pair.concat(), pair.join("\n"), pair.join("\n\n")] {
            check(&text, &render::document(&text).html);
        }
    }
}

#[test]
fn endless_nesting_neither_overflows_nor_takes_long() {
    // What becomes much HTML is repeated less: unoptimised, the sanitiser reads some MB a second.
    let deep = [
        ("> ", 100_000),
        ("- ", 100_000),
        ("1. ", 100_000),
        ("[", 100_000),
        ("![", 100_000),
        ("<details>\n\n", 100_000),
        ("[^1]: > ", 100_000),
    ];
    let wide = ["*a **b ", "<kbd>", "~~a *", "<", "`a``b", "[a](", "xhttps://", "D-1 ", "# a\n"].map(|piece| (piece, 20_000));
    for (piece, count) in deep.into_iter().chain(wide) {
        let text = piece.repeat(count);
        let start = std::time::Instant::now();
        let html = render::document(&text).html;
        // Unoptimised and beside other tests; optimised it is some 0.1 s.
        assert!(start.elapsed().as_secs() < 20, "{piece:?}: {:?}", start.elapsed());
        check(piece, &html);
        assert_eq!(render::sections(&text).iter().map(|section| section.text.len()).sum::<usize>(), text.len());
    }
}

#[test]
fn endless_nesting_can_be_compared() {
    let text = "> ".repeat(100_000) + "a";
    assert_eq!(render::compare(&text, &text).places, 0);
    assert_eq!(render::compare(&text, &format!("{text} b")).places, 1);
}
