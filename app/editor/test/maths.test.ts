import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";

import { markdownLanguage } from "../src/markdown-language.ts";
import cases from "./maths.json" with { type: "json" };

// `server/src/render/tree/tests.rs` reads the same list.
for (const { source, maths } of cases) {
  test(`maths in ${JSON.stringify(source)}`, () => {
    const state = EditorState.create({ doc: source, extensions: markdownLanguage() });
    const found: string[] = [];
    ensureSyntaxTree(state, source.length, 5000)!.iterate({
      enter: ({ name, from, to }) => void (/^(Inline|Display)Maths$/.test(name) && found.push(source.slice(from, to))),
    });
    assert.deepEqual(found, maths);
  });
}

test("a hundred thousand dollars, braces and brackets that never end are read at once", () => {
  for (const part of ["${", "$", "[^", "$}", "\\$"]) {
    const source = part.repeat(100_000);
    const state = EditorState.create({ doc: source, extensions: markdownLanguage() });
    // None: it was given up. Looking for the end of each alone would take hours.
    assert.ok(ensureSyntaxTree(state, source.length, 20_000), part);
  }
});
