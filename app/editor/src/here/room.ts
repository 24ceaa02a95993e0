/** The text, and those who are in it. */
import type { EditorView } from "@codemirror/view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";

import { placeOf } from "../caret-place.ts";
import type { Presence } from "../people.ts";

/** What following somebody needs of an editor. */
export interface Room {
  view: EditorView;
  text: Y.Text;
  awareness: Awareness;
}

/** Where somebody is: a place in the view, `"here"` with no caret in the text, `"gone"`. */
export type Whereabouts = number | "here" | "gone";

/** Where an account is; of several windows, in the one that was told of last. */
export function whereIs({ view, text, awareness }: Room, account: string): Whereabouts {
  let found: { at: Whereabouts; told: number } = { at: "gone", told: -1 };
  for (const [client, state] of awareness.getStates() as Map<number, Presence>) {
    if (client === awareness.clientID || state.user?.account !== account) continue;
    const at = (state.cursor ? placeOf(view, text, state.cursor.head) : null) ?? "here";
    // A window with a caret says more than one without.
    const told = (awareness.meta.get(client)?.lastUpdated ?? 0) + (at === "here" ? 0 : Number.MAX_SAFE_INTEGER / 2);
    if (told > found.told) found = { at, told };
  }
  return found.at;
}
