import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";

import { markdownLanguage } from "../src/markdown-language.ts";
import type { Piece } from "../src/preview/piece.ts";
import { scan } from "../src/preview/scan.ts";

/** What is found in a text; `|` is the caret. */
function pieces(marked: string): { text: string; found: Piece[] } {
  const caret = marked.indexOf("|");
  const text = marked.replace("|", "");
  const state = EditorState.create({ doc: text, extensions: [EditorState.lineSeparator.of("\n"), markdownLanguage()] });
  ensureSyntaxTree(state, text.length, 5000);
  const found = scan(state, 0, text.length, (from, to) => caret >= from && caret <= to);
  return { text, found };
}

/** The text as it shows: what is hidden is gone, bullets and boxes stand in place. */
function shown(marked: string): string {
  const { text, found } = pieces(marked);
  const replaced = [...found].sort((a, b) => a.from - b.from);
  let at = 0;
  let out = "";
  for (const piece of replaced) {
    if (piece.kind === "line" || piece.kind === "mark") continue;
    out += text.slice(at, piece.from);
    if (piece.kind === "bullet") out += "• ";
    if (piece.kind === "task") out += piece.checked ? "☑ " : "☐ ";
    if (piece.kind === "rule") out += "———";
    if (piece.kind === "maths") out += piece.display ? `⟪${piece.source}⟫` : `⟨${piece.source}⟩`;
    if (piece.kind === "picture") out += `🖼${piece.picture.alt} ${piece.picture.width}×${piece.picture.height}`;
    if (piece.kind === "label") out += `‹${piece.text}›`;
    at = piece.to;
  }
  return out + text.slice(at);
}

function lines(marked: string): string[] {
  const { text, found } = pieces(marked);
  return text.split("\n").map((_, index, all) => {
    const from = all.slice(0, index).join("\n").length + (index > 0 ? 1 : 0);
    return found.flatMap((piece) => (piece.kind === "line" && piece.from === from ? [piece.class] : [])).join(" ");
  });
}

const PICTURE = `/pictures/${"3f".repeat(32)}-1200x800.png`;

const ID = "018f2b6e-0000-7000-8000-000000000001";

const table: [string, string, string][] = [
  ["a heading loses its marks", "## Goals ##\n", "Goals\n"],
  ["the caret in a heading shows them", "## Go|als\n", "## Goals\n"],
  ["emphasis of every kind", "a *b* **c** ~~d~~ `e`\n", "a b c d e\n"],
  ["only the touched emphasis shows its source", "*a* and *|b*\n", "a and *b*\n"],
  ["a link shows its words", "see [this](https://x.y) there\n", "see this there\n"],
  ["a mention shows the name", `ask [@Ada](/teams/payments/people#person-${ID}) first\n`, "ask @Ada first\n"],
  ["a link with a reference", "[this][ref]\n\n[ref]: /x\n", "this\n\n[ref]: /x\n"],
  ["brackets alone are no link", "[maybe] not\n", "[maybe] not\n"],
  ["an escape", "\\*no\\*\n", "*no*\n"],
  ["bullets, their indentation hidden", "- a\n  - b\n", "• a\n• b\n"],
  ["a caret at the words leaves the bullet", "- |a\n", "• a\n"],
  ["a caret in the mark shows it", "-| a\n", "- a\n"],
  ["numbers stay", "1. a\n2. b\n", "1. a\n2. b\n"],
  ["tasks", "- [ ] a\n- [x] b\n", "☐ a\n☑ b\n"],
  ["a quote", "> a\n> b\n", "a\nb\n"],
  ["the caret's line of a quote", "> a\n> |b\n", "a\n> b\n"],
  ["an alert", "> [!NOTE]\n> b\n", "‹Note›\nb\n"],
  ["a code block's fences", "```rust\nfn\n```\n", "‹rust›\nfn\n\n"],
  ["markup in code is code", "```\n*a* # b\n```\n", "\n*a* # b\n\n"],
  ["a rule", "a\n\n***\n", "a\n\n———\n"],
  ["front matter is left alone", "---\ntitle: *x*\n---\n\n*y*\n", "---\ntitle: *x*\n---\n\ny\n"],
  ["a rule at the start is no front matter", "---\n\n*y*\n", "———\n\ny\n"],
  ["an unclosed fence runs to the end", "```js\n*a*\n", "‹js›\n*a*\n"],
  ["a picture of another keeps its source", "see ![alt](x.png)\n", "see ![alt](x.png)\n"],
  ["a picture of ours is drawn in its line", `see ![the plan](${PICTURE})\n`, "see 🖼the plan 1200×800\n"],
  ["the caret in a picture shows its source", `see ![a|](${PICTURE})\n`, `see ![a](${PICTURE})\n`],
  ["what only looks like a picture of ours keeps its source", `see ![a](${PICTURE}?x)\n`, `see ![a](${PICTURE}?x)\n`],
  ["a picture that is a paragraph is left to the block tier", `![a](${PICTURE})\n`, `![a](${PICTURE})\n`],
  ["such a paragraph in a list is shown in its line", `- ![a](${PICTURE})\n`, "• 🖼a 1200×800\n"],
  ["maths in a line", "so $x^2$ and $$y$$ too\n", "so ⟨x^2⟩ and ⟪y⟫ too\n"],
  ["the caret in maths shows its source", "so $x|^2$\n", "so $x^2$\n"],
  ["maths that is a paragraph is left to the block tier", "$$\nx\n$$\n\n$$y$$\n", "$$\nx\n$$\n\n$$y$$\n"],
  ["such a paragraph in a quotation is shown in its line", "> $$y$$\n", "⟪y⟫\n"],
  ["a footnote and its words", "said[^a].\n\n[^a]: by *her*\n", "saida.\n\na by her\n"],
  ["the caret in a footnote shows its brackets", "said[^|a].\n", "said[^a].\n"],
  ["an address that spans lines is not swallowed", "[a](/x\n'b')\n", "[a](/x\n'b')\n"],
];

for (const [name, source, expected] of table) test(name, () => assert.equal(shown(source), expected));

test("lines of a list carry their depth, and only an item's first line its mark", () => {
  assert.deepEqual(lines("- a\n  b\n  - c\n"), ["cm-li cm-li-1 cm-li-first", "cm-li cm-li-1", "cm-li cm-li-2 cm-li-first", ""]);
});

test("a code block has a first and a last line", () => {
  assert.deepEqual(lines("```\na\n```\n"), ["cm-code cm-code-first cm-code-fence", "cm-code", "cm-code cm-code-last cm-code-fence", ""]);
});

test("nothing replaced ever spans a line break, whatever the text", () => {
  const parts = ["*", "**", "`", "[a](b", ")", "\n", "> ", "- ", "  ", "# ", "```", "~~", "[ ] ", "\\", "<", "|", "a", "\n\n", "1. ", "---\n"];
  let seed = 7;
  const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let round = 0; round < 400; round++) {
    const source = Array.from({ length: 25 }, () => parts[Math.floor(random() * parts.length)]!).join("").replace(/\|/g, "");
    const { text, found } = pieces(source);
    for (const piece of found) {
      if (piece.kind === "line" || piece.kind === "mark") continue;
      assert.ok(!text.slice(piece.from, piece.to).includes("\n"), JSON.stringify({ source, piece }));
      assert.ok(piece.from <= piece.to && piece.to <= text.length);
    }
  }
});

test("a mention does not look like a link, and other links do not look like mentions", () => {
  const looks = (text: string) => pieces(text).found.flatMap((piece) => (piece.kind === "mark" ? [piece.class] : []));
  assert.deepEqual(looks(`[@Ada](/teams/payments/people#person-${ID})\n`), ["cm-mention", "cm-link"]);
  assert.deepEqual(looks("[@Ada](/teams/payments/people)\n"), ["cm-link", "cm-link"]);
});
