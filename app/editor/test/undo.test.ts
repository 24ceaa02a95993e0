// Undo: the selection comes back as it was before what is undone.
import { EditorState } from "@codemirror/state";
import { keymap, type EditorView } from "@codemirror/view";
import assert from "node:assert/strict";
import { test } from "node:test";
import * as Y from "yjs";

import { Selections, undoing } from "../src/undo.ts";

interface Selected {
  anchor: number;
  head: number;
}

/** A shared text in which somebody types, as the binding would write it. */
function typing(): { text: Y.Text; undo: Y.UndoManager; selected: Selected[]; selections: Selections; type: (at: Selected, words: string) => void } {
  const doc = new Y.Doc();
  const text = doc.getText("content");
  text.insert(0, "one two three");
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set(["hand"]) });
  const selected: Selected[] = [];
  const selections = new Selections(text, undo, (now) => selected.push(now));
  const type = (at: Selected, words: string) => {
    selections.typing(at);
    const [from, to] = [Math.min(at.anchor, at.head), Math.max(at.anchor, at.head)];
    doc.transact(() => {
      text.delete(from, to - from);
      text.insert(from, words);
    }, "hand");
  };
  return { text, undo, selected, selections, type };
}

const caret = (at: number): Selected => ({ anchor: at, head: at });

test("undo: the caret comes back to where typing began, whatever others wrote before it", () => {
  const { text, selected, selections, type } = typing();
  for (const [n, letter] of [..."and "].entries()) type(caret(4 + n), letter);
  text.insert(0, "zero ");
  selections.turn("undo", caret(13));
  assert.equal(text.toString(), "zero one two three");
  assert.deepEqual(selected, [caret(9)]);
});

test("undo: words that were typed over are selected again, from the end where the selection ended", () => {
  const { text, selected, selections, type } = typing();
  type({ anchor: 7, head: 4 }, "2");
  selections.turn("undo", caret(5));
  assert.equal(text.toString(), "one two three");
  assert.deepEqual(selected, [{ anchor: 7, head: 4 }]);
});

test("undo: what is done again ends with the caret where it was before it was undone", () => {
  const { text, selected, selections, type } = typing();
  type(caret(13), " four");
  selections.turn("undo", caret(18));
  selections.turn("redo", caret(13));
  assert.equal(text.toString(), "one two three four");
  assert.deepEqual(selected, [caret(13), caret(18)]);
});

test("undo: each of two things has its own selection", () => {
  const { undo, selected, selections, type } = typing();
  type(caret(0), "a");
  undo.stopCapturing();
  type(caret(14), "z");
  selections.turn("undo", caret(15));
  selections.turn("undo", caret(14));
  assert.deepEqual(selected, [caret(14), caret(0)]);
});

test("undo: after its end nothing is selected", () => {
  const { undo, selected, selections, type } = typing();
  type(caret(0), "a");
  selections.stop();
  undo.undo();
  assert.deepEqual(selected, []);
});

test("undo: what may not be written stays as it is, and the key does nothing else", () => {
  const { text, undo } = typing();
  const turned: string[] = [];
  for (const readOnly of [true, false]) {
    const state = EditorState.create({ extensions: [undoing(text, undo), EditorState.readOnly.of(readOnly)] });
    const view = { state, plugin: () => ({ turn: (direction: string) => turned.push(direction) }) } as unknown as EditorView;
    for (const { key, run } of state.facet(keymap).flat()) assert.equal(run?.(view), true, key);
    assert.deepEqual(turned, readOnly ? [] : ["undo", "redo", "redo"]);
  }
});
