/** Follows the shared text below the suggestions, as the writing editor's own binding does without them. */
import type { ChangeSet, Extension } from "@codemirror/state";
import { ViewPlugin } from "@codemirror/view";
import type * as Y from "yjs";

import { newId, overlayField, stepSpec } from "./field.ts";
import { changesOf, textOf, type Hunk } from "./hunks.ts";
import { moved } from "./moved.ts";

/** What happened to a shared text of that length. */
export function changesOfDelta(delta: Y.YTextEvent["delta"], length: number): ChangeSet {
  const hunks: Hunk[] = [];
  let at = 0;
  for (const { insert, delete: deleted = 0, retain = 0 } of delta) {
    if (typeof insert === "string") hunks.push({ from: at, to: at, insert: textOf(insert) });
    else if (deleted > 0) hunks.push({ from: at, to: at + deleted, insert: textOf("") });
    at += deleted + retain;
  }
  return changesOf(hunks, length);
}

/** Takes every change of the shared text into the layer. */
export function following(text: Y.Text): Extension {
  return ViewPlugin.define((view) => {
    const follow = (event: Y.YTextEvent) => {
      const overlay = view.state.field(overlayField);
      view.dispatch(stepSpec(moved(overlay, view.state.doc, changesOfDelta(event.delta, overlay.base.length), newId)));
    };
    text.observe(follow);
    return { destroy: () => text.unobserve(follow) };
  });
}
