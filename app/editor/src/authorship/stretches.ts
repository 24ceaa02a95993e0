/** Whose the units of a passage are, as Yjs knows it: by the client that brought them. */
import type * as Y from "yjs";

/** What one client wrote of a passage. */
export interface Stretch {
  /** The Yjs client. */
  client: number;
  /** UTF-16 units. */
  units: number;
}

/** The clients of a passage, counted in the shared text, each once. */
export function stretchesOf(text: Y.Text, from: number, to: number): Stretch[] {
  const units = new Map<number, number>();
  let at = 0;
  // Yjs has no other way to a unit's client: its list of items, in the order of the text.
  for (let item = text._start; item !== null && at < to; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const within = Math.min(at + item.length, to) - Math.max(at, from);
    if (within > 0) units.set(item.id.client, (units.get(item.id.client) ?? 0) + within);
    at += item.length;
  }
  return [...units].map(([client, count]) => ({ client, units: count }));
}
