import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState, type StateCommand } from "@codemirror/state";
import assert from "node:assert/strict";
import { test } from "node:test";

import { markdownLanguage } from "../src/markdown-language.ts";
import * as acts from "../src/table/acts.ts";
import { gridAt, write } from "../src/table/grid.ts";
import { inTable, tableKeys } from "../src/table/keys.ts";

function stateOf(marked: string): EditorState {
  const at = marked.indexOf("^");
  const doc = marked.replace("^", "");
  const state = EditorState.create({ doc, selection: { anchor: at }, extensions: [EditorState.lineSeparator.of("\n"), markdownLanguage()] });
  ensureSyntaxTree(state, doc.length, 5000);
  return state;
}

/** What a command makes of a text; `^` is the caret, `[…]` what is selected. */
function after(marked: string, ...commands: StateCommand[]): string {
  let state = stateOf(marked);
  for (const command of commands) {
    ensureSyntaxTree(state, state.doc.length, 5000);
    assert.ok(command({ state, dispatch: (tr) => (state = tr.state) }), "the command is none of the table's");
  }
  const { from, to } = state.selection.main;
  const text = state.doc.toString();
  return from === to ? `${text.slice(0, from)}^${text.slice(from)}` : `${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;
}

const key = (name: string) => tableKeys.find((binding) => binding.key === name)!.run as StateCommand;
const [tab, enter] = [key("Tab"), key("Enter")];
const [back, lineBreak] = [key("Shift-Tab"), key("Shift-Enter")];

test("Tab goes to the next cell and puts the bars in line", () => {
  assert.equal(after("|a|bcde|\n|-|--:|\n|^1|2|\n", tab), "| a   | bcde |\n| --- | ---: |\n| 1   |    [2] |\n");
});

test("Tab behind the last cell makes a row, Shift and Tab goes back", () => {
  const text = "| a   | b   |\n| --- | --- |\n| 1   | 2^   |\n";
  assert.equal(after(text, tab), "| a   | b   |\n| --- | --- |\n| 1   | 2   |\n| ^    |     |\n");
  assert.equal(after(text, tab, back), "| a   | b   |\n| --- | --- |\n| 1   | [2]   |\n|     |     |\n");
  assert.equal(after("| ^a   |\n| --- |\n", back), "| [a]   |\n| --- |\n");
});

test("Enter goes down, makes a row below the last, and leaves the table from an empty one", () => {
  const text = "| a   | b   |\n| --- | --- |\n| 1   | 2^   |\n\nEnd.\n";
  assert.equal(after(text, enter), "| a   | b   |\n| --- | --- |\n| 1   | 2   |\n| ^    |     |\n\nEnd.\n");
  assert.equal(after(text, enter, enter), "| a   | b   |\n| --- | --- |\n| 1   | 2   |\n\n^\n\nEnd.\n");
});

test("Shift and Enter breaks the line in a cell", () => {
  assert.equal(after("| a^ |\n|---|\n", lineBreak), "| a<br>^ |\n|---|\n");
});

test("rows and columns are made, moved and removed", () => {
  const text = "| a   |  b  |\n| --- | :-: |\n| 1^   |  2  |\n| 3   |  4  |\n";
  const table = (...lines: string[]) => `${lines.join("\n")}\n`;
  const [head, rule, one, three] = text.replace("^", "").split("\n") as [string, string, string, string];
  const blank = "|     |     |";
  assert.equal(after(text, inTable(acts.rowAbove)).replace("^", ""), table(head, rule, blank, one, three));
  assert.equal(after(text, inTable(acts.rowBelow)).replace("^", ""), table(head, rule, one, blank, three));
  assert.equal(after(text, inTable(acts.moveRow(1))).replace(/[\[\]]/g, ""), table(head, rule, three, one));
  assert.equal(after(text, inTable(acts.moveRow(-1))).replace(/[\[\]]/g, ""), table(head, rule, one, three));
  assert.equal(after(text, inTable(acts.deleteRow)).replace(/[\[\]]/g, ""), table(head, rule, three));
  assert.equal(after(text, inTable(acts.deleteColumn)).replace(/[\[\]]/g, ""), table("|  b  |", "| :-: |", "|  2  |", "|  4  |"));
  assert.equal(after(text, inTable(acts.moveColumn(1))).replace(/[\[\]]/g, ""), table("|  b  | a   |", "| :-: | --- |", "|  2  | 1   |", "|  4  | 3   |"));
  assert.equal(
    after(text, inTable(acts.newColumn(1))).replace("^", ""),
    table("| a   |     |  b  |", "| --- | --- | :-: |", "| 1   |     |  2  |", "| 3   |     |  4  |"),
  );
  assert.equal(after(text, inTable(acts.alignColumn("right"))).replace(/[\[\]]/g, "").split("\n")[1], "| --: | :-: |");
});

test("the last row or column takes the table along", () => {
  assert.equal(after("Before.\n\n| ^a |\n|---|\n", inTable(acts.deleteColumn)), "Before.\n\n^\n");
});

test("what is in line already is not touched, and what stays is not written again", () => {
  const state = stateOf("| a^   | b   |\n| --- | --- |\n| 1   |     |\n");
  const grid = gridAt(state, 2)!;
  assert.deepEqual(write(state, grid, grid).changes, []);
  const { changes } = write(state, grid, acts.rowBelow(grid, { row: 1, column: 0 })!.plan);
  assert.deepEqual(changes.map(({ insert }) => insert.includes("a") || insert.includes("1")), [false]);
});

test("no words are ever lost, whatever the table is like", () => {
  const tables = ["a|b\n-|-\n1", "|a|b|\n|-|-|\n|1|2|3|4|\n||\n|x", "|a\\|b|`c|d`|\n|:-:|-|\n| **x** |", "| 🦀 | é |\n|--|--|\n|||\n", "|a|\n|-|\n|"];
  const all = [acts.keep, acts.rowAbove, acts.rowBelow, acts.moveRow(1), acts.moveRow(-1), acts.newColumn(0), acts.newColumn(1), acts.moveColumn(1), acts.moveColumn(-1)];
  for (const source of tables) {
    const words = (text: string) => text.replace(/[\s|:-]/g, "").split("").sort().join("");
    for (let at = 0; at <= source.length; at++) {
      const state = stateOf(`${source.slice(0, at)}^${source.slice(at)}`);
      for (const act of all) {
        let result = state;
        if (!inTable(act)({ state, dispatch: (tr) => (result = tr.state) })) continue;
        const text = result.doc.toString();
        assert.equal(words(text), words(source), JSON.stringify({ source, at, text }));
        ensureSyntaxTree(result, text.length, 5000);
        assert.ok(gridAt(result, 1), JSON.stringify({ source, at, text }));
      }
    }
  }
});
