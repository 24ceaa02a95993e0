import { EditorState } from "@codemirror/state";
import { test } from "node:test";

import { newId, overlayField, stepSpec } from "../src/suggesting/field.ts";
import { adopted } from "../src/suggesting/overlay.ts";

/** Not a bound: computers differ. The figure is for whoever changes the layer. */
test("what a key costs with 400 suggestions in a megabyte", (t) => {
  const line = "The quick brown fox jumps over the lazy dog, and the dog does not mind.\n";
  const doc = line.repeat(Math.ceil(1_000_000 / line.length));
  let state = EditorState.create({ doc, extensions: [EditorState.lineSeparator.of("\n"), overlayField] });
  const every = Math.floor(doc.length / line.length / 400) * line.length;
  const drafts = Array.from({ length: 400 }, (_, n) => {
    const from = n * every + 4;
    return { id: `s${n}`, edits: [{ from, to: from + 5, original: "quick", replacement: n % 2 ? "slow" : "" }] };
  });
  state = state.update(stepSpec(adopted(state.field(overlayField), state.doc, drafts, newId))).state;
  const times: number[] = [];
  for (let key = 0; key < 300; key++) {
    const from = Math.floor(state.doc.length / 2) + key;
    const begun = performance.now();
    state = state.update({ changes: { from, insert: "x" } }).state;
    times.push(performance.now() - begun);
  }
  const sorted = times.sort((a, b) => a - b);
  t.diagnostic(`${state.field(overlayField).drafts.length} suggestions; median ${sorted[150]!.toFixed(2)} ms, 95 in 100 under ${sorted[285]!.toFixed(2)} ms`);
});
