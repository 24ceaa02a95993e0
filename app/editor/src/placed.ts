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
  // In an empty text there are no positions, and only one place.
  if (start === "") return original === "" && text.length === 0 ? { from: 0, to: 0, original, replacement } : null;
  const from = decodePosition(text, start);
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

/** The form in which the edits of a suggestion travel. */
export function travelling(text: Y.Text, edits: readonly PlacedEdit[]): SuggestedEdit[] {
  return edits.flatMap(pieces).map(({ from, to, original, replacement }) => ({
    start: encodePosition(text, from, 0),
    end: encodePosition(text, to, -1),
    original,
    replacement: wellFormed(replacement),
  }));
}

/** Units of text that one place may be about on the server; it stores them with the suggestion. */
const MOST = 10_000;

/** What is about more goes as several places side by side, of which one has the new words. */
function pieces(edit: PlacedEdit): PlacedEdit[] {
  const cut: PlacedEdit[] = [];
  for (let at = 0; at < edit.original.length || cut.length === 0; ) {
    const end = /[\ud800-\udbff]/.test(edit.original[at + MOST - 1] ?? "") ? at + MOST - 1 : at + MOST;
    const original = edit.original.slice(at, end);
    cut.push({ from: edit.from + at, to: edit.from + at + original.length, original, replacement: "" });
    at = end;
  }
  // A place where nothing changes is none.
  const changed = cut.find(({ original }) => original !== edit.replacement);
  if (changed) changed.replacement = edit.replacement;
  return cut;
}

/** Half a surrogate pair, which only a broken input method types, is no text to the server. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}
