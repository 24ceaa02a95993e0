import { CompletionContext, completionStatus } from "@codemirror/autocomplete";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";

import { tableOfCells } from "../src/aids/cells.ts";
import { insertMenu } from "../src/aids/insert-menu.ts";
import { atLineStart, laidOut } from "../src/aids/inserts.ts";
import { menus } from "../src/aids/menus.ts";
import { markdownLanguage } from "../src/markdown-language.ts";

/** The entries that are offered at the end of a text; none: no menu. */
function offered(text: string): string[] | null {
  const state = EditorState.create({ doc: text, extensions: markdownLanguage() });
  ensureSyntaxTree(state, text.length, 5000);
  return insertMenu(new CompletionContext(state, text.length, false))?.options.map(({ label }) => label) ?? null;
}

test("entries are found by any of their words, in any case", () => {
  assert.deepEqual(offered("/mer"), ["Mermaid diagram"]);
  assert.deepEqual(offered("- /DIAG"), ["Mermaid diagram"]);
  assert.deepEqual(offered("> /callout"), ["Note", "Tip", "Important", "Warning", "Caution"]);
  assert.deepEqual(offered("/non-goals"), ["Non-goals"]);
  assert.deepEqual(offered("at /screenshot"), ["Picture…"]);
  assert.equal(offered("/")?.length, atLineStart.length);
});

test("only what a menu may answer to is an update of its own", () => {
  const typed = (text: string): string | null => {
    const state = EditorState.create({ doc: text.slice(0, -1), extensions: [markdownLanguage(), menus] });
    const at = state.doc.length;
    return completionStatus(state.update({ changes: { from: at, insert: text.slice(-1) }, selection: { anchor: at + 1 }, userEvent: "input.type" }).state);
  };
  const asked = ["/", "/mer", "- /DIAG", "> /callout", "at /screenshot", "see /", "(/", "@", "to @Mira Lin", "*@m", "D-", "see D-1", "[D-led"];
  for (const text of asked) assert.equal(typed(text), "pending", text);
  for (const text of ["a", "The ledger", "and/or", "a@b", "BD-1", "/one\n\nanother"]) assert.equal(typed(text), null, text);
});

test("in a line stands what may stand there", () => {
  assert.deepEqual(offered("see /"), ["Link", "Person", "Design", "Formula", "Picture…"]);
  for (const text of ["and/or", "at /usr/", "http://", "`/", "```\n/", "1/2", "either / or", "/nothing like it"]) assert.equal(offered(text), null, text);
});

test("every entry says where the caret goes, and every section of the template is one", () => {
  for (const insert of atLineStart) {
    const { text, from, to } = laidOut(insert);
    assert.ok(0 <= from && from <= to && to <= text.length && !/[«»]/.test(text), insert.name);
  }
  const sections = atLineStart.filter(({ group }) => group === "Sections of a design").map(({ name }) => name);
  assert.ok(sections.includes("Goals") && sections.includes("What fails, and what then"), sections.join());
  for (const name of ["Mermaid diagram", "Architecture"]) {
    const { text, from, to } = laidOut(atLineStart.find((insert) => insert.name === name)!);
    assert.ok(to - from > 40, text);
  }
});

test("cells of a spreadsheet are a table, indented text and single lines are not", () => {
  assert.equal(tableOfCells("a\tb\n1\tx|y\n"), "| a | b |\n| --- | --- |\n| 1 | x\\|y |\n");
  assert.equal(tableOfCells("a\t\n\tb"), "| a |  |\n| --- | --- |\n|  | b |\n");
  for (const text of ["a\tb", "\ta\n\tb", "a\tb\n1\t2\t3", "a\nb", ""]) assert.equal(tableOfCells(text), null, text);
});
