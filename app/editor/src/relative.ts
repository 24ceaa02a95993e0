/** Relative positions as the server and the pages exchange them: encoded by Yjs, in base64. */
import { fromBase64, toBase64 } from "lib0/buffer";
import * as Y from "yjs";

/** A place that stays with the text around it. `assoc` 0 holds on to the unit behind it, -1 to the one before. */
export function encodePosition(text: Y.Text, index: number, assoc: 0 | -1): string {
  return toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc)));
}

/** Where that place is now; none: it is not of this document, or not known here (yet). */
export function decodePosition(text: Y.Text, encoded: string): number | null {
  if (!text.doc) return null;
  try {
    const position = Y.decodeRelativePosition(fromBase64(encoded));
    const at = Y.createAbsolutePositionFromRelativePosition(position, text.doc);
    return at && at.type === text ? at.index : null;
  } catch {
    return null;
  }
}
