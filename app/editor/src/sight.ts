/**
 * Seeing each other again after a connection was lost. Yjs takes of each other client only states newer than the last one it knew, and remembers that
 * also of clients that are not here any more; without this, people who come back stay out of sight until they move their caret, or for 15 seconds.
 */
import { removeAwarenessStates, type Awareness } from "y-protocols/awareness";

/** Nobody else can be seen until the line is back; then they are as the server says, changed or not. */
export function loseSight(awareness: Awareness, origin: unknown): void {
  const others = [...awareness.getStates().keys()].filter((client) => client !== awareness.clientID);
  removeAwarenessStates(awareness, others, origin);
  for (const client of awareness.meta.keys()) if (client !== awareness.clientID) awareness.meta.delete(client);
}

/** Shows this person anew to those who were told meanwhile that they had left. */
export function comeIntoSight(awareness: Awareness): void {
  const state = awareness.getLocalState();
  if (state !== null) awareness.setLocalState(state);
}
