/** Where somebody else's caret is in the view. */
import type { EditorView } from "@codemirror/view";
import * as Y from "yjs";

import { mainOf, toView } from "./main-text.ts";

/** The place of a relative position in JSON; null: it is none, or of another text. */
export function placeOf(view: EditorView, text: Y.Text, json: unknown): number | null {
  try {
    const position = Y.createRelativePositionFromJSON(json);
    const at = text.doc && Y.createAbsolutePositionFromRelativePosition(position, text.doc);
    return at && at.type === text ? toView(view.state, Math.min(at.index, mainOf(view.state).length), 1) : null;
  } catch {
    // Somebody else's input, and not a position.
    return null;
  }
}
