/** Suggestions between the form in which they travel and the places that they have in this text. */
import type { Text } from "@codemirror/state";
import type * as Y from "yjs";

import type { SuggestedEdit } from "./contract.ts";
import { decodePosition, encodePosition } from "./relative.ts";

/** One place of a suggestion, in this text. */
export interface PlacedEdit {
  /** First unit in the shared text. */
  from: number;
  /** Behind the last unit. */
  to: number;
  /** The words that it is about. */
  original: string;
  /** The words instead. */
  replacement: string;
}

/** Where an edit is; none: nowhere here (yet). */
export function placeOf(text: Y.Text, { start, end, original, replacement }: SuggestedEdit): PlacedEdit | null {
  const from = start === "" ? null : decodePosition(text, start);
  const to = decodePosition(text, end);
  return from === null || to === null || from > to ? null : { from, to, original, replacement };
}

/** Where all edits of a suggestion are; none: at least one is nowhere. */
export function placesOf(text: Y.Text, edits: readonly SuggestedEdit[]): PlacedEdit[] | null {
  const placed = edits.map((edit) => placeOf(text, edit)).filter((edit) => edit !== null);
  return placed.length === edits.length && placed.length > 0 ? placed : null;
}

/** Whether the words that an edit is about still stand there. */
export function stillReads(main: Text, { from, to, original }: PlacedEdit): boolean {
  return to <= main.length && main.sliceString(from, to) === original;
}

/** The form in which an edit travels. */
export function travelling(text: Y.Text, { from, to, original, replacement }: PlacedEdit): SuggestedEdit {
  return { start: encodePosition(text, from, 0), end: encodePosition(text, to, -1), original, replacement: wellFormed(replacement) };
}

/** Half a surrogate pair, which only a broken input method types, is no text to the server. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
