/** Texts whose unacknowledged changes are in this page only, because nothing can or may be kept on the device: signing out must know of them. */

import type * as Y from "yjs";

import type { SuggestedEdit } from "./contract.ts";

/** Such a text. */
export interface Unkept {
  /** Whose it is. */
  readonly proposal: string;
  /** How many of its changes neither the server nor the device's disk has. */
  pending(): number;
  /** The text, those changes included. */
  readonly text: Y.Text;
  /** What the person suggests in it, by id, as far as the page knows it better than the server's list; no edits: nothing any more. */
  suggestions(): ReadonlyMap<string, SuggestedEdit[]>;
}

const texts = new Set<Unkept>();

/** Counts a text from now on. Returns what ends it. */
export function watchUnkept(text: Unkept): () => void {
  texts.add(text);
  return () => texts.delete(text);
}

/** Those that have such changes now. */
export function unkept(): Unkept[] {
  return [...texts].filter((text) => text.pending() > 0);
}

/** How many changes are in this page only. */
export function countUnkept(): number {
  return unkept().reduce((sum, text) => sum + text.pending(), 0);
}
